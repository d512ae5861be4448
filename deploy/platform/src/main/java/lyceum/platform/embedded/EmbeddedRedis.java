package lyceum.platform.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Redis: the system's where there is one, else one out of a Maven artifact (6.2). */
public final class EmbeddedRedis {

    /** For a program that has nothing to do. */
    private static final int ANSWER_SECONDS = 10;

    /** The first needs libssl.so.3 of the system, the second nothing; which one fits is found by trying. */
    private static final List<String> BUNDLED = List.of(
            "redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386", "redis-server-6.2.7-linux-arm64");

    private static final int SOCKET_TIMEOUT_MILLIS = 1_000;

    /**
     * The file is written anew when it has grown to so much and twice what is kept. With the 64 MiB of Redis one camera has
     * that done every half minute, and everybody waits 10 to 20 ms for each entry meanwhile; 512 MiB are read in a second.
     */
    private static final String DURABLE = """
            appendonly yes
            appendfsync always
            auto-aof-rewrite-min-size 512mb""";

    private EmbeddedRedis() {}

    /**
     * Starts the server, or finds the one that another process runs on the same directory until it is told to end. What it
     * has acknowledged is on the disk.
     *
     * @param data keeps the keys over restarts
     * @param programs gets the unpacked program
     * @param progress told what takes time, one line each
     * @throws IllegalStateException where it cannot run, with the reason
     */
    public static EmbeddedStore start(Path data, Path programs, Consumer<String> progress) {
        return start(data, programs, progress, Tenancy.LASTING);
    }

    /** @param tenancy what others that start meanwhile do; otherwise like {@link #start(Path, Path, Consumer)} */
    public static EmbeddedStore start(Path data, Path programs, Consumer<String> progress, Tenancy tenancy) {
        return start(data, programs, progress, tenancy, DURABLE);
    }

    /**
     * Starts a server that has loaded the dump of another Redis, and keeps nothing.
     *
     * @param data an empty directory, which gets a copy of the dump
     * @throws IllegalStateException where it cannot run, or the dump is of a newer Redis
     */
    public static EmbeddedStore ofDump(Path dump, Path data, Path programs, Consumer<String> progress) {
        try {
            Files.copy(dump, data.resolve("dump.rdb"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(data, programs, progress, Tenancy.PASSING, "appendonly no");
    }

    private static EmbeddedStore start(
            Path data, Path programs, Consumer<String> progress, Tenancy tenancy, String keeping) {
        StoreDirectory directory = new StoreDirectory(data.toAbsolutePath(), tenancy);
        Optional<EmbeddedStore> other = EmbeddedStore.ofOther(directory, "Redis", progress);
        if (other.isPresent()) {
            return other.get();
        }
        String program = program(programs.toAbsolutePath());
        int port = KeptPort.choose(directory);
        Path configuration = directory.resolve("redis.conf");
        directory.writePrivately(configuration, configuration(directory, port, keeping));
        Path log = directory.resolve("redis.log");
        List<String> command = List.of(program, configuration.toString());
        String url = "redis://:%s@127.0.0.1:%d/0".formatted(directory.password(), port);
        return EmbeddedStore.own(
                directory, () -> GuardedProcess.start("TERM", command, data, log), url, log, EmbeddedRedis::answers);
    }

    private static String configuration(StoreDirectory directory, int port, String keeping) {
        return """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                %s
                save ""
                """.formatted(port, directory.password(), directory.resolve("").toAbsolutePath(), keeping);
    }

    private static String program(Path programs) {
        if (runs("redis-server")) {
            return "redis-server";
        }
        for (String name : BUNDLED) {
            String program = Bundle.program("/" + name, programs.resolve(name).resolve("redis-server"))
                    .toString();
            if (runs(program)) {
                return program;
            }
        }
        throw new IllegalStateException("no Redis runs on this machine; set LYCEUM_REDIS_URL");
    }

    private static boolean runs(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean hasEnded = process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (!hasEnded) {
                process.destroyForcibly();
            }
            return hasEnded && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A server that still loads its file answers, but not yet with PONG. */
    private static boolean answers(String url) {
        URI uri = URI.create(url);
        String password = uri.getUserInfo().substring(1);
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()), SOCKET_TIMEOUT_MILLIS);
            socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write("AUTH %s\r\nPING\r\nQUIT\r\n".formatted(password).getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII).contains("+PONG");
        } catch (IOException e) {
            return false;
        }
    }
}
