package lyceum.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/**
 * Two pages of a real browser in one class, from the directory that the suite serves: one with the library of the original
 * page, socket.io-client 2.3.0, and one with that of today. Skipped where Debian's package {@code chromium} is not
 * installed, and where npm cannot bring the libraries.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ClassPageIT {

    private static final List<String> FILES = List.of("class-old.html", "class-new.html", "class.js");
    private static final List<String> LIBRARIES = List.of("package.json", "package-lock.json");
    private static final int NPM_SECONDS = 60;

    @TempDir
    static Path site;

    @TempDir
    static Path profile;

    private RunningSuite suite;
    private Chromium browser;
    private DevTools tools;
    private ClassPage old;
    private ClassPage today;
    private int clicks;

    @BeforeAll
    void start() throws Exception {
        Path program = Chromium.program()
                .orElseGet(() -> Assumptions.abort("no /usr/bin/chromium: install Debian's package chromium"));
        bringSite();
        browser = Chromium.start(program, profile);
        suite = RunningSuite.start(Map.of("LYCEUM_STATIC_DIR", site.toString()), "social", "gateway");
        tools = browser.drive(suite.vertx()).await();
    }

    @BeforeEach
    void enter() {
        old = open("class-old.html");
        today = open("class-new.html");
        await().until(() -> old.transports().size() == 2 && today.transports().size() == 2);
        clicks = clicks();
        old.shows(clicks, 2);
        today.shows(clicks, 2);
    }

    @AfterEach
    void leave() {
        old.close();
        today.close();
        await().until(() -> get("/api/online_users").isEmpty());
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

    @Test
    void pollAtFirstAndThenTakeAWebSocket() {
        assertThat(old.transports()).isEqualTo(List.of("polling", "websocket"));
        assertThat(today.transports()).isEqualTo(List.of("polling", "websocket"));
        assertThat(old.look().getJsonArray("polls").getString(0)).contains("/api/socket.io/?EIO=3&");
        assertThat(today.look().getJsonArray("polls").getString(0)).contains("/api/socket.io/?EIO=4&");
    }

    @Test
    void seeTheSameInTheSameOrder() {
        old.trigger("begin");
        today.hears("begin");
        old.call("Berta");
        for (int i = 0; i < 30; i++) {
            old.press(2);
            today.press(1);
        }
        old.trigger("sas");
        today.trigger("rickroll");
        old.shows(clicks + 90, 2);
        today.shows(clicks + 90, 2);
        old.hears("rickroll");
        today.hears("sas");

        List<String> heard = old.heardSince("begin");
        assertThat(today.heardSince("begin")).isEqualTo(heard);
        assertThat(heard)
                .filteredOn(told -> told.startsWith("[\"click\""))
                .hasSize(90)
                .allMatch(told -> told.contains("\"comment\":null,\"style\":null,"));
        assertThat(heard).anyMatch(told -> told.contains("Gast hat sich umbenannt zu Berta."));
        assertThat(heard).anyMatch(told -> told.contains("Berta erreicht 50 Klicks!"));
        assertThat(heard).anyMatch(told -> told.contains("Berta triggered sas!"));
        assertThat(clicks()).isEqualTo(clicks + 90);
    }

    @Test
    void seeWhoLeaves() {
        today.call("Cäsar");
        today.press(1);
        old.hears("Gast hat sich umbenannt zu Cäsar.");
        ClassPage left = today;
        today = open("class-new.html");
        old.shows(clicks + 1, 3);

        left.close();

        old.hears("Cäsar hat verlassen.");
        today.hears("Cäsar hat verlassen.");
        old.shows(clicks + 1, 2);
        today.shows(clicks + 1, 2);
    }

    @Test
    void comeBackByThemselvesAndKnowHowThingsStand() {
        old.fall();
        today.press(3);

        await().until(() -> old.transports().size() == 4);
        old.shows(clicks + 3, 2);
        today.fall();
        old.press(2);
        await().until(() -> today.transports().size() == 4);
        today.shows(clicks + 5, 2);
        old.shows(clicks + 5, 2);
    }

    private ClassPage open(String file) {
        String url = "http://127.0.0.1:%d/%s".formatted(suite.port(), file);
        return new ClassPage(tools, tools.open(url).await());
    }

    private int clicks() {
        return get("/api/current_stats").required("click_count_total").asInt();
    }

    private JsonNode get(String path) {
        return suite.client().send(Request.of("GET", path)).await().json();
    }

    private static void bringSite() throws IOException, InterruptedException {
        for (String file : FILES) {
            copy(file, file);
        }
        for (String file : LIBRARIES) {
            copy("clients/" + file, file);
        }
        Assumptions.assumeTrue(install(), "npm cannot bring socket.io-client");
        for (String library : List.of("old/dist/socket.io.js old.js", "new/dist/socket.io.min.js new.js")) {
            String[] names = library.split(" ");
            Files.copy(site.resolve("node_modules").resolve(names[0]), site.resolve(names[1]));
        }
    }

    private static void copy(String resource, String file) throws IOException {
        try (InputStream text = ClassPageIT.class.getResourceAsStream("/browser/" + resource)) {
            Files.copy(text, site.resolve(file));
        }
    }

    private static boolean install() throws InterruptedException {
        try {
            Process npm = new ProcessBuilder("npm", "ci", "--silent", "--ignore-scripts", "--no-audit")
                    .directory(site.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(site.resolve("npm.txt").toFile())
                    .start();
            return npm.waitFor(NPM_SECONDS, TimeUnit.SECONDS) && npm.exitValue() == 0;
        } catch (IOException noNpm) {
            return false;
        }
    }
}
