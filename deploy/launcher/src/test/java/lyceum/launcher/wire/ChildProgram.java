package lyceum.launcher.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.platform.TestJvm;
import lyceum.platform.TestPostgres;

/** The jar that is delivered, in a process of its own that can be killed without the test. */
public final class ChildProgram {

    /** Reads the archive of classes that the build has made. */
    public static final List<String> JVM =
            TestJvm.command("-XX:SharedArchiveFile=target/lyceum.jsa", "-jar", "target/lyceum.jar");

    private static final Pattern READY = Pattern.compile("ready http=(\\d+) management=(\\d+) in=");
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final Path output;

    private ChildProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Begins a start; ports are those that the system chooses.
     *
     * @param directory gets the data, and what the program prints
     * @param settings by key, {@code LYCEUM_…}
     */
    public static ChildProgram start(Path directory, Map<String, String> settings, String... arguments)
            throws IOException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(JVM))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(key -> key.startsWith("LYCEUM_"));
        builder.environment().put("LYCEUM_DATA_DIR", directory.toString());
        builder.environment().put("LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString());
        builder.environment().put("LYCEUM_HTTP_PORT", "0");
        builder.environment().put("LYCEUM_RTMP_PORT", "0");
        builder.environment().put("LYCEUM_MANAGEMENT_PORT", "0");
        builder.environment().putAll(settings);
        return new ChildProgram(builder.start(), output);
    }

    /** Waits until it serves; @return where clients come to, 0 where it has no gateway */
    public int httpPort() {
        return port(1);
    }

    /** Waits until it serves; @return where the operator comes to */
    public int managementPort() {
        return port(2);
    }

    private int port(int group) {
        await().atMost(START_LIMIT).until(() -> ready().find() || !process.isAlive());
        Matcher ready = ready();
        assertThat(ready.find()).as(output()).isTrue();
        return Integer.parseInt(ready.group(group));
    }

    /** @return whether it has not ended */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** @return bytes of memory that it holds, its own children not counted */
    public long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", "" + process.pid(), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** @return how many processes it has started that are still there */
    public long children() {
        return process.descendants().count();
    }

    /** Stops it with SIGSTOP: it is there, and does nothing until it goes on. */
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Kills it with SIGKILL, and waits until the processes that it had started are gone too. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        await().atMost(END_LIMIT)
                .untilAsserted(() -> assertThat(children)
                        .as("left behind by %d", process.pid())
                        .noneMatch(ChildProgram::runs));
    }

    /** A process that has ended, and that nobody has asked for its end, is still listed but has no program. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private Matcher ready() {
        return READY.matcher(output());
    }

    /** @return what it has printed */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
