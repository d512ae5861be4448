package lyceum.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import lyceum.launcher.Suite;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real browser records a lesson with a microphone, saves it, and studies it, on a page of another origin than the
 * gateway. Skipped where Debian's package {@code chromium} is not installed; nothing else is ever skipped.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RecordingPageIT {

    private static final String SOUND = "data:audio/webm;base64,";
    private static final double RECORDED_SECONDS = 2.0;
    private static final double CUT_AT_SECONDS = 1.2;
    /** A recorder starts and stops when it can, a busy machine later than another. */
    private static final double TOLERANCE_SECONDS = 0.5;
    /** Chromium's packets are 60 ms long, and cuts fall on their borders. */
    private static final double PACKET_SECONDS = 0.07;

    @TempDir
    static Path data;

    @TempDir
    static Path profile;

    private final Vertx vertx = Vertx.vertx();

    private Suite suite;
    private Chromium browser;
    private JsonObject seen;

    @BeforeAll
    void recordAndStudy() throws Exception {
        Path program = Chromium.program()
                .orElseGet(() -> Assumptions.abort("no /usr/bin/chromium: install Debian's package chromium"));
        browser = Chromium.start(program, profile);
        suite = Suite.start(environment(), Set.of(), line -> {}).await();
        HttpServer pages = vertx.createHttpServer()
                .requestHandler(RecordingPageIT::page)
                .listen(0, "127.0.0.1")
                .await();
        DevTools tools = browser.drive(vertx).await();
        String session = tools.open("http://localhost:%d/recording.html".formatted(pages.actualPort()))
                .await();
        seen = tools.evaluate(session, "recordAndStudy('http://127.0.0.1:%d')".formatted(suite.httpPort()))
                .await();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (suite != null) {
            suite.close().await();
        }
        vertx.close().await();
    }

    @Test
    void savesWhatWasRecordedAndReadsItBackEqual() {
        JsonObject read = seen.getJsonObject("read");

        assertThat(seen.getString("voice")).startsWith(SOUND + "GkXf").hasSizeGreaterThan(5_000);
        assertThat(read.getLong("id")).isEqualTo(savedId());
        assertThat(read.getString("title")).isEqualTo("Rectangles 🙂 & areas");
        assertThat(read.getValue("teacher")).isNull();
        assertThat(read.getJsonArray("ots")).isEqualTo(seen.getJsonArray("ots"));
        assertThat(read.getJsonArray("voice_blobs")).isEqualTo(JsonArray.of(seen.getString("voice")));
    }

    @Test
    void listsTheLesson() {
        JsonObject listed = seen.getJsonArray("listed").getJsonObject(0);

        assertThat(listed.getLong("id")).isEqualTo(savedId());
        assertThat(listed.getString("title")).isEqualTo("Rectangles 🙂 & areas");
        assertThat(listed.getBoolean("is_protected")).isFalse();
    }

    @Test
    void playsTheVoice() {
        assertThat(seen.getDouble("playedSeconds")).isBetween(0.5, RECORDED_SECONDS + TOLERANCE_SECONDS);
        assertThat(seen.getDouble("decodedSeconds")).isCloseTo(RECORDED_SECONDS, within(TOLERANCE_SECONDS));
    }

    @Test
    void runsTheProgramOfTheLesson() {
        assertThat(seen.getString("program")).endsWith("assert area(2, 5) == 10\n");
        assertThat(seen.getJsonObject("run").getString("output")).isEqualTo("넓이 12\n");
        assertThat(seen.getJsonObject("run").getInteger("exit_code")).isZero();
    }

    @Test
    void judgesAWrongAnswerAndThenARightOne() {
        JsonObject wrong = seen.getJsonObject("wrong");
        JsonObject right = seen.getJsonObject("right");

        assertThat(wrong.getInteger("exit_code")).isEqualTo(1);
        assertThat(right.getInteger("exit_code")).isZero();
        assertThat(right.getJsonObject("code_run_exercise").getLong("id"))
                .isGreaterThan(wrong.getJsonObject("code_run_exercise").getLong("id"));
    }

    @Test
    void cutsTheRecordingAndSavesOverIt() {
        JsonObject cut = seen.getJsonObject("cut");
        JsonObject read = cut.getJsonObject("read");

        assertThat(cut.getJsonObject("overwritten").getJsonObject("elicast").getLong("id"))
                .isEqualTo(savedId());
        assertThat(cut.getJsonArray("outputs")).singleElement().asString().startsWith(SOUND + "GkXf");
        assertThat(read.getJsonArray("voice_blobs")).isEqualTo(cut.getJsonArray("outputs"));
        assertThat(read.getJsonArray("ots")).isEqualTo(cut.getJsonArray("ots"));
        assertThat(read.getLong("created")).isEqualTo(seen.getJsonObject("read").getLong("created"));
        assertThat(cut.getDouble("decodedSeconds")).isCloseTo(CUT_AT_SECONDS, within(PACKET_SECONDS));
    }

    @Test
    void keepsALog() {
        assertThat(seen.getJsonObject("log").getString("ticket")).hasSize(36);
        assertThat(seen.getJsonObject("log").getJsonObject("submitted")).isEmpty();
    }

    private long savedId() {
        return seen.getJsonObject("saved").getJsonObject("elicast").getLong("id");
    }

    private Map<String, String> environment() {
        return Map.of(
                "LYCEUM_DATA_DIR",
                data.toString(),
                "LYCEUM_PROGRAM_DIR",
                TestPostgres.programs().toString(),
                "LYCEUM_POSTGRES_URL",
                TestPostgres.freshDatabase(vertx),
                "LYCEUM_HTTP_PORT",
                "0",
                "LYCEUM_RTMP_PORT",
                "0",
                "LYCEUM_MANAGEMENT_PORT",
                "0");
    }

    private static void page(HttpServerRequest request) {
        request.response()
                .sendFile("browser" + request.path())
                .onFailure(error -> request.response().setStatusCode(404).end());
    }
}
