package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Locale;
import java.util.Map;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Conversation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How addresses are read, and how each contract is told that there is nothing at one. */
class AddressesTest {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String NOWHERE =
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"Not Found\"}";

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Social contract, section 5. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/",
                "/api/nope",
                "/api/nope/",
                "/api/socket.io",
                "/api/users/",
                "/api/classes/a/nope",
                "/api/classes//users",
                "/api//users",
                "/api/socket.io//",
                "/api//socket.io/",
                "/api/%zz",
                "/api/nope?a=%zz"
            })
    void tellsAnUnknownPathBelowApiInPlainText(String path) {
        HttpResponse<Buffer> response =
                gateway.get(path).putHeader("Origin", "http://x").send().await();

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.getHeader("Content-Type")).isEqualTo(PLAIN);
        assertThat(response.bodyAsString()).isEqualTo("404: Not Found");
        assertThat(response.headers().contains("Access-Control-Allow-Origin")).isFalse();
        assertThat(response.headers().contains("X-Request-Id")).isTrue();
    }

    /** Stream contract, sections 2.2 and 2.3. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/nope", "//", "/nope//x", "/%", "/%zz", "/nope?a=%zz", "/users/"})
    void tellsPagesOfAnyOriginOfAnUnknownPathAtTheRoot(String path) {
        HttpResponse<Buffer> response =
                gateway.get(path).putHeader("Origin", "http://x").send().await();

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.bodyAsString()).isEqualTo(NOWHERE);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(response.headers().contains("X-Request-Id")).isTrue();
    }

    @Test
    void answersThePreflightOfAnUnknownPathAtTheRoot() {
        HttpResponse<Buffer> response = gateway.request(HttpMethod.OPTIONS, "/nope")
                .putHeader("Origin", "http://x")
                .putHeader("Access-Control-Request-Method", "PUT")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsString()).isEqualTo("OK");
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("http://x");
    }

    /** Elicast contract, section 1; stream contract, section 2.2. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/elicast//7       | text/plain; charset=utf-8 | 404: Not Found",
                "//elicast         | text/plain; charset=utf-8 | 404: Not Found",
                "/api//elicast/7   | text/plain; charset=utf-8 | 404: Not Found",
                "/elicast/%zz      | text/plain; charset=utf-8 | 404: Not Found",
                "/api/elicast/%zz  | text/plain; charset=utf-8 | 404: Not Found",
                "/streams//        | application/json          | {\"detail\":\"Not Found\"}",
                "/api/streams//a   | application/json          | {\"detail\":\"Not Found\"}",
                "//streams         | application/json          | {\"detail\":\"Not Found\"}",
                "/streams/%zz      | application/json          | {\"detail\":\"Not Found\"}",
                "/api/streams/100% | application/json          | {\"detail\":\"Not Found\"}"
            })
    void tellsAPathThatIsNoneInItsDialect(String path, String mediaType, String body) {
        HttpResponse<Buffer> response =
                gateway.get(path).putHeader("Origin", "http://x").send().await();

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.getHeader("Content-Type")).isEqualTo(mediaType);
        assertThat(response.bodyAsString()).isEqualTo(body);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.headers().contains("X-Request-Id")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /elicast//7",
        "DELETE, /elicast//7",
        "POST, /code//run",
        "OPTIONS, /elicast/%zz",
        "PUT, //elicast",
        "GET, /sandbox//languages",
        "GET, /docs//",
        "GET, //docs",
        "GET, /token//",
        "GET, /console//index.html",
        "GET, /docs//swagger-ui.css"
    })
    void knowsNoDoubledSlash(String method, String path) {
        assertThat(gateway.request(HttpMethod.valueOf(method), path)
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs?%",
                "/docs?a=%zz",
                "/api/docs?a=%f",
                "/api?x=//%",
                "/docs?a=//b",
                "/%64ocs?a=b%",
                "/docs/../docs?a=%zz",
                "/docs?a;b"
            })
    void mindsNothingOfAQueryThatNobodyReads(String path) {
        assertThat(gateway.get(path).send().await().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "nope",
                "http://x",
                "http://x/%zz?%;",
                "http://x/elicast//7",
                "/%00",
                "/%c0%af",
                "/%ed%a0%80",
                "/;a=b",
                "/#x",
                "/\\\\..\\\\x",
                "/..%2f%",
                "/%2f%2f",
                "//x/../..//%"
            })
    void knowsNoTargetThatIsHardToRead(String target) {
        assertThat(talk("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(target)))
                .startsWith("HTTP/1.1 404 ");
    }

    private HttpRequest<Buffer> handshake(String path) {
        return gateway.get(path)
                .putHeader("Connection", "Upgrade")
                .putHeader("Upgrade", "websocket")
                .putHeader("Sec-WebSocket-Version", "13")
                .putHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    /** Stream contract, section 3.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nope",
                "/%zz",
                "/streams",
                "/streams/",
                "/api/streams",
                "/recordings",
                "/ping",
                "/data/a",
                "/data//push",
                "/streams/a/push",
                "/recordings/replay/x"
            })
    void opensNoSocketWhereThereIsNone(String path) {
        HttpResponse<Buffer> response = handshake(path).send().await();

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isNull();
    }

    @Test
    void answersWhoWantsAnotherProtocolThanAWebSocketAsItIs() {
        HttpResponse<Buffer> response = gateway.get("/ping/error")
                .putHeader("Connection", "Upgrade")
                .putHeader("Upgrade", "h2c")
                .send()
                .await();

        assertThat(response.statusCode()).isNotEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/elicast?teacher=     |  9000 | text/plain; charset=utf-8 | 414: Request-URI Too Long",
                "/api/elicast?teacher= |  9000 | text/plain; charset=utf-8 | 414: Request-URI Too Long",
                "/streams?a=           |  9000 | application/json | {\"detail\":\"Request-URI Too Long\"}",
                "/nope?a=              |  9000 | application/problem+json | \"status\":414",
                "/elicast?teacher=     | 17000 | application/problem+json | \"status\":414"
            })
    void tellsAPageThatAnAddressIsTooLong(String path, int length, String mediaType, String body) {
        String answer =
                talk("GET %s HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\n\r\n".formatted(path + "x".repeat(length)));

        assertThat(answer)
                .matches("(?s)HTTP/1.[01] 414 .*")
                .containsIgnoringCase("Content-Type: " + mediaType + "\r\n")
                .containsIgnoringCase("Connection: close\r\n")
                .containsIgnoringCase("X-Request-Id: ")
                .contains(body);
        assertThat(answer.toLowerCase(Locale.ROOT).contains("access-control-allow-origin: *\r\n"))
                .isEqualTo(!path.startsWith("/nope"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/elicast | text/plain; charset=utf-8 | 431: Request Header Fields Too Large",
                "/streams | application/json          | {\"detail\":\"Request Header Fields Too Large\"}",
                "/docs    | application/problem+json  | \"status\":431"
            })
    void tellsInItsDialectThatHeadersAreTooLong(String path, String mediaType, String body) {
        assertThat(talk("GET %s HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n".formatted(path, "x".repeat(17_000))))
                .startsWith("HTTP/1.1 431 ")
                .containsIgnoringCase("Content-Type: " + mediaType + "\r\n")
                .containsIgnoringCase("X-Request-Id: ")
                .contains(body);
    }

    private static String talk(String request) {
        try (Conversation client = new Conversation(gateway)) {
            client.say(request);
            return client.everything();
        }
    }
}
