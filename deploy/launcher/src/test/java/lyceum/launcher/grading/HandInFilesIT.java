package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import lyceum.launcher.wire.Answer;
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

/**
 * What was recorded of archives and file rules, handed in to the running house: a judge lists what it finds.
 *
 * <p>What does not come through here is tested in grading-service: the path that is empty, which no archive has ({@code
 * FileRulesTest}), and what an archive holds that built-in rules hide afterwards ({@code ArchivesTest}).
 */
@TestInstance(Lifecycle.PER_CLASS)
class HandInFilesIT {

    private static final JsonNode RULES = Classroom.fixture("file-rules.json");
    private static final String LIST_FILES = """
            import json
            import os

            import SafeRunner

            found = [os.path.relpath(os.path.join(place, name)) for place, _, names in os.walk('.') for name in names]
            print(json.dumps(sorted(found)))
            SafeRunner.run([])
            """;

    /** Where the original's own patterns were meant to match and do not (D13). */
    private static final Set<String> HIDDEN_BETTER =
            Set.of("main.pyc", "solution/._a.py", "solution/Thumbs.db", "solution/.DS_Store", "solution/a.pyc");

    private final Map<String, String> ids = new HashMap<>();
    private RunningSuite suite;
    private Classroom classroom;

    @BeforeAll
    void start() {
        suite = RunningSuite.start(Map.of(), "account", "sandbox", "grading", "gateway");
        classroom = new Classroom(suite.client());
        // All at once: they are graded while the first ones are looked at.
        handIn();
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private static Stream<JsonNode> archives() {
        return Classroom.items(Classroom.fixture("archives.json").path("cases"));
    }

    private static Stream<String> paths() {
        return Classroom.items(RULES.path("cases"))
                .map(each -> each.path("path").asText())
                .filter(path -> !path.isEmpty());
    }

    private static Set<String> paths(String member, String value) {
        return Classroom.items(RULES.path("cases"))
                .filter(each -> each.path(member).asText().equals(value))
                .map(each -> each.path("path").asText())
                .filter(path -> !path.isEmpty() && !HIDDEN_BETTER.contains(path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void handIn() {
        classroom.upload(new HomeworkZip("archives")
                .judged("python", 10, "<files><hide>^judge\\.py$</hide><accept>.*</accept></files>", LIST_FILES));
        archives().forEach(recorded -> {
            Map<String, byte[]> files = new LinkedHashMap<>();
            Json.texts(recorded.path("entries")).forEach(entry -> files.put(entry, new byte[] {'x'}));
            boolean isTar = recorded.path("container").asText().equals("tar");
            handIn(
                    recorded.path("name").asText(),
                    "archives",
                    isTar ? "answer.tar" : "answer.zip",
                    isTar ? Tar.of(files) : Zip.of(files));
        });
        classroom.upload(new HomeworkZip("rules")
                .rules(RULES.path("hw_xml_files").asText())
                .judged("python", 10, RULES.path("code_xml_files").asText(), LIST_FILES));
        Set<String> denied = paths("on_upload", "reject");
        handIn("taken", "rules", "answer.zip", zip(paths().filter(path -> !denied.contains(path))));
        denied.forEach(path -> handIn(path, "rules", "answer.zip", zip(Stream.of("main.py", path))));
    }

    private static byte[] zip(Stream<String> paths) {
        return Zip.of(bytes(paths.collect(Collectors.toMap(path -> path, path -> "x"))));
    }

    private List<String> listed(String student) {
        return Json.texts(Json.parse(
                classroom.awaitVerdict(ids.get(student)).path("stdout").asText()));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void unpacksToTheRecordedPaths(JsonNode recorded) {
        Set<String> expected = new TreeSet<>(Json.texts(recorded.path("paths_written")));
        expected.removeIf(path -> path.matches("(.*/)?\\._.*"));
        expected.add("judge.py");

        assertThat(listed(recorded.path("name").asText())).containsExactlyElementsOf(expected);
    }

    @Test
    void takesWhatTheRulesTake() {
        Set<String> expected = paths("on_upload", "write");
        expected.add("judge.py");

        assertThat(listed("taken")).containsExactlyElementsOf(expected);
        for (String path : paths("on_upload", "reject")) {
            JsonNode handIn = classroom.awaitVerdict(ids.get(path));
            assertThat(handIn.path("state").asText()).isEqualTo("Rejected");
            assertThat(handIn.path("result").asText()).isEqualTo("Archive contains denied file " + path + ".");
        }
    }

    @Test
    void givesStudentsWhatTheRulesShow() {
        // What the homework itself consists of cannot be there once more.
        Set<String> own = Set.of("hw.xml", "desc/en.md", "code");
        HomeworkZip rooted = ruled("rooted");
        paths().filter(path -> !own.contains(path)).forEach(path -> rooted.with(path, "x"));
        HomeworkZip packaged = ruled("packaged");
        paths().filter(path -> !path.matches("code\\.xml|judge\\.py"))
                .forEach(path -> packaged.with("code/python/" + path, "x"));
        classroom.upload(rooted);
        classroom.upload(packaged);

        assertThat(attached("rooted")).isEqualTo(paths("in_homework_root_zip", "true"));
        assertThat(attached("packaged")).isEqualTo(paths("in_code_package_zip", "true"));
    }

    private static HomeworkZip ruled(String slug) {
        return new HomeworkZip(slug)
                .rules(RULES.path("hw_xml_files").asText())
                .judged("python", 1, RULES.path("code_xml_files").asText(), "");
    }

    /** @return the files of an attachment, below the folder of the homework */
    private Set<String> attached(String slug) {
        Request request = Request.of("GET", "/api/grading/homework/" + slug + "/attachments/python");
        Answer answer = classroom.send(classroom.as("reader", request));
        Set<String> paths = new TreeSet<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(answer.body().getBytes()))) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                assertThat(entry.getName()).startsWith(slug + "/");
                if (!entry.isDirectory()) {
                    paths.add(entry.getName().substring(slug.length() + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paths;
    }

    private void handIn(String student, String homework, String fileName, byte[] archive) {
        Answer answer = classroom.handIn(student, homework, fileName, archive);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        ids.put(student, answer.json().path("id").asText());
    }

    private static Map<String, byte[]> bytes(Map<String, String> texts) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        texts.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }
}
