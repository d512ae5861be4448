package lyceum.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import lyceum.launcher.RunningPrograms;
import lyceum.launcher.Suite;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person talks with Python on a page of a real browser, through the WebSocket of the whole suite: keys are pressed, and
 * what the page shows is looked at. Skipped where Debian's package {@code chromium} is not installed, as
 * {@link RecordingPageIT} is.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PromptPageIT {

    private static final JsonObject PROMPT = new JsonObject().put("language", "python3");

    /** A program without a reader lives as long as its run is being cancelled, not as long as a lease. */
    private static final Duration SOON = Duration.ofSeconds(8);

    @TempDir
    static Path data;

    @TempDir
    static Path profile;

    private final Vertx vertx = Vertx.vertx();

    private Suite suite;
    private Chromium browser;
    private DevTools tools;
    private String url;
    private PromptPage page;

    @BeforeAll
    void start() throws Exception {
        Path program = Chromium.program()
                .orElseGet(() -> Assumptions.abort("no /usr/bin/chromium: install Debian's package chromium"));
        browser = Chromium.start(program, profile);
        suite = Suite.start(environment(), Set.of(), line -> {}).await();
        HttpServer pages = vertx.createHttpServer()
                .requestHandler(PromptPageIT::page)
                .listen(0, "127.0.0.1")
                .await();
        url = "http://localhost:%d/prompt.html".formatted(pages.actualPort());
        tools = browser.drive(vertx).await();
    }

    @BeforeEach
    void open() {
        page = new PromptPage(tools, tools.open(url).await());
    }

    @AfterEach
    void closePage() {
        page.close();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(RunningPrograms.names()).isEmpty());
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
    void answersAtThePrompt() {
        beginPrompt();

        page.type("1+1\n");
        page.showsAtLast(">>> 1+1\n2\n>>> ");
        page.type("def twice(x):\n");
        page.showsAtLast(":\n... ");
        page.type("    return 2 * x\n");
        page.showsAtLast("x\n... ");
        page.type("\n");
        page.showsAtLast("... \n>>> ");
        page.type("twice('넓이')\n");
        page.showsAtLast("\n'넓이넓이'\n>>> ");
    }

    @Test
    void interruptsALoopAndGoesOn() {
        beginPrompt();

        page.type("while True: pass\n");
        page.showsAtLast("\n... ");
        page.type("\n");
        page.showsAtLast("\n... \n");
        page.pressCtrl("c");
        page.showsAtLast("KeyboardInterrupt\n>>> ");
        page.type("3*3\n");
        page.showsAtLast("3*3\n9\n>>> ");
    }

    @Test
    void tellsTheProgramTheSizeOfTheWindow() {
        page.resize(640, 400);
        beginPrompt();

        page.type("import os\n");
        page.showsAtLast("import os\n>>> ");
        int columns = columns();
        page.type("os.get_terminal_size()\n");
        page.showsAtLast("\nos.terminal_size(columns=%d, lines=20)\n>>> ".formatted(columns));
        page.resize(1_200, 500);
        await().until(() -> columns() > columns);
        page.type("os.get_terminal_size()\n");
        page.showsAtLast("\nos.terminal_size(columns=%d, lines=25)\n>>> ".formatted(columns()));
    }

    @Test
    void tellsHowTheProgramEnded() {
        beginPrompt();

        page.type("exit(3)\n");

        page.tells("runtime_error, exit code 3");
        assertThat(RunningPrograms.names()).isEmpty();
    }

    @Test
    void tellsThatAProgramEndedWell() {
        beginPrompt();

        page.pressCtrl("d");

        page.tells("accepted, exit code 0");
    }

    @Test
    void killsTheProgramWhenThePageIsClosed() {
        beginPrompt();
        page.type("import time; time.sleep(100)\n");
        page.showsAtLast("100)\n");
        assertThat(RunningPrograms.names()).isNotEmpty();
        PromptPage left = page;
        open();

        left.close();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(RunningPrograms.names()).isEmpty());
    }

    @Test
    void showsWhatIsPrintedAsItHappens() {
        beginInPipes("""
                import sys, time
                print("one")
                time.sleep(1)
                print("two")
                sys.stderr.write("oops")""");

        page.tells("accepted, exit code 0");

        assertThat(page.look().getString("screen")).isEqualTo("one\ntwo\noops");
        assertThat(arrival("two").getDouble("millis") - arrival("one").getDouble("millis"))
                .isBetween(500.0, 5_000.0);
        assertThat(arrival("one").getString("stream")).isEqualTo("stdout");
        assertThat(arrival("oops").getString("stream")).isEqualTo("stderr");
    }

    @Test
    void answersWhatAProgramAsks() {
        beginInPipes("""
                name = input("Name? ")
                print(f"Hello, {name}.")
                print(int(input("Age? ")) + 1)""");

        page.showsAtLast("Name? ");
        page.type("Ada\n");
        page.showsAtLast("Name? Ada\nHello, Ada.\nAge? ");
        page.type("36\n");
        page.tells("accepted, exit code 0");
        page.showsAtLast("Age? 36\n37\n");
    }

    @Test
    void interruptsAProgramWithoutATerminal() {
        beginInPipes("""
                print("begun")
                while True:
                    pass""");
        page.showsAtLast("begun\n");

        page.pressCtrl("c");

        page.tells("runtime_error, exit code 130");
        page.showsAtLast("KeyboardInterrupt\n");
    }

    private void beginPrompt() {
        page.begin(suite.httpPort(), PROMPT, true);
        page.showsAtLast(">>> ");
        page.tells("run");
    }

    private void beginInPipes(String source) {
        page.begin(suite.httpPort(), PROMPT.copy().put("source", source), false);
    }

    private int columns() {
        return page.look().getJsonObject("window").getInteger("columns");
    }

    /** @return the first piece with this in it */
    private JsonObject arrival(String text) {
        JsonArray arrivals = page.look().getJsonArray("arrivals");
        return arrivals.stream()
                .map(JsonObject.class::cast)
                .filter(piece -> piece.getString("data").contains(text))
                .findFirst()
                .orElseThrow();
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
