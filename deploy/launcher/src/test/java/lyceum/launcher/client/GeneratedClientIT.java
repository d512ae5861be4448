package lyceum.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client in TypeScript, generated out of the document that a gateway serves, asks that gateway: it compiles only where the
 * document says what the answers hold. Skipped where npm cannot bring the generator and the compiler.
 */
class GeneratedClientIT {

    private static final List<String> FILES = List.of("package.json", "package-lock.json", "classroom.ts");
    private static final List<String> GENERATE =
            List.of("openapi-typescript", "openapi.json", "--default-non-nullable=false", "-o", "schema.d.ts");
    private static final List<String> COMPILE = List.of(
            "tsc",
            "--strict",
            "--skipLibCheck",
            "--target",
            "es2022",
            "--module",
            "nodenext",
            "--moduleResolution",
            "nodenext",
            "--lib",
            "es2022,dom,dom.iterable",
            "--outDir",
            ".",
            "classroom.ts");
    private static final int LIMIT_SECONDS = 90;

    @TempDir
    static Path directory;

    @Test
    void asksWhatTheDocumentPromises() throws Exception {
        for (String file : FILES) {
            try (InputStream text = GeneratedClientIT.class.getResourceAsStream("/client/" + file)) {
                Files.copy(text, directory.resolve(file));
            }
        }
        Assumptions.assumeTrue(
                succeeds(List.of("npm", "ci", "--silent", "--ignore-scripts", "--no-audit")),
                "npm cannot bring openapi-typescript");
        try (RunningSuite suite = RunningSuite.start(Map.of(), "account", "sandbox", "grading", "gateway")) {
            String document = suite.client()
                    .send(Request.of("GET", "/openapi.json"))
                    .await()
                    .text();
            Files.writeString(directory.resolve("openapi.json"), document);

            run(inModules(GENERATE));
            run(inModules(COMPILE));
            JsonObject seen =
                    new JsonObject(run(List.of("node", "classroom.js", "http://localhost:%d".formatted(suite.port()))));

            assertThat(seen.getJsonArray("languages")).contains("python3");
            assertThat(seen.getString("verdict")).isEqualTo("accepted");
            assertThat(seen.getString("stdout")).isEqualTo("hello\n");
            assertThat(seen.getInteger("unknownHomework")).isEqualTo(404);
        }
    }

    private static List<String> inModules(List<String> command) {
        return Stream.concat(
                        Stream.of("node_modules/.bin/" + command.get(0)), command.subList(1, command.size()).stream())
                .toList();
    }

    private static String run(List<String> command) throws Exception {
        boolean isOver = succeeds(command);
        String output = Files.readString(directory.resolve("output.txt"));
        assertThat(isOver).as("%s: %s", command, output).isTrue();
        return output;
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output.txt").toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
