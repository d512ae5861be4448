package lyceum.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A person uses every panel of the console against the whole house, in a real browser, with a camera and a microphone that
 * Chromium makes up. Skipped where Debian's package {@code chromium} is not installed. {@code -Dlyceum.screenshots=directory}
 * takes the pictures that the README shows.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ConsolePageIT {

    private static final Path HOMEWORK = Path.of("../../grading-service/src/test/resources/grading/homework");
    private static final Optional<Path> PICTURES =
            Optional.ofNullable(System.getProperty("lyceum.screenshots")).map(Path::of);

    private static final List<String> PANELS =
            List.of("code", "lesson", "class", "streams", "homework", "services", "token");

    /** What the original clients can load (elicast contract, section 5). */
    private static final Set<String> COMMANDS =
            Set.of("text", "selection", "record_start", "record_end", "exPlaceholder", "run", "assert");

    @TempDir
    static Path profile;

    private RunningSuite suite;
    private Chromium browser;
    private ConsolePage page;

    @BeforeAll
    void start() throws Exception {
        Path program = Chromium.program()
                .orElseGet(() -> Assumptions.abort("no /usr/bin/chromium: install Debian's package chromium"));
        suite = RunningSuite.start(Map.of(
                "LYCEUM_GRADING_HOMEWORK_DIR",
                HOMEWORK.toAbsolutePath().normalize().toString()));
        browser = Chromium.start(program, profile);
        page = ConsolePage.open(browser.drive(suite.vertx()).await(), suite.port());
        page.resize(1280, 900);
        page.show("token");
        page.press("Log in as ada");
        page.says("student, teacher, admin");
    }

    @BeforeEach
    void beAtHome() {
        page.beAt("/console/");
    }

    @AfterEach
    void hasNoComplaints() {
        assertThat(page.complaints()).isEmpty();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (suite != null) {
            suite.close();
        }
    }

    private void photograph(String name) {
        PICTURES.ifPresent(directory -> {
            paint("light");
            page.photograph(directory.resolve(name + ".png"));
        });
    }

    /** @param theme light or dark */
    private void paint(String theme) {
        page.call(
                "(theme) => { if (document.documentElement.dataset.theme !== theme) {"
                        + " document.querySelector('nav button').click(); } return Promise.resolve({}); }",
                theme);
    }

    @Test
    void runsAProgramAndTalksWithIt() {
        page.show("code");
        page.choose("Language", "python3");
        page.fill("Program", "name = input('Who? ')\nprint(f'Hello, {name}!')\n");
        page.press("Run");
        page.says("Who? ");
        page.fill("Line of input", "Grace");
        page.press("Send");
        page.says("Hello, Grace!");
        page.says("accepted, exit code 0; ");
        photograph("code");

        page.fill("Program", "while True: pass");
        page.press("Run");
        page.says("Running …");
        page.press("Stop");
        page.says("Stopped.");
    }

    @Test
    void recordsALessonPlaysItAndLearnsWithIt() {
        page.show("lesson");
        page.press("Record");
        page.says("Recording: write and speak.");
        page.focus("Text of the lesson");
        page.type("def double(x):\n    return ");
        page.press("Exercise");
        page.focus("Text of the lesson");
        page.type("2 * x");
        page.press("Exercise");
        page.focus("Text of the lesson");
        page.type("\n\nprint(double(21))\n");
        page.press("Run");
        page.says("exit code 0");
        page.press("Stop recording");
        page.says("Recorded. ");
        page.fill("Title", "Twice as much");
        page.fill("Hidden tests", "assert double(4) == 8\n");
        page.press("Save as new");
        page.says("Saved as lesson ");
        long id = get("/elicast").at("/elicasts/0/id").asLong();
        assertIsAsTheOriginalClientWritesIt(get("/elicast/" + id).get("elicast"));

        page.press("Open Twice as much");
        page.says("Opened Twice as much.");
        page.press("Play");
        page.waitFor("buttons('Check answer').length === 1");
        photograph("lesson");
        page.type("x");
        page.press("Check answer");
        page.says("Wrong answer.");
        page.type("+x");
        page.press("Check answer");
        page.says("Right!");
        page.waitFor("control('Text of the lesson').value.endsWith('return 2 * x\\n\\nprint(double(21))\\n')");
        page.waitFor("buttons('Play').length === 1");
        page.says("42");
    }

    private static void assertIsAsTheOriginalClientWritesIt(JsonNode lesson) {
        assertThat(lesson.at("/voice_blobs/0").asText()).startsWith("data:audio/webm;base64,GkXf");
        assertThat(lesson.get("ots")).allSatisfy(ot -> {
            assertThat(COMMANDS).contains(ot.get("command").asText());
            assertThat(ot.get("ts").isIntegralNumber()).isTrue();
        });
        assertThat(lesson.get("ots").findValuesAsText("command"))
                .startsWith("selection", "record_start")
                .endsWith("record_end", "assert", "text", "assert")
                .containsSubsequence("exPlaceholder", "text", "exPlaceholder", "text", "run", "run");
        assertThat(lesson.get("ots").findValuesAsText("_exId")).contains("1");
    }

    @Test
    void readsListsOfStepsAsTheOriginalClientDoes() throws IOException {
        page.bring(resource("/browser/steps.js"));

        JsonObject verdict = page.call("judgeSteps", new JsonObject(resource("/browser/ots-semantics.json")));

        assertThat(verdict.getJsonArray("differences")).isEqualTo(new JsonArray());
        assertThat(verdict.getInteger("compared")).isGreaterThan(20);
    }

    @Test
    void reactsTogetherWithAClass() {
        page.show("class");
        page.says("You are in the class.");
        page.fill("Room", "algebra");
        page.fill("Name", "Ada");
        page.press("Enter");
        page.says("Ada ist beigetreten.");
        page.fill("Comment", "well done");
        page.press("Click!");
        page.says("Ada: well done");
        page.press("Trigger");
        page.says("Ada triggers einstein");
        await().untilAsserted(() -> assertThat(get("/classes/algebra/current_stats")
                        .get("click_count_total")
                        .asInt())
                .isEqualTo(1));
        photograph("class");
    }

    @Test
    void pushesTheCameraAndWatchesIt() {
        page.show("streams");
        page.fill("Stream", "camera");
        page.press("Push camera");
        page.says(" pictures stored");
        page.press("Choose camera");
        page.press("Pictures");
        page.waitFor("panel().querySelector('img.picture').naturalHeight === 480");
        photograph("streams");
        page.press("Film (HLS)");
        page.waitFor("panel().querySelector('video.picture').currentTime > 0.2");
        page.press("Record all streams");
        page.says("Recording ");
        page.press("Stop camera");
        page.press("Stop recording");
        page.says("Stopped.");
    }

    @Test
    void sendsTextsAndReadsThem() {
        page.show("streams");
        page.fill("Stream", "notes");
        page.fill("Text or JSON", "{\"temperature\": 21.5}");
        page.press("Send text");
        page.says("Stored as ");
        page.press("Choose notes");
        page.press("Texts");
        page.says("{\"temperature\": 21.5}");
        page.press("Stop");
    }

    @Test
    void handsInAndWatchesItBeingGraded() throws IOException {
        page.show("homework");
        page.press("Open Roman numerals");
        page.says("Hand in");
        page.choose("Package", "python");
        page.fill("Name of the text's file", "roman.py");
        page.fill("Text to hand in", Files.readString(HOMEWORK.resolve("roman/submissions/perfect/roman.py")));
        page.call("() => Promise.resolve((document.getElementById('hand-in').click(), {}))");
        page.says("Accepted, score ");
        page.says("Parts of the score");
        photograph("homework");
    }

    @Test
    void showsTheStateOfTheHouse() {
        page.show("services");
        page.says("1 of 1 processes are ready.");
        page.says("sandbox, media, account, elicast, stream, social, grading, gateway");
        photograph("services");
    }

    @Test
    void isUsedWithTheKeyboard() {
        page.show("code");
        page.call("() => Promise.resolve((document.getElementById('tab-code').focus(), {}))");
        page.key("ArrowRight");
        page.waitFor("document.activeElement.id === 'tab-lesson' && panel().id === 'panel-lesson'");
        page.key("End");
        page.waitFor("document.activeElement.id === 'tab-token' && panel().id === 'panel-token'");
        page.key("ArrowRight");
        page.waitFor("document.activeElement.id === 'tab-code' && location.hash === '#code'");
    }

    @Test
    void triesOutWhatTheDocumentsSay() throws IOException {
        page.go("/docs/asyncapi.html");
        page.waitFor("document.querySelectorAll('main section').length === 6");
        page.bring(resource("/browser/axe-core/axe.min.js"));
        page.bring(resource("/browser/steps.js"));
        assertThat(page.call("axeFindings").getJsonArray("serious")).isEmpty();
        page.call(
                "trySocket",
                "sandboxSession",
                "{\"type\": \"start\", \"language\": \"python3\", \"source\": \"print(6 * 7)\"}");
        page.waitFor("document.querySelector('#sandboxSession [role=log]').textContent.includes('\"data\":\"42')");

        page.go("/docs");
        // What is not in the window is made when it comes into it.
        page.waitFor("document.querySelectorAll('.opblock').length > 0");
        page.waitFor("document.querySelector('.btn.authorize') !== null");
    }

    @ParameterizedTest
    @CsvSource({"light,320", "dark,1280"})
    void isForEverybody(String theme, int width) throws IOException {
        page.bring(resource("/browser/axe-core/axe.min.js"));
        page.bring(resource("/browser/steps.js"));
        page.resize(width, 900);
        paint(theme);
        for (String panel : PANELS) {
            page.show(panel);
            JsonObject found = page.call("axeFindings");
            assertThat(found.getJsonArray("serious"))
                    .as("%s, %s, %d pixels", panel, theme, width)
                    .isEmpty();
            assertThat(found.getInteger("overflow"))
                    .as("%s is wider than %d pixels", panel, width)
                    .isLessThanOrEqualTo(width);
        }
        page.resize(1280, 900);
    }

    private JsonNode get(String path) {
        return suite.client().send(Request.of("GET", path)).await().json();
    }

    private static String resource(String path) throws IOException {
        try (InputStream file = ConsolePageIT.class.getResourceAsStream(path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
