package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A server process that is measured. It ends with this one. */
final class Child implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final long STOP_LIMIT_SECONDS = 40;
    private static final long LOOK_MILLIS = 50;

    private final Process process;
    private final Path log;

    /** @param log gets all it writes */
    Child(Path log, Map<String, String> environment, List<String> command) throws IOException {
        this.log = log;
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /**
     * @return the first match in its log, which says that it is ready
     * @throws IllegalStateException with the log where it ends before, or takes longer than a minute and a half
     */
    MatchResult awaitLine(Pattern ready) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            var found = ready.matcher(log());
            if (found.find()) {
                return found.toMatchResult();
            }
            Thread.sleep(LOOK_MILLIS);
        }
        process.destroy();
        throw new IllegalStateException("did not start:\n" + log());
    }

    long pid() {
        return process.pid();
    }

    /** @return what it has written until now */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
