package lyceum.platform.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A running server out of a Maven artifact, our own or that of another process with the same data directory. Our own one is
 * started again where it ends by itself, at the same address.
 */
public final class EmbeddedStore implements AutoCloseable {

    static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration START_WAIT = Duration.ofSeconds(60);
    /** A backup or a restore of large recordings takes its time; whoever supervises us may be less patient. */
    private static final Duration PASSING_WAIT = Duration.ofHours(1);

    private final StoreDirectory directory;
    private final KeptServer server;
    private final String url;

    private EmbeddedStore(StoreDirectory directory, KeptServer server, String url) {
        this.directory = directory;
        this.server = server;
        this.url = url;
    }

    /** @return where the server can be reached, password included */
    public String url() {
        return url;
    }

    /** @return whether this process has started it; otherwise another one has, and stops it */
    public boolean isOurs() {
        return server != null;
    }

    /**
     * Waits until this process owns the directory, or its owner has announced a server.
     *
     * @param name of the kind of server, for those who wait
     * @param progress told what is waited for
     * @return the server of the other process; empty where the directory is ours
     */
    static Optional<EmbeddedStore> ofOther(StoreDirectory directory, String name, Consumer<String> progress) {
        Instant begin = Instant.now();
        boolean wasPassing = false;
        while (!directory.owned()) {
            String url = directory.announced();
            if (!url.isEmpty()) {
                progress.accept("using the %s of another process".formatted(name));
                return Optional.of(new EmbeddedStore(directory, null, url));
            }
            boolean isPassing = directory.isOfPassingOwner();
            if (isPassing != wasPassing) {
                // Whoever comes behind it has the time to start that the first one would have.
                begin = Instant.now();
                wasPassing = isPassing;
                progress.accept(
                        isPassing
                                ? "waiting for a backup, a restore or an import with the same %s to end".formatted(name)
                                : "that has ended");
            }
            if (Instant.now().isAfter(begin.plus(isPassing ? PASSING_WAIT : START_WAIT))) {
                directory.close();
                throw new IllegalStateException(directory.resolve("lock") + " is held by a process that "
                        + (isPassing ? "does not come to its end" : "announces no server"));
            }
            pause();
            directory.tryToOwn();
        }
        return Optional.empty();
    }

    /**
     * Starts a server, waits until it answers, and announces it.
     *
     * @param start starts it, and starts it again where it has ended by itself
     */
    static EmbeddedStore own(
            StoreDirectory directory, Supplier<GuardedProcess> start, String url, Path log, Predicate<String> answers) {
        GuardedProcess process = start.get();
        Instant limit = Instant.now().plus(START_WAIT);
        while (!answers.test(url)) {
            if (!process.aliveAfter(MOMENT) || Instant.now().isAfter(limit)) {
                process.close();
                throw new IllegalStateException("the embedded server did not start; its reasons are in " + log);
            }
        }
        directory.announceUnlessPassing(url);
        return new EmbeddedStore(directory, KeptServer.keep(process, start, log), url);
    }

    static void pause() {
        try {
            Thread.sleep(MOMENT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a server", e);
        }
    }

    /** Stops the server if it is ours; who comes meanwhile waits, and does not use it. */
    @Override
    public void close() {
        if (server != null) {
            directory.withdraw();
            server.close();
        }
        directory.close();
    }
}
