package lyceum.platform;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.embedded.EmbeddedPostgres;
import lyceum.platform.embedded.EmbeddedStore;

/** A real PostgreSQL for the tests of one JVM; each test class asks for a database of its own. */
public final class TestPostgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** @return the address of a new, empty database */
    public static String freshDatabase(Vertx vertx) {
        String name = "test_" + DATABASES.incrementAndGet();
        PgConnection.connect(vertx, PgConnectOptions.fromUri(Server.STORE.url()))
                .compose(connection ->
                        connection.query("CREATE DATABASE " + name).execute().eventually(connection::close))
                .await();
        return Server.STORE.url().replaceFirst("/postgres$", "/" + name);
    }

    /** @return where all tests of this user keep unpacked programs, so that they are unpacked once */
    public static Path programs() {
        return Path.of(System.getProperty("java.io.tmpdir"), "lyceum-test-" + System.getProperty("user.name"));
    }

    private static final class Server {
        static final EmbeddedStore STORE = start();

        private static EmbeddedStore start() {
            try {
                Path data = Files.createTempDirectory("lyceum-postgres");
                EmbeddedStore store = EmbeddedPostgres.start(data, programs(), line -> {});
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    store.close();
                    TestDirectory.delete(data);
                }));
                return store;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
