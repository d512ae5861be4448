package lyceum.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.platform.Database;
import lyceum.platform.LogLines;
import lyceum.platform.SettableClock;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionVerticleTest {

    private static final Instant NOW = Instant.parse("2026-11-29T02:00:00Z");

    private static final String OLD_NOTES =
            "DELETE FROM note WHERE id IN (SELECT id FROM note WHERE at < $1 ORDER BY id LIMIT $2)";

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SettableClock clock = new SettableClock(NOW);

    private Database database;
    private Pool pool;

    @BeforeEach
    void open() {
        database = new Database(TestPostgres.freshDatabase(vertx), "public", 2);
        pool = database.open(vertx);
        sql("CREATE TABLE note (id int PRIMARY KEY, at timestamptz NOT NULL)");
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void removesWhatIsOlderAndTellsHowMuch() {
        sql("INSERT INTO note VALUES (1, '2026-11-27T01:59:59Z'), (2, '2026-11-27T02:00:01Z'), (3, '2026-11-29Z')");

        try (LogLines lines = LogLines.of(RetentionVerticle.class.getName())) {
            sweep(new TableSweep(database, "notes", 2, OLD_NOTES));

            assertThat(lines.lines()).containsExactly("removed notes=1 from before 2026-11-27T02:00:00Z");
        }
        assertThat(count()).isEqualTo(2);
        assertThat(meters.counter("lyceum.retention.removed", "what", "notes").count())
                .isEqualTo(1);
    }

    @Test
    void removesMoreThanOneBite() {
        sql("INSERT INTO note SELECT n, '2020-01-01Z' FROM generate_series(1, %d) n"
                .formatted(2 * TableSweep.ROWS_AT_ONCE + 1));

        sweep(new TableSweep(database, "notes", 1, OLD_NOTES));

        assertThat(count()).isZero();
    }

    @Test
    void removesNothingThatIsForEver() {
        sql("INSERT INTO note VALUES (1, '1970-01-01Z')");

        sweep(new TableSweep(database, "notes", 0, OLD_NOTES));

        assertThat(count()).isEqualTo(1);
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void leavesItToAnotherInstanceThatIsAtIt() {
        sql("INSERT INTO note VALUES (1, '1970-01-01Z')");
        SqlConnection other = pool.getConnection().await();
        other.query("SELECT pg_advisory_lock(hashtext('lyceum.retention.public.notes'))")
                .execute()
                .await();

        sweep(new TableSweep(database, "notes", 1, OLD_NOTES));
        assertThat(count()).isEqualTo(1);

        other.query("SELECT pg_advisory_unlock_all()").execute().await();
        sweep(new TableSweep(database, "notes", 1, OLD_NOTES));
        assertThat(count()).isZero();
    }

    @Test
    void isDoneAgainEveryDay() {
        List<Instant> limits = new ArrayList<>();
        Sweep sweep = new Sweep() {
            @Override
            public String what() {
                return "things";
            }

            @Override
            public int days() {
                return 30;
            }

            @Override
            public Future<Long> removeBefore(Vertx on, Instant limit) {
                limits.add(limit);
                return Future.succeededFuture(0L);
            }
        };
        RetentionVerticle retention = new RetentionVerticle(List.of(sweep), meters, clock);

        retention.sweep().await();
        clock.set(NOW.plusSeconds(86_400));
        retention.sweep().await();

        assertThat(limits)
                .containsExactly(Instant.parse("2026-10-30T02:00:00Z"), Instant.parse("2026-10-31T02:00:00Z"));
    }

    @Test
    void goesOnBehindOneThatFails() {
        sql("INSERT INTO note VALUES (1, '1970-01-01Z')");
        RetentionVerticle retention = new RetentionVerticle(
                List.of(
                        new TableSweep(database, "others", 1, "DELETE FROM nowhere WHERE at < $1 LIMIT $2"),
                        new TableSweep(database, "notes", 1, OLD_NOTES)),
                meters,
                clock);
        vertx.deployVerticle(retention).await();

        assertThatThrownBy(() -> retention.sweep().await()).isInstanceOf(PgException.class);

        assertThat(count()).isZero();
    }

    @Test
    void takesWholeDays() {
        assertThat(Sweep.days(new Settings(Map.of()), "LYCEUM_RETENTION_X", "Days"))
                .isZero();
        assertThat(Sweep.days(new Settings(Map.of("LYCEUM_RETENTION_X", "30")), "LYCEUM_RETENTION_X", "Days"))
                .isEqualTo(30);
        assertThatThrownBy(() ->
                        Sweep.days(new Settings(Map.of("LYCEUM_RETENTION_X", "-1")), "LYCEUM_RETENTION_X", "Days"))
                .isInstanceOf(WrongSetting.class);
    }

    private void sweep(Sweep sweep) {
        RetentionVerticle retention = new RetentionVerticle(List.of(sweep), meters, clock);
        vertx.deployVerticle(retention).await();
        retention.sweep().await();
    }

    private void sql(String statement) {
        pool.query(statement).execute().await();
    }

    private int count() {
        return pool.query("SELECT count(*)::int FROM note")
                .execute()
                .await()
                .iterator()
                .next()
                .getInteger(0);
    }
}
