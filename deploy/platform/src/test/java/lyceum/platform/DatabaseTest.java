package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    private final Vertx vertx = Vertx.vertx();
    private final Database database = new Database(TestPostgres.freshDatabase(vertx), "public", 1);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void boundsEveryStatementButThoseThatChangeTables() {
        assertThat(limit(database.open(vertx))).isEqualTo("30s");
        assertThat(limit(database.openRelaxed(vertx))).isEqualTo("30s");
        assertThat(limit(database.openPatient(vertx))).isEqualTo("0");
    }

    private static String limit(Pool pool) {
        return pool.query("SHOW statement_timeout")
                .execute()
                .await()
                .iterator()
                .next()
                .getString(0);
    }

    @Test
    void takesAStatementThatWasEndedForAnOutage() {
        Pool pool = database.open(vertx);
        pool.query("SET statement_timeout = 20").execute().await();

        assertThatThrownBy(() -> pool.query("SELECT pg_sleep(10)").execute().await())
                .isInstanceOf(PgException.class)
                .matches(Outage::is);
    }
}
