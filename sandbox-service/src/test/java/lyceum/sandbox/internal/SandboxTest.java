package lyceum.sandbox.internal;

import static lyceum.sandbox.internal.FakeSandbox.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxService.OpenedSession;
import lyceum.sandbox.SandboxSession;
import lyceum.sandbox.SandboxSession.ReadSession;
import lyceum.sandbox.SandboxSession.SessionEvent;
import lyceum.sandbox.SandboxSession.WriteSession;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session over the bus, at the instance that holds it. */
class SandboxTest {

    private final FakeSandbox sandbox = new FakeSandbox(Map.of());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void talksWithAProgramWhereItIsHeld() {
        OpenedSession opened = sandbox.service()
                .openSession(new OpenSession(run("talk", "echo"), null))
                .await();
        SandboxSession session = sandbox.bus().proxy(SandboxSession.class, Duration.ofSeconds(20), opened.instance());
        ReadSession next = new ReadSession(opened.id());

        assertThat(session.readSession(next).await().kind()).isEqualTo(SandboxSession.Kind.STARTED);
        session.writeSession(new WriteSession(opened.id(), Buffer.buffer("ping"), false))
                .await();
        assertThat(session.readSession(next).await().bytes()).hasToString("ping");
        sandbox.cancel("talk");

        SessionEvent end = session.readSession(next).await();
        assertThat(end.kind()).isEqualTo(SandboxSession.Kind.ENDED);
        assertThat(end.outcome().verdict()).isEqualTo(Verdict.CANCELLED);
    }
}
