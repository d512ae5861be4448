package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lyceum.launcher.wire.ChildProgram;
import lyceum.platform.FreePort;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that is delivered, in a process of its own. */
class ProgramTest {

    private static final int SIGTERM_EXIT = 128 + 15;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    private Path data;
    private Path output;
    private Process program;

    @BeforeEach
    void start() {
        data = directory.resolve("data");
        output = directory.resolve("output");
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        awaitNoStores();
    }

    @Test
    void tellsItsAddressesAndLeavesNothingWhenItIsTerminated() throws Exception {
        run(Map.of());
        awaitReady();
        assertThat(StoreProcesses.of(data)).isNotEmpty();
        assertThat(lines())
                .anyMatch(line -> line.matches(".* INFO +lyceum +ready http=\\d+ management=\\d+ in=\\d+ ms"));

        program.destroy();

        assertThat(exit()).isEqualTo(SIGTERM_EXIT);
        assertThat(StoreProcesses.of(data)).isEmpty();
        assertThat(lines().get(lines().size() - 1)).endsWith("stopped");
    }

    @Test
    void doesWhatItWasBeingAskedWhenItIsTerminated() throws Exception {
        run(Map.of());
        awaitReady();
        String form = "segments=[[0,500]]&audio_blobs=[\""
                + URLEncoder.encode("data:audio/webm;base64," + tone(), StandardCharsets.US_ASCII) + "\"]";
        try (Socket client = new Socket("127.0.0.1", httpPort())) {
            client.setSoTimeout(30_000);
            String head = "POST /audio/split HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                    + "\r\n\r\n";
            client.getOutputStream().write((head + form.substring(0, 100)).getBytes(StandardCharsets.US_ASCII));
            // It has not begun to ask before it is heard.
            String heard = "HTTP/1.1 100 Continue\r\n\r\n";
            assertThat(new String(client.getInputStream().readNBytes(heard.length()), StandardCharsets.US_ASCII))
                    .isEqualTo(heard);

            program.destroy();
            await().until(() -> lines().stream().anyMatch(line -> line.endsWith("stopping")));
            client.getOutputStream().write(form.substring(100).getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(exit()).isEqualTo(SIGTERM_EXIT);
    }

    private static String tone() throws IOException {
        try (InputStream sound = ProgramTest.class.getResourceAsStream("/crash/tone.webm")) {
            return Base64.getEncoder().encodeToString(sound.readAllBytes());
        }
    }

    private int httpPort() throws IOException {
        return lines().stream()
                .map(Pattern.compile("ready http=(\\d+)")::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void leavesNothingWhenItIsKilledAndCanServeAgain() throws Exception {
        run(Map.of());
        awaitReady();

        program.destroyForcibly().waitFor();

        awaitNoStores();
        run(Map.of(), "--check");
        awaitReady();
        assertThat(exit()).isZero();
        assertThat(StoreProcesses.of(data)).isEmpty();
        assertThat(lines().get(lines().size() - 1)).endsWith("stopped");
    }

    @Test
    void writesOneJsonObjectALineInProduction() throws Exception {
        run(Map.of("LYCEUM_PROFILE", "prod", "LYCEUM_JWT_SECRET", "a secret of the tests, 32 bytes or more"));
        awaitReady();

        List<JsonObject> lines = lines().stream().map(JsonObject::new).toList();

        assertThat(lines).extracting(line -> line.getString("level")).contains("WARN", "INFO");
        assertThat(lines)
                .extracting(line -> line.getString("formattedMessage"))
                .contains("LYCEUM_POSTGRES_URL is not set: an embedded one keeps its data on this machine only");
    }

    @Test
    void refusesAWrongSettingWithOneLineAndItsOwnExitCode() throws Exception {
        run(Map.of("LYCEUM_MANAGEMENT_PORT", "x"));

        assertThat(exit()).isEqualTo(2);
        assertThat(lines()).containsExactly("lyceum: LYCEUM_MANAGEMENT_PORT: 'x' is not a number 0..65535");
    }

    @ParameterizedTest
    @CsvSource({
        "LYCEUM_PYTHON,a program|bundled",
        "LYCEUM_FFMPEG,a program|bundled",
        "LYCEUM_SANDBOX_LANGUAGES_DIR,a readable directory",
        "LYCEUM_GRADING_HOMEWORK_DIR,a readable directory"
    })
    void refusesWhatIsNotThere(String key, String expected) throws Exception {
        run(Map.of(key, "/nope"), "--check");

        assertThat(exit()).isEqualTo(2);
        assertThat(lines()).containsExactly("lyceum: %s: '/nope' is not %s".formatted(key, expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/x", "/etc/passwd", "/etc/passwd/x"})
    void refusesADirectoryOfDataThatCannotBeWrittenTo(String data) throws Exception {
        run(Map.of("LYCEUM_DATA_DIR", data));

        assertThat(exit()).isEqualTo(2);
        assertThat(lines())
                .containsExactly(
                        "lyceum: LYCEUM_DATA_DIR: '%s' is not a directory that can be written to".formatted(data));
    }

    @Test
    void refusesAnUnknownSetting() throws Exception {
        run(Map.of("LYCEUM_TYPO", "1"));

        assertThat(exit()).isEqualTo(2);
        assertThat(lines()).containsExactly("lyceum: LYCEUM_TYPO: no such setting; --config-reference lists all");
    }

    @Test
    void tellsWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(FreePort.next())) {
            run(Map.of("LYCEUM_MANAGEMENT_PORT", Integer.toString(taken.getLocalPort())));

            assertThat(exit()).isEqualTo(1);
        }
        assertThat(lines()).anyMatch(line -> line.contains("(LYCEUM_MANAGEMENT_PORT): Address already in use"));
    }

    @Test
    void tellsWhichPortOfClientsIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(FreePort.next())) {
            run(Map.of("LYCEUM_HTTP_PORT", Integer.toString(taken.getLocalPort())));

            assertThat(exit()).isEqualTo(1);
            assertThat(lines())
                    .anyMatch(line -> line.contains(
                            taken.getLocalPort() + " (LYCEUM_HTTP_HOST, LYCEUM_HTTP_PORT): Address already in use"));
        }
    }

    @Test
    void failsACheckWhereProgramsAreNotWhatTheyShouldBe() throws Exception {
        run(Map.of("LYCEUM_PYTHON", "/bin/true", "LYCEUM_FFMPEG", "/bin/true"), "--check");

        assertThat(exit()).isEqualTo(1);
        assertThat(lines())
                .anyMatch(line -> line.contains("does not serve: sandbox: "))
                .anyMatch(line -> line.contains("does not serve: media: "));
    }

    @Test
    void failsACheckWhereSomethingDoesNotServe() throws Exception {
        run(Map.of("LYCEUM_REDIS_URL", "redis://127.0.0.1:1/0"), "--check");

        assertThat(exit()).isEqualTo(1);
        assertThat(lines()).anyMatch(line -> line.contains("does not serve: redis: "));
    }

    private void run(Map<String, String> settings, String... words) throws IOException {
        List<String> command = new ArrayList<>(ChildProgram.JVM);
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("LYCEUM_"));
        builder.environment().put("LYCEUM_DATA_DIR", data.toString());
        builder.environment().put("LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString());
        builder.environment().put("LYCEUM_HTTP_PORT", "0");
        builder.environment().put("LYCEUM_RTMP_PORT", "0");
        builder.environment().put("LYCEUM_MANAGEMENT_PORT", "0");
        builder.environment().putAll(settings);
        program = builder.start();
        started.add(program);
    }

    private void awaitReady() throws IOException {
        await().atMost(Duration.ofSeconds(60)).until(() -> isReady() || !program.isAlive());
        assertThat(isReady()).as("%s", lines()).isTrue();
    }

    private boolean isReady() throws IOException {
        return lines().stream().anyMatch(line -> line.contains("ready http="));
    }

    private int exit() throws InterruptedException {
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return program.exitValue();
    }

    private void awaitNoStores() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> StoreProcesses.of(data).isEmpty());
    }

    private List<String> lines() throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.toList();
        }
    }
}
