package lyceum.gateway.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lyceum.gateway.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console, as files: what a browser does with them is a test of the launcher. */
class ConsoleSiteTest {

    private static final Path SOURCES = Path.of("src/main/web");
    /** As browsers send it. */
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpResponse<Buffer> get(String path) {
        return gateway.get(path).send().await();
    }

    private static HttpResponse<Buffer> browse(TestGateway visited, String path) {
        return visited.get(path).putHeader("Accept", BROWSER).send().await();
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> SOURCES.relativize(file).toString())
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void servesEveryFileAsItIsWritten(String file) throws IOException {
        HttpResponse<Buffer> response = get("/console/" + file);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().getBytes()).isEqualTo(Files.readAllBytes(SOURCES.resolve(file)));
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-cache");
        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'; ")
                .doesNotContain("unsafe", "http", "*");
    }

    @ParameterizedTest
    @CsvSource({
        "/console/,text/html; charset=utf-8",
        "/console/main.js,text/javascript; charset=utf-8",
        "/console/console.css,text/css; charset=utf-8",
        "/console/lyceum.svg,image/svg+xml",
        "/console/messages/en.json,application/json",
        "/console/settings.json,application/json"
    })
    void saysWhatAFileIs(String path, String mediaType) {
        assertThat(get(path).getHeader("Content-Type")).isEqualTo(mediaType);
    }

    @Test
    void leadsBrowsersThereAndTellsNobodyElse() {
        HttpResponse<Buffer> browser = browse(gateway, "/");

        assertThat(browser.statusCode()).isEqualTo(302);
        assertThat(browser.getHeader("Location")).isEqualTo("console/");
        assertThat(browser.getHeader("Vary")).isEqualTo("Accept");
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/").putHeader("Accept", "*/*").send().await().statusCode())
                .isEqualTo(404);
        assertThat(browse(gateway, "/api/").statusCode()).isEqualTo(404);
        assertThat(get("/console").getHeader("Location")).isEqualTo("console/");
    }

    @Test
    void sendsNothingThatTheBrowserHas() {
        String tag = get("/console/main.js").getHeader("ETag");

        HttpResponse<Buffer> known = gateway.get("/console/main.js")
                .putHeader("If-None-Match", tag)
                .send()
                .await();
        HttpResponse<Buffer> old = gateway.get("/console/main.js")
                .putHeader("If-None-Match", "\"old\"")
                .send()
                .await();

        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isNull();
        assertThat(old.statusCode()).isEqualTo(200);
    }

    @Test
    void answersHead() {
        HttpResponse<Buffer> response =
                gateway.request(HttpMethod.HEAD, "/console/main.js").send().await();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Length"))
                .isEqualTo(Integer.toString(get("/console/main.js").body().length()));
        assertThat(response.body()).isNull();
    }

    @Test
    void tellsTheProfile() {
        assertThat(get("/console/settings.json").bodyAsJsonObject()).isEqualTo(new JsonObject().put("profile", "dev"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/nope.js",
                "/console/main",
                "/console/code/",
                "/console/code",
                "/console/../docs/index.html",
                "/console/%2e%2e/docs/index.html",
                "/console/..%2fopenapi.json",
                "/console/messages/..%2f..%2fdocs/index.html",
                "/console/main.js%00",
                "/console/.git",
                "/api/console/",
                "/consolex"
            })
    void hasNothingElse(String path) {
        assertThat(get(path).statusCode()).isIn(400, 404).isNotEqualTo(200);
    }

    @Test
    void leavesTheRootToASiteOfItsOwn(@TempDir Path site) throws IOException {
        Files.writeString(site.resolve("index.html"), "theirs");
        try (TestGateway visited = new TestGateway(Map.of("LYCEUM_STATIC_DIR", site.toString()))) {
            assertThat(browse(visited, "/").getHeader("Location")).isEqualTo("/index.html");
            assertThat(browse(visited, "/console/").bodyAsString()).contains("main.js");
        }
    }

    @Test
    void canBeSwitchedOff() {
        try (TestGateway visited = new TestGateway(Map.of("LYCEUM_CONSOLE", "off"))) {
            assertThat(browse(visited, "/").statusCode()).isEqualTo(404);
            assertThat(browse(visited, "/console/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void hasATextForEveryKeyAndAKeyForEveryText() throws IOException {
        Pattern use = Pattern.compile("\\bt\\(\"([^\"]+)\"");
        List<String> used = files().filter(file -> file.endsWith(".js"))
                .flatMap(file -> use.matcher(source(file)).results())
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(new JsonObject(source("messages/en.json")).fieldNames()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void needsNothingInlineAndNobodyElse() throws IOException {
        assertThat(files().filter(file -> !file.endsWith(".svg")).map(ConsoleSiteTest::source))
                .allSatisfy(source ->
                        assertThat(source).doesNotContain("style=\"", "<style", "eval(", "new Function", "src=\"http"))
                .allSatisfy(source -> assertThat(source).doesNotContainPattern("<script(?![^>]*src=)"));
    }

    private static String source(String file) {
        try {
            return Files.readString(SOURCES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
