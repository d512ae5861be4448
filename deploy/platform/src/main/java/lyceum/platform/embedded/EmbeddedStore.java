package lyceum.platform.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** A running server out of a Maven artifact, our own or that of another process with the same data directory. */
public final class EmbeddedStore implements AutoCloseable {

    static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration START_WAIT = Duration.ofSeconds(60);

    private final StoreDirectory directory;
    private final GuardedProcess process;
    private final String url;

    private EmbeddedStore(StoreDirectory directory, GuardedProcess process, String url) {
        this.directory = directory;
        this.process = process;
        this.url = url;
    }

    /** @return where the server can be reached, password included */
    public String url() {
        return url;
    }

    /** @return whether this process has started it; otherwise another one has, and stops it */
    public boolean isOurs() {
        return process != null;
    }

    /** Waits until the owner of the directory has announced its server. */
    static EmbeddedStore ofOther(StoreDirectory directory) {
        Instant limit = Instant.now().plus(START_WAIT);
        while (directory.announced().isEmpty()) {
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException(
                        directory.resolve("lock") + " is held by a process that announces no server");
            }
            pause();
        }
        return new EmbeddedStore(directory, null, directory.announced());
    }

    /** Waits until a server that was just started answers, and announces it. */
    static EmbeddedStore own(
            StoreDirectory directory, GuardedProcess process, String url, Path log, Predicate<String> answers) {
        Instant limit = Instant.now().plus(START_WAIT);
        while (!answers.test(url)) {
            if (!process.aliveAfter(MOMENT) || Instant.now().isAfter(limit)) {
                process.close();
                throw new IllegalStateException("the embedded server did not start; its reasons are in " + log);
            }
        }
        directory.announce(url);
        return new EmbeddedStore(directory, process, url);
    }

    /** @return a port of the loopback interface that is free at this moment */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void pause() {
        try {
            Thread.sleep(MOMENT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a server", e);
        }
    }

    /** Stops the server if it is ours. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        directory.close();
    }
}
