package lyceum.elicast.internal;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ElicastRetentionStoreTest {

    private static final Instant LIMIT = Instant.parse("2026-11-01T00:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private Database database;
    private Pool pool;

    @BeforeEach
    void fill() {
        database = new Database(TestPostgres.freshDatabase(vertx), "elicast", 2);
        new Migrations(database, ElicastVerticle.MIGRATIONS).run(vertx).await();
        pool = database.open(vertx);
        sql("""
                INSERT INTO content (created_at) VALUES ('2020-01-01Z');
                INSERT INTO lesson (created_at, title, content_id) VALUES ('2020-01-01Z', 'Loops', 1);
                INSERT INTO code_run (created_at, code, output, exit_code, cancelled, wall_time_millis)
                VALUES ('2026-10-31Z', '', '', 0, false, 1), ('2026-11-02Z', '', '', 0, false, 1);
                INSERT INTO code_run_exercise (created_at, lesson_id, ex_id, solve_ots, code, output, exit_code, cancelled,
                                               wall_time_millis)
                VALUES ('2026-10-31Z', 1, 1, '[]', '', '', 0, false, 1);
                INSERT INTO log_ticket (created_at, ticket, ip, user_agent, referer, name)
                SELECT at::timestamptz, rpad(n::text, 36, 'x'), '127.0.0.1', '', '', 'Ada'
                  FROM (VALUES (1, '2026-10-01Z'), (2, '2026-10-01Z'), (3, '2026-11-02Z')) AS old (n, at);
                INSERT INTO log_entry (created_at, ticket_id, data)
                VALUES ('2026-10-01Z', 1, '1'), ('2026-10-01Z', 2, '1'), ('2026-11-02Z', 2, '1')""");
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** A ticket of last month that was written to in this one stays. */
    @Test
    void removesLogsAndRunsAndNoLessons() {
        List<Sweep> sweeps = ElicastRetentionStore.sweeps(
                new Settings(Map.of("LYCEUM_RETENTION_LOGS", "28", "LYCEUM_RETENTION_RUNS", "30")), database.url());

        List<Long> removed = sweeps.stream()
                .map(sweep -> sweep.removeBefore(vertx, LIMIT).await())
                .toList();

        assertThat(sweeps).extracting(Sweep::days).containsExactly(30, 30, 28, 28);
        assertThat(removed).containsExactly(1L, 1L, 2L, 1L);
        assertThat(count("code_run")).isEqualTo(1);
        assertThat(count("log_ticket WHERE id IN (2, 3)")).isEqualTo(2);
        assertThat(count("lesson")).isEqualTo(1);
    }

    @Test
    void keepsEverythingForEverUnlessToldOtherwise() {
        assertThat(ElicastRetentionStore.sweeps(new Settings(Map.of()), database.url()))
                .extracting(Sweep::days)
                .containsOnly(0);
    }

    private void sql(String statements) {
        pool.query(statements).execute().await();
    }

    private int count(String from) {
        return pool.query("SELECT count(*)::int FROM " + from)
                .execute()
                .await()
                .iterator()
                .next()
                .getInteger(0);
    }
}
