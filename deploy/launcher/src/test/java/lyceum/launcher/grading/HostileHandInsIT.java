package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile program of the sandbox, handed in as homework: no points for it, and nothing is left of it. */
@TestInstance(Lifecycle.PER_CLASS)
class HostileHandInsIT {

    /** The test data of sandbox-service, of which there is no second copy. */
    private static final Path HOSTILE = Path.of("../../sandbox-service/src/test/resources/hostile");

    /**
     * It finds what it is asked questions over, and where it prints, and nothing else. Whatever lies between it and its judge
     * could be hidden from this program, not kept from it, for it has to answer; and its judge does not trust it: forging
     * that is another test. Where its second was over before it printed anything there is nothing to read.
     */
    private static final String DESCRIPTORS = "fd_inherited";

    private static final String ITS_OWN =
            "null|ESCAPED: 3 -> pipe:\\[\\d+]; 4 -> pipe:\\[\\d+]; stdio 1 is a file: /w/stdout\n";

    private static final String UUID = "feedfacefeedfacefeedfacefeedface";

    private final Path homework = Classroom.homework();
    private final Map<String, String> ids = new HashMap<>();
    private RunningSuite suite;
    private Classroom classroom;

    @BeforeAll
    void start() throws IOException {
        suite = RunningSuite.start(Map.of(), "account", "sandbox", "grading", "gateway");
        classroom = new Classroom(suite.client());
        Request upload = Request.of("PUT", "/grading/homework/strict")
                .with("Content-Type", "application/zip")
                .with(Body.of(Zip.of(strict())));
        Answer uploaded = classroom.send(classroom.asTeacher(upload));
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(200);
        // All at once: they are graded while the first ones are looked at.
        programs().forEach(program -> ids.put(program, handIn(program)));
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    /** @return the homework of Roman numerals with nothing but its tests, and a second of time */
    private Map<String, byte[]> strict() throws IOException {
        Path roman = homework.resolve("roman");
        String judge = Files.readString(roman.resolve("code/python/judge.py"))
                .replaceAll("(?m)^.*CodeStyleScorer\\.FromHandinDir.*$", "");
        String code = Files.readString(roman.resolve("code/python/code.xml")).replace("timeout=\"3\"", "timeout=\"1\"");
        String hw =
                Files.readString(roman.resolve("hw.xml")).replaceAll("<uuid>.*</uuid>", "<uuid>" + UUID + "</uuid>");
        return Map.of(
                "hw.xml", hw.getBytes(StandardCharsets.UTF_8),
                "desc/en.md", Files.readAllBytes(roman.resolve("desc/en.md")),
                "desc/fr.md", Files.readAllBytes(roman.resolve("desc/fr.md")),
                "code/python/code.xml", code.getBytes(StandardCharsets.UTF_8),
                "code/python/judge.py", judge.getBytes(StandardCharsets.UTF_8),
                "code/python/roman.py", Files.readAllBytes(roman.resolve("code/python/roman.py")));
    }

    private static Stream<String> programs() {
        JsonNode index = Json.parse(resource("index.json"));
        return StreamSupport.stream(index.path("programs").spliterator(), false)
                .map(program -> program.path("name").asText());
    }

    private static byte[] resource(String name) {
        try {
            return Files.readAllBytes(HOSTILE.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String handIn(String program) {
        byte[] archive = Zip.of(Map.of("roman.py", resource(program + ".py")));
        Answer answer = classroom.handIn(program, "strict", "answer.zip", archive);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void givesNoPointsForHarm(String program) {
        JsonNode handIn = classroom.awaitVerdict(ids.get(program));

        assertThat(handIn.path("state").asText()).isEqualTo("Rejected");
        assertThat(handIn.path("finalScore").isNull()).isTrue();
        if (program.equals(DESCRIPTORS)) {
            assertThat(handIn.path("stdout").asText()).matches(ITS_OWN);
        } else {
            assertThat(handIn.path("stdout").asText() + handIn.path("stderr").asText())
                    .doesNotContain("ESCAPED");
        }
    }

    @Test
    void gradesTheNextAsIfNothingHadBeen() {
        ids.values().forEach(classroom::awaitVerdict);
        byte[] archive = Zip.of(homework.resolve("roman/submissions/perfect"));

        String id = classroom
                .handIn("ada", "strict", "answer.zip", archive)
                .json()
                .path("id")
                .asText();

        assertThat(classroom.awaitVerdict(id).path("finalScore").asDouble()).isEqualTo(80);
    }
}
