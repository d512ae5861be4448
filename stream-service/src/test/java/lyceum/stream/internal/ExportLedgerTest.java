package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import lyceum.platform.TestRedis;
import lyceum.stream.internal.ExportLedger.Due;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is due, as several instances say. */
class ExportLedgerTest {

    private final Vertx vertx = Vertx.vertx();
    private final OnContext on = new OnContext(vertx);
    private final String url = TestRedis.freshDatabase(vertx);
    private final ExportLedger ledger =
            new ExportLedger(on.get(() -> new RedisLines(vertx, url, Duration.ofSeconds(5), 1)));

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private Due next() {
        return on.await(() -> ledger.nextDue(10)).orElse(null);
    }

    @Test
    void keepsWhatIsOrderedBetweenTheLastExportAndItsEnd() {
        on.await(() -> ledger.postpone("r", 1));
        Due first = next();
        on.await(() -> ledger.postpone("r", 2));

        on.await(() -> ledger.settle(first));

        Due second = next();
        assertThat(second).isEqualTo(new Due("r", 2));
        on.await(() -> ledger.settle(second));
        assertThat(next()).isNull();
    }
}
