package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import lyceum.platform.embedded.EmbeddedPostgres;
import lyceum.platform.embedded.EmbeddedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real PostgreSQL says when it goes, and when it is not there. */
class OutageTest {

    @TempDir
    Path data;

    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void isAServerThatStops() {
        EmbeddedStore store = EmbeddedPostgres.start(data, TestPostgres.programs(), line -> {});
        Pool pool = new Database(store.url(), "public", 1).open(vertx);
        pool.query("SELECT 1").execute().await();
        Future<?> underWay = pool.query("SELECT pg_sleep(60)").execute();

        store.close();

        assertThat(Outage.is(catchThrowable(underWay::await))).isTrue();
        assertThat(Outage.is(
                        catchThrowable(() -> pool.query("SELECT 1").execute().await())))
                .isTrue();
    }

    @Test
    void isAConnectionThatHasEnded() {
        EmbeddedStore store = EmbeddedPostgres.start(data, TestPostgres.programs(), line -> {});
        PgConnection connection = PgConnection.connect(vertx, PgConnectOptions.fromUri(store.url()))
                .await();
        Promise<Void> ended = Promise.promise();
        connection.closeHandler(ended::complete);
        store.close();
        ended.future().await();

        assertThat(Outage.is(catchThrowable(
                        () -> connection.query("SELECT 1").execute().await())))
                .isTrue();
    }

    @Test
    void isAServerThatIsNotThere() throws IOException {
        Pool pool = new Database("postgresql://lyceum:x@127.0.0.1:%d/postgres".formatted(freePort()), "public", 1)
                .open(vertx);

        assertThat(Outage.is(
                        catchThrowable(() -> pool.query("SELECT 1").execute().await())))
                .isTrue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void isNotAStatementThatIsWrong() {
        Pool pool = new Database(TestPostgres.freshDatabase(vertx), "public", 1).open(vertx);

        assertThat(Outage.is(
                        catchThrowable(() -> pool.query("SELECT 1/0").execute().await())))
                .isFalse();
    }
}
