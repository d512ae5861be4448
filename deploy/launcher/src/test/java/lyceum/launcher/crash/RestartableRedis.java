package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import lyceum.platform.TestPostgres;
import lyceum.platform.embedded.EmbeddedRedis;
import lyceum.platform.embedded.EmbeddedStore;
import lyceum.stream.internal.RedisProxy;

/** A Redis that keeps its address when it is killed and started again; its append-only file is on. */
final class RestartableRedis {

    private final Path data;
    private final RedisProxy proxy = new RedisProxy();

    private final String url;

    private EmbeddedStore store;

    /** @param data keeps what was acknowledged */
    RestartableRedis(Vertx vertx, Path data) {
        this.data = data;
        store = EmbeddedRedis.start(data, TestPostgres.programs(), line -> {});
        proxy.forwardTo(vertx, store.url());
        url = proxy.url(store.url());
    }

    /** Starts it again with what was on the disk. */
    void start() {
        store = EmbeddedRedis.start(data, TestPostgres.programs(), line -> {});
        proxy.upTo(store.url());
    }

    /** @return where it can be reached whenever it runs, password included */
    String url() {
        return url;
    }

    /** @return where it can be reached now, past what is between it and its clients */
    String ownUrl() {
        return store.url();
    }

    RedisProxy proxy() {
        return proxy;
    }

    /** Kills it with SIGKILL. */
    void kill() throws InterruptedException, ExecutionException {
        String address = ":" + URI.create(store.url()).getPort();
        List<ProcessHandle> servers = ProcessHandle.current()
                .descendants()
                .filter(process -> title(process).contains(address))
                .toList();
        assertThat(servers).as("server at " + address).isNotEmpty();
        for (ProcessHandle server : servers) {
            server.destroyForcibly();
            server.onExit().get();
        }
        proxy.down();
        store.close();
    }

    /** Redis, and its child that writes the file anew, call themselves by its address, in a way that Java does not see. */
    private static String title(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"));
        } catch (IOException e) {
            return ""; // it has just ended
        }
    }
}
