package lyceum.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.platform.embedded.EmbeddedRedis;
import lyceum.platform.embedded.EmbeddedStore;

/** The Redis that comes along with the program, for the suite and for whoever is compared with it. */
final class RedisServer implements AutoCloseable {

    private static final Pattern APPENDED = Pattern.compile("cmdstat_xadd:calls=(\\d+)");
    private static final Pattern SENT = Pattern.compile("total_net_output_bytes:(\\d+)");
    private static final Pattern CLIENTS = Pattern.compile("connected_clients:(\\d+)");

    private final Scratch directory;
    private final EmbeddedStore store;
    private final RedisConnection control;

    private RedisServer(Scratch directory, EmbeddedStore store) throws IOException {
        this.directory = directory;
        this.store = store;
        this.control = connect();
    }

    static RedisServer start() throws IOException {
        Scratch directory = new Scratch();
        Path data = Files.createDirectory(directory.resolve("data"));
        return new RedisServer(directory, EmbeddedRedis.start(data, directory.resolve("programs"), line -> {}));
    }

    String url() {
        return store.url();
    }

    RedisConnection connect() throws IOException {
        URI url = URI.create(store.url());
        String password = url.getUserInfo().substring(url.getUserInfo().indexOf(':') + 1);
        return new RedisConnection(url.getPort(), password);
    }

    /** @return how many entries have been appended since the start, by anybody */
    long appended() throws IOException {
        return number(APPENDED, "commandstats");
    }

    /** @return how many bytes it has sent since the start, to anybody */
    long sentBytes() throws IOException {
        return number(SENT, "stats");
    }

    long clients() throws IOException {
        return number(CLIENTS, "clients");
    }

    /** @param when {@code always} before an answer, or {@code everysec} */
    void syncs(String when) throws IOException {
        control.ask("CONFIG", "SET", "appendfsync", when);
    }

    void clear() throws IOException {
        control.ask("FLUSHALL");
    }

    private long number(Pattern pattern, String section) throws IOException {
        Matcher found = pattern.matcher(control.ask("INFO", section));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    @Override
    public void close() throws IOException {
        control.close();
        store.close();
        directory.close();
    }
}
