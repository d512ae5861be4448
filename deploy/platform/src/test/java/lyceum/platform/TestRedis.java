package lyceum.platform;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.embedded.EmbeddedRedis;
import lyceum.platform.embedded.EmbeddedStore;

/** A real Redis for the tests of one JVM. */
public final class TestRedis {

    /** What a server has unless it is told otherwise (redis.conf, {@code databases}). */
    private static final int DATABASES = 16;

    private static final AtomicInteger LAST = new AtomicInteger();

    private TestRedis() {}

    /** @return the address of an empty database; of 16 that are asked for one after the other none is the same */
    public static String freshDatabase(Vertx vertx) {
        String url = Server.STORE.url().replaceFirst("/0$", "/" + LAST.incrementAndGet() % DATABASES);
        Redis client = Redis.createClient(vertx, url);
        client.send(Request.cmd(Command.FLUSHDB)).eventually(client::close).await();
        return url;
    }

    private static final class Server {
        static final EmbeddedStore STORE = start();

        private static EmbeddedStore start() {
            try {
                Path data = Files.createTempDirectory("lyceum-redis");
                EmbeddedStore store = EmbeddedRedis.start(data, TestPostgres.programs(), line -> {});
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
