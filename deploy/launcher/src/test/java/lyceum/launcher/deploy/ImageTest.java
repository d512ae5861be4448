package lyceum.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lyceum.launcher.Rehearsal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The image, of which no engine is here to build it: what its file says, held against the build and the program. */
class ImageTest {

    private static final Dockerfile FILE = Dockerfile.read(Path.of("../image/Dockerfile"));

    @Test
    void hasATargetForEachNeedAndOneBase() {
        assertThat(FILE.stages()).containsOnlyKeys("lyceum", "lyceum-sandbox", "lyceum-media");
        assertThat(FILE.base("lyceum")).matches("eclipse-temurin:\\d+\\.\\d+\\.\\d+_\\d+-jre-\\w+");
        assertThat(FILE.base("lyceum-sandbox")).isEqualTo("lyceum");
        assertThat(FILE.base("lyceum-media")).isEqualTo("lyceum");
    }

    @Test
    void isMadeOfWhatABuildLeaves() {
        assertThat(FILE.all("lyceum", "COPY"))
                .extracting(Dockerfile.Instruction::arguments)
                .containsExactly(
                        "lib /opt/lyceum/lib", "lyceum.jar /opt/lyceum/lyceum.jar", "bom.json /opt/lyceum/bom.json");
        assertThat(Path.of("target/lyceum.jar")).isRegularFile();
        assertThat(Path.of("target/lib")).isDirectoryContaining("glob:**/vertx-core-*.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lyceum", "lyceum-sandbox", "lyceum-media"})
    void isNotRootAndWritesToTwoPlaces(String stage) {
        assertThat(FILE.last(stage, "USER")).isEqualTo("10001:10001");
        assertThat(new JsonArray(FILE.last(stage, "VOLUME")).stream().map(String::valueOf))
                .containsExactly("/var/lib/lyceum", "/tmp");
        assertThat(FILE.last("lyceum", "ENV")).isEqualTo("LYCEUM_DATA_DIR=/var/lib/lyceum");
        assertThat(FILE.all(stage, "ADD")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"lyceum-sandbox, sandbox", "lyceum-media, media"})
    void startsTheServiceThatItsToolsAreFor(String stage, String service) {
        List<String> words = new JsonArray(FILE.last(stage, "CMD"))
                .stream().map(String::valueOf).toList();

        assertThat(FILE.last(stage, "ENTRYPOINT")).endsWith("\"-jar\", \"/opt/lyceum/lyceum.jar\"]");
        assertThat(Rehearsal.of(Map.of(), words).services()).containsExactly(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lyceum", "lyceum-sandbox", "lyceum-media"})
    void givesTheJvmOptionsThatItKnows(String stage) throws Exception {
        List<String> options = new JsonArray(FILE.last(stage, "ENTRYPOINT"))
                .stream()
                        .map(String::valueOf)
                        .filter(word -> word.startsWith("-X"))
                        .toList();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-jar", "target/lyceum.jar", "--help"));

        assertThat(options).hasSizeGreaterThan(1);
        assertThat(exitCode(command)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lyceum", "lyceum-sandbox", "lyceum-media"})
    void readsItsClassesFromTheArchiveThatItHasMade(String stage) {
        assertThat(FILE.last(stage, "ENTRYPOINT")).contains("\"-XX:SharedArchiveFile=/opt/lyceum/lyceum.jsa\"");
        assertThat(FILE.last("lyceum", "RUN"))
                .contains("-XX:ArchiveClassesAtExit=", " -jar /opt/lyceum/lyceum.jar --check")
                .contains("lyceum.jsa /opt/lyceum/lyceum.jsa");
    }

    @Test
    void makesItsArchiveWithSettingsThatTheProgramKnows() {
        Map<String, String> settings = Pattern.compile("(LYCEUM_\\w+)=(\\S+)")
                .matcher(FILE.last("lyceum", "RUN"))
                .results()
                .collect(Collectors.toMap(setting -> setting.group(1), setting -> setting.group(2)));

        List<String> arguments = Pattern.compile("--\\w+(?:=\\S+)?")
                .matcher(FILE.last("lyceum", "RUN").replaceFirst("(?s).*lyceum\\.jar", ""))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(settings).isNotEmpty();
        assertThat(Rehearsal.of(settings, arguments).services())
                .as("in a cluster, whose classes are to be there")
                .containsExactlyInAnyOrderElementsOf(Rehearsal.everyService());
    }

    @Test
    void isHealthyWhenTheProgramIsReady() throws Exception {
        String declared = FILE.last("lyceum", "HEALTHCHECK");
        List<String> command = new JsonArray(declared.substring(declared.indexOf('[')))
                .stream().map(String::valueOf).toList();
        String port = Rehearsal.fallback("LYCEUM_MANAGEMENT_PORT");
        assertThat(command.get(2)).contains("/127.0.0.1/" + port + " ");

        try (ManagementPort running = ManagementPort.open()) {
            String there = "/127.0.0.1/" + running.port() + " ";
            List<String> ready = each(command, word -> word.replace("/127.0.0.1/" + port + " ", there));
            List<String> elsewhere = each(ready, word -> word.replace("/health/ready", "/nowhere"));

            assertThat(exitCode(ready)).isZero();
            assertThat(exitCode(elsewhere)).isNotZero();
        }
    }

    @Test
    void letsTheEngineSeeNothingElse() throws Exception {
        assertThat(Files.readAllLines(Path.of("../image/Dockerfile.dockerignore")))
                .containsExactly("*", "!lib", "!lyceum.jar", "!bom.json");
    }

    private static List<String> each(List<String> words, UnaryOperator<String> change) {
        return words.stream().map(change).toList();
    }

    private static int exitCode(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
