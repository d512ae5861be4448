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

    /** Files that are in memory: hundreds of databases are made and removed there in no time. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long ENOUGH_BYTES = 6L << 30;

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

        /** What a test needs to be on a disk is in a store of its own. */
        private static Path place() throws IOException {
            boolean isRoomy =
                    Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ENOUGH_BYTES;
            return isRoomy ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        }

        private static EmbeddedStore start() {
            try {
                Path data = Files.createTempDirectory(place(), "lyceum-postgres");
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
