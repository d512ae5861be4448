package lyceum.gateway.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import lyceum.gateway.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web site beside the API (contract, section 5; http-dev.json). */
@TestInstance(Lifecycle.PER_CLASS)
class StaticSiteTest {

    private Path directory;
    private TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        Path site = Files.createDirectories(directory.resolve("site"));
        Files.writeString(directory.resolve("secret.txt"), "secret");
        Files.writeString(site.resolve("index.html"), "<p>Hallo</p>");
        Files.writeString(site.resolve("a b+ü.css"), "p {}");
        Files.writeString(site.resolve("docs"), "hides nothing");
        Files.writeString(site.resolve("token"), "hides nothing");
        Files.writeString(site.resolve(".git"), "hidden");
        Files.createDirectories(site.resolve("img/empty"));
        Files.writeString(site.resolve("img/x.png"), "0123456789");
        Files.createSymbolicLink(site.resolve("out.txt"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(site.resolve("up"), directory);
        Files.createSymbolicLink(site.resolve("in.html"), site.resolve("index.html"));
        gateway = new TestGateway(Map.of("LYCEUM_STATIC_DIR", site.toString()));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private HttpResponse<Buffer> get(String path) {
        return gateway.get(path).send().await();
    }

    @Test
    void beginsWithItsFirstPage() {
        HttpResponse<Buffer> response = get("/");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.getHeader("Location")).isEqualTo("/index.html");
    }

    @ParameterizedTest
    @CsvSource({
        "/index.html, text/html;charset=UTF-8, <p>Hallo</p>",
        "/in.html, text/html;charset=UTF-8, <p>Hallo</p>",
        "/img/../index.html, text/html;charset=UTF-8, <p>Hallo</p>",
        "/index.html?v=1, text/html;charset=UTF-8, <p>Hallo</p>",
        "/a%20b+%C3%BC.css, text/css;charset=UTF-8, p {}",
        "/img/x.png, image/png, 0123456789"
    })
    void hasFilesOfTheirType(String path, String type, String content) {
        HttpResponse<Buffer> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualToIgnoringWhitespace(type);
        assertThat(response.bodyAsString()).isEqualTo(content);
    }

    @Test
    void hasPartsOfFiles() {
        HttpResponse<Buffer> response =
                gateway.get("/img/x.png").putHeader("Range", "bytes=2-4").send().await();

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.getHeader("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(response.bodyAsString()).isEqualTo("234");
    }

    @Test
    void answersHead() {
        HttpResponse<Buffer> response =
                gateway.request(HttpMethod.HEAD, "/index.html").send().await();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Length")).isEqualTo("12");
        assertThat(response.body()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/img", "/img/", "/img/empty"})
    void listsNoDirectory(String path) {
        assertThat(get(path).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope.html",
                "/../secret.txt",
                "/img/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/img/%2e%2e%2f%2e%2e%2fsecret.txt",
                "/..%5csecret.txt",
                "/img%5c..%5c..%5csecret.txt",
                "/out.txt",
                "/up/secret.txt",
                "/up/site/index.html/..%2f..%2fsecret.txt",
                "/.git",
                "/img/.hidden",
                "/index.html%00.txt",
                "/index.html/",
                "/%00"
            })
    void hasNothingElse(String path) {
        HttpResponse<Buffer> response = get(path);

        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.bodyAsString()).doesNotContain("secret\n").isNotEqualTo("secret");
    }

    @Test
    void hidesNoRoute() {
        assertThat(get("/docs").bodyAsString()).doesNotContain("hides nothing");
        assertThat(get("/api").bodyAsString()).isEqualTo("{\"version\":\"1.0\"}");
        assertThat(get("/token").statusCode()).isEqualTo(405);
        assertThat(get("/api/index.html").statusCode()).isEqualTo(404);
        assertThat(gateway.request(HttpMethod.POST, "/index.html")
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void makesVersionsUpInDevelopment() {
        long now = Instant.now().getEpochSecond();
        JsonObject version = get("/version").bodyAsJsonObject();
        JsonObject file = get("/version.json").bodyAsJsonObject();

        assertThat(version.getString("commit_sha")).isEqualTo("dev");
        assertThat(version.getLong("timestamp") % 86_400).isZero();
        assertThat(version.getLong("timestamp")).isBetween(now - 86_400, now + 60);
        assertThat(file.getString("commit_sha")).isEqualTo(file.getString("timestamp"));
        assertThat(Long.parseLong(file.getString("timestamp"))).isBetween(now, now + 60);
    }

    @Test
    void hasTheVersionThatWasDeployedInProduction() throws IOException {
        Path deployed = Files.createDirectories(directory.resolve("deployed"));
        Files.writeString(deployed.resolve("version.json"), "{\"commit_sha\":\"abc\"}");
        try (TestGateway production =
                new TestGateway(Map.of("LYCEUM_STATIC_DIR", deployed.toString(), "LYCEUM_PROFILE", "prod"))) {
            assertThat(production.get("/version.json").send().await().bodyAsString())
                    .isEqualTo("{\"commit_sha\":\"abc\"}");
            assertThat(production.get("/version").send().await().statusCode()).isEqualTo(404);
        }
    }
}
