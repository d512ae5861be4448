package lyceum.elicast.internal;

import static lyceum.elicast.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.elicast.ElicastService.RunCode;
import lyceum.elicast.ElicastService.RunResult;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Cancellation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service is stopped while programs run. */
class DrainTest {

    private TestElicast elicast;

    @BeforeEach
    void start() {
        elicast = new TestElicast();
    }

    @AfterEach
    void stop() {
        elicast.close();
    }

    @Test
    void answersWhatIsUnderWayAndTakesNothingNew() {
        Promise<Outcome> end = elicast.sandbox.endLater();
        Future<RunResult> run = run();

        Future<Void> stopped = elicast.undeploy();
        Awaitility.await()
                .untilAsserted(() -> assertFails(
                        Kind.UNAVAILABLE,
                        "nobody serves lyceum.elicast.listLessons",
                        () -> elicast.service
                                .listLessons(new ListLessons(null, 0, 1))
                                .await()));
        assertThat(stopped.isComplete()).isFalse();
        end.complete(FakeSandbox.cancelled());

        assertThat(run.await().exitCode()).isEqualTo(-1);
        stopped.await();
        assertThat(elicast.rows("SELECT 1 FROM code_run")).hasSize(1);
    }

    @Test
    void keepsAsCancelledWhatIsNotOverInTime() {
        elicast.undeploy().await();
        elicast.deploy(Duration.ofMillis(50));
        Promise<Outcome> end = elicast.sandbox.endLater();
        elicast.bus
                .listen(SandboxService.CANCEL, cancellation -> {
                    if (cancellation.equals(new Cancellation("run-1"))) {
                        end.tryComplete(FakeSandbox.cancelled());
                    }
                })
                .await();
        Future<RunResult> run = run();

        elicast.undeploy().await();

        assertThat(run.await().exitCode()).isEqualTo(-1);
        assertThat(elicast.rows("SELECT 1 FROM code_run WHERE cancelled")).hasSize(1);
    }

    private Future<RunResult> run() {
        Future<RunResult> run = elicast.service.runCode(new RunCode("run-1", Buffer.buffer("code")));
        Awaitility.await().until(() -> elicast.sandbox.lastRun() != null);
        return run;
    }
}
