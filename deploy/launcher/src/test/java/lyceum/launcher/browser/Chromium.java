package lyceum.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium with a microphone that beeps, and with a profile of its own. */
final class Chromium implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    /** {@code -Dlyceum.chromium=} names one that is elsewhere. */
    private static final List<Path> PROGRAMS = List.of(
            Path.of(System.getProperty("lyceum.chromium", "/usr/bin/chromium")), Path.of("/usr/bin/chromium-browser"));

    private static final List<String> OPTIONS = List.of(
            "--headless",
            // Chromium refuses to sandbox itself as root, and sees pages of ours only.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--remote-debugging-port=0");

    private final Process process;
    private final Path profile;

    private Chromium(Process process, Path profile) {
        this.process = process;
        this.profile = profile;
    }

    /** @return where this machine has it */
    static Optional<Path> program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    }

    /** @param profile an empty directory, which gets all that it writes */
    static Chromium start(Path program, Path profile) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--user-data-dir=" + profile)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.txt").toFile());
        builder.command().addAll(OPTIONS);
        // Its crash handler, which leaves the process tree, is known by this; and nothing is left in shared places.
        builder.environment().put("XDG_CONFIG_HOME", profile.toString());
        builder.environment().put("TMPDIR", profile.toString());
        return new Chromium(builder.start(), profile);
    }

    /** Waits until it can be driven. */
    Future<DevTools> drive(Vertx vertx) throws IOException {
        await().atMost(START_LIMIT).until(() -> address().size() == 2 || !process.isAlive());
        assertThat(process.isAlive()).as("Chromium runs").isTrue();
        return DevTools.connect(
                vertx, Integer.parseInt(address().get(0)), address().get(1));
    }

    /** @return port and path, or fewer lines while it starts */
    private List<String> address() throws IOException {
        Path file = profile.resolve("DevToolsActivePort");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Kills it with all that it has started. */
    @Override
    public void close() {
        await().atMost(END_LIMIT).until(() -> {
            List<ProcessHandle> left = Stream.concat(
                            Stream.concat(Stream.of(process.toHandle()), process.descendants()), strays())
                    .filter(ProcessHandle::isAlive)
                    .toList();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
        });
    }

    /** What has left the process tree still has our profile in its command line. */
    private Stream<ProcessHandle> strays() {
        return ProcessHandle.allProcesses()
                .filter(stray -> stray.info()
                        .commandLine()
                        .filter(line -> line.contains(profile.toString()))
                        .isPresent());
    }
}
