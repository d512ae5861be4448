package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.platform.Database;
import lyceum.platform.Migrations;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;
import lyceum.platform.retention.Sweep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradingRetentionStoreTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** One of three hand-ins is old and graded, one is old and waits, one is new. */
    @Test
    void emptiesOutputsOfOldVerdictsAndForgetsEarlierAttempts() {
        Database database = new Database(TestPostgres.freshDatabase(vertx), "grading", 2);
        new Migrations(database, List.of("V1__grading", "V2__sealed_body"))
                .run(vertx)
                .await();
        Pool pool = database.open(vertx);
        pool.query("""
                        INSERT INTO hand_in (id, student, is_staff, homework, package, created_at, content, state, scale, score,
                                             stdout, stderr, not_before)
                        SELECT n::text, 'ada', false, 'h', 'python', at::timestamptz, '', state, 1, 50, 'out', 'err', now()
                          FROM (VALUES (1, '2026-10-01Z', 'Accepted'), (2, '2026-10-01Z', 'Pending'),
                                       (3, '2026-11-02Z', 'Rejected')) AS old (n, at, state)
                         ORDER BY n;
                        INSERT INTO attempt (hand_in, attempt, state, scale, score) VALUES (1, 1, 'Rejected', 1, 0), (3, 1, 'Rejected', 1, 0)""").execute().await();
        List<Sweep> sweeps =
                GradingRetentionStore.sweeps(new Settings(Map.of("LYCEUM_RETENTION_OUTPUTS", "30")), database.url());

        List<Long> removed = sweeps.stream()
                .map(sweep -> sweep.removeBefore(vertx, Instant.parse("2026-11-01T00:00:00Z"))
                        .await())
                .toList();

        assertThat(sweeps).extracting(Sweep::days).containsExactly(30, 30);
        assertThat(removed).containsExactly(1L, 1L);
        assertThat(pool.query("SELECT id FROM hand_in WHERE stdout IS NULL AND stderr IS NULL AND score = 50")
                        .execute()
                        .await())
                .extracting(row -> row.getString(0))
                .containsExactly("1");
    }
}
