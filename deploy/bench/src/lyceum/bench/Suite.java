package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Lyceum as it is delivered, all services in one process, with stores of its own. */
final class Suite implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready http=(\\d+) management=(\\d+)");

    private final Scratch directory;
    private final Child child;
    private final int httpPort;
    private final int managementPort;

    private Suite(Scratch directory, Child child, MatchResult ports) {
        this.directory = directory;
        this.child = child;
        this.httpPort = Integer.parseInt(ports.group(1));
        this.managementPort = Integer.parseInt(ports.group(2));
    }

    /** @param options of its JVM */
    static Suite start(String... options) throws IOException, InterruptedException {
        return start(Map.of(), options);
    }

    /**
     * @param settings beside those of all suites here
     * @param options of its JVM
     */
    static Suite start(Map<String, String> settings, String... options) throws IOException, InterruptedException {
        Scratch directory = new Scratch();
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Map<String, String> environment = new HashMap<>(environment(directory));
        environment.putAll(settings);
        List<String> command = new ArrayList<>(List.of("java", "-Djava.io.tmpdir=" + temporary));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", System.getProperty("lyceum.jar")));
        Child child = new Child(directory.resolve("log"), environment, command);
        return new Suite(directory, child, child.awaitLine(READY));
    }

    private static Map<String, String> environment(Scratch directory) {
        return Map.of(
                "LYCEUM_DATA_DIR", directory.resolve("data").toString(),
                "LYCEUM_HTTP_HOST", "127.0.0.1",
                "LYCEUM_HTTP_PORT", "0",
                "LYCEUM_RTMP_PORT", "0",
                "LYCEUM_MANAGEMENT_HOST", "127.0.0.1",
                "LYCEUM_MANAGEMENT_PORT", "0");
    }

    int httpPort() {
        return httpPort;
    }

    int managementPort() {
        return managementPort;
    }

    long pid() {
        return child.pid();
    }

    /** @return where it keeps what must be kept */
    Path data() {
        return directory.resolve("data");
    }

    /** @return its temporary directory */
    Path temporary() {
        return directory.resolve("tmp");
    }

    String log() throws IOException {
        return child.log();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        child.close();
        directory.close();
    }
}
