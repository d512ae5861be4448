package lyceum.gateway.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lyceum.gateway.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocsRoutesTest {

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/docs,text/html; charset=utf-8,<title>Lyceum API</title>",
        "/api/docs,text/html; charset=utf-8,<title>Lyceum API</title>",
        "/docs/initializer.js,text/javascript; charset=utf-8,openapi.yaml",
        "/docs/swagger-ui-bundle.js,text/javascript; charset=utf-8,SwaggerUIBundle",
        "/docs/swagger-ui.css,text/css; charset=utf-8,.swagger-ui",
        "/docs/favicon-32x32.png,image/png,PNG",
        "/redoc,text/html; charset=utf-8,<title>Lyceum API</title>",
        "/openapi.yaml,application/yaml,openapi: 3.1.0",
        "/docs/,text/html; charset=utf-8,src=\"../docs/initializer.js\"",
        "/api/docs/,text/html; charset=utf-8,href=\"../docs/swagger-ui.css\"",
        "/redoc/,text/html; charset=utf-8,href=\"../docs/swagger-ui.css\"",
        "/openapi.json/,application/json,'\"openapi\":\"3.1.0\"'",
        "/docs/asyncapi.html,text/html; charset=utf-8,<title>Lyceum WebSockets</title>",
        "/docs/asyncapi.css,text/css; charset=utf-8,:focus-visible",
        "/docs/asyncapi.js,text/javascript; charset=utf-8,asyncapi.json",
        "/docs/asyncapi-talk.js,text/javascript; charset=utf-8,WebSocket",
        "/asyncapi.yaml,application/yaml,asyncapi: 3.0.0",
        "/asyncapi.json,application/json,'\"asyncapi\":\"3.0.0\"'",
        "/api/asyncapi.yaml,application/yaml,asyncapi: 3.0.0"
    })
    void servesThePageAndWhatItNeeds(String path, String mediaType, String part) {
        HttpResponse<Buffer> response = gateway.get(path).send().await();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo(mediaType);
        assertThat(response.bodyAsString()).contains(part);
    }

    @Test
    void tellsTheDocumentAsJsonToo() {
        HttpResponse<Buffer> response = gateway.get("/openapi.json").send().await();

        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        JsonObject document = response.bodyAsJsonObject();
        assertThat(document.getString("openapi")).isEqualTo("3.1.0");
        assertThat(document.getJsonObject("paths").getJsonObject("/token").fieldNames())
                .contains("post");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs",
                "/docs/asyncapi.html",
                "/docs/initializer.js",
                "/openapi.yaml",
                "/openapi.json",
                "/asyncapi.yaml"
            })
    void letsNothingInFromElsewhere(String path) {
        HttpResponse<Buffer> response = gateway.get(path).send().await();

        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(response.getHeader("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; ")
                .doesNotContain("http", "*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/redoc", "/openapi.json", "/openapi.json/", "/openapi.yaml", "/asyncapi.json"})
    void canBeReadByPagesOfAnyOrigin(String path) {
        HttpResponse<Buffer> read = gateway.get(path)
                .putHeader("Origin", "https://elsewhere.example")
                .send()
                .await();
        HttpResponse<Buffer> preflight = gateway.request(HttpMethod.OPTIONS, path)
                .putHeader("Origin", "https://elsewhere.example")
                .putHeader("Access-Control-Request-Method", "GET")
                .send()
                .await();

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(read.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.bodyAsString()).isEqualTo("OK");
        assertThat(preflight.getHeader("Access-Control-Allow-Origin")).isEqualTo("https://elsewhere.example");
    }

    @Test
    void loadsNothingThatIsNotServedHere() {
        String page = gateway.get("/docs").send().await().bodyAsString();
        List<String> addresses = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(addresses)
                .hasSize(5)
                .allSatisfy(address -> assertThat(
                                gateway.get("/" + address).send().await().statusCode())
                        .isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "swagger-initializer.js",
                "..%2f..%2fopenapi.yaml",
                "..%2fdocs%2findex.html",
                "%2e%2e%2fopenapi.yaml",
                "swagger-ui.css%00"
            })
    void servesNoOtherFile(String asset) {
        assertThat(gateway.get("/docs/" + asset).send().await().statusCode()).isEqualTo(404);
    }
}
