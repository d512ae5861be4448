package lyceum.platform.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that lives as long as we do: a shell between us and it waits for the end of a pipe that only we hold, so that
 * even {@code kill -9} of the JVM stops it. It has a session of its own, so that Ctrl-C reaches us and not it.
 */
final class GuardedProcess implements AutoCloseable {

    /** $1 is the signal that asks the server to stop; the rest is its command line. */
    private static final String GUARD = """
            signal=$1; shift
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            trap '' INT HUP TERM
            { cat <&3 >/dev/null; kill -"$signal" "$server"; } 2>/dev/null &
            exec 3<&-
            wait "$server"
            """;

    private static final Duration STOP_WAIT = Duration.ofSeconds(30);

    private final Process guard;

    private GuardedProcess(Process guard) {
        this.guard = guard;
    }

    /**
     * @param stopSignal name of the signal that stops the server in good order, {@code INT}
     * @param log gets what the server prints
     */
    static GuardedProcess start(String stopSignal, List<String> command, Path directory, Path log) {
        List<String> guarded = new ArrayList<>(List.of("setsid", "sh", "-c", GUARD, "guard", stopSignal));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("LYCEUM_") || key.startsWith("PG"));
        try {
            return new GuardedProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits a moment; @return false once the server has ended */
    boolean aliveAfter(Duration moment) {
        try {
            return !guard.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server was starting", e);
        }
    }

    /** Waits until the server has ended. */
    void awaitEnd() throws InterruptedException {
        guard.waitFor();
    }

    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(STOP_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                guard.descendants().forEach(ProcessHandle::destroyForcibly);
                guard.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
