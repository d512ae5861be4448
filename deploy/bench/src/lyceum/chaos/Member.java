package lyceum.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A process of the cluster, which can be ended and started again at the same ports. */
final class Member implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready http=(\\d+) management=(\\d+)");
    private static final long START_LIMIT_SECONDS = 120;
    private static final long END_LIMIT_SECONDS = 60;
    private static final long LOOK_MILLIS = 50;

    private final String name;
    private final ProcessBuilder builder;
    private final Path log;

    private Process process;
    private int starts;

    /**
     * @param name of its service, and its number where there are two
     * @param log gets all that it prints, over all of its lives
     */
    Member(String name, String service, Map<String, String> settings, Path log) {
        this.name = name;
        this.log = log;
        builder = new ProcessBuilder(List.of(
                        "java",
                        "-Xmx256m",
                        "-Dlyceum.log.form=readable",
                        "-jar",
                        System.getProperty("lyceum.jar"),
                        "--services=" + service))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(settings);
    }

    /** Begins a start. */
    void start() throws IOException {
        process = builder.start();
        starts++;
    }

    /** Waits until it serves; @return where clients come to, 0 for nowhere */
    int awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
        List<MatchResult> ready = READY.matcher(log()).results().toList();
        while (ready.size() < starts) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(name + " did not start:\n" + log());
            }
            Thread.sleep(LOOK_MILLIS);
            ready = READY.matcher(log()).results().toList();
        }
        return Integer.parseInt(ready.get(starts - 1).group(1));
    }

    /** Ends it with SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end with SIGTERM; @return whether it did so in time */
    boolean terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Stops it where it is, or lets it go on. */
    void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** @return what it has printed until now */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null && !terminate()) {
            kill();
        }
    }
}
