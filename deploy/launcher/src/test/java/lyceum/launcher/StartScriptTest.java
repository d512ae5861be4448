package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script beside the jar. What is asked of it, {@code --help}, needs nothing that runs. */
class StartScriptTest {

    private static final Path SCRIPT = Path.of("target/lyceum").toAbsolutePath();
    /** A JVM that is told so does not start where its archive does not fit. */
    private static final Map<String, String> ARCHIVE_OR_NOTHING = Map.of("JDK_JAVA_OPTIONS", "-Xshare:on");

    @TempDir
    Path directory;

    private record Run(int exit, List<String> output, List<String> errors) {}

    @Test
    void readsClassesFromTheArchiveOfTheBuild() throws Exception {
        Run run = run(SCRIPT, ARCHIVE_OR_NOTHING, "--help");

        assertThat(run.exit).isZero();
        assertThat(run.output).first().asString().startsWith("Usage: lyceum ");
        assertThat(run.errors).containsExactly("NOTE: Picked up JDK_JAVA_OPTIONS: -Xshare:on");
    }

    @Test
    void isFoundThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("lyceum"), SCRIPT);

        assertThat(run(link, ARCHIVE_OR_NOTHING, "--help").exit).isZero();
    }

    @Test
    void startsWithoutAnArchiveAndSaysNothingOfIt() throws Exception {
        Path copy = copy();

        assertThat(run(copy, Map.of(), "--help").errors).isEmpty();
    }

    @Test
    void startsBesideTheArchiveOfAnotherJarAndSaysSo() throws Exception {
        Path copy = copy();
        Files.createSymbolicLink(directory.resolve("lyceum.jsa"), SCRIPT.resolveSibling("lyceum.jsa"));

        Run run = run(copy, Map.of(), "--help");

        assertThat(run.exit).isZero();
        assertThat(run.output).first().asString().startsWith("Usage: lyceum ");
        assertThat(run.errors).anyMatch(line -> line.contains("archive"));
    }

    @Test
    void endsAsTheProgramDoes() throws Exception {
        Run run = run(SCRIPT, Map.of("LYCEUM_TYPO", "1"));

        assertThat(run.exit).isEqualTo(2);
        assertThat(run.errors).containsExactly("lyceum: LYCEUM_TYPO: no such setting; --config-reference lists all");
    }

    /** @return the script beside a jar that is another file, without an archive */
    private Path copy() throws IOException {
        Files.createSymbolicLink(directory.resolve("lib"), SCRIPT.resolveSibling("lib"));
        Files.copy(SCRIPT.resolveSibling("lyceum.jar"), directory.resolve("lyceum.jar"));
        return Files.copy(SCRIPT, directory.resolve("lyceum"));
    }

    private Run run(Path script, Map<String, String> environment, String... words) throws Exception {
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(words))
                        .toList())
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new Run(exit, Files.readAllLines(output), Files.readAllLines(errors));
    }
}
