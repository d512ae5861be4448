package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import lyceum.gateway.stream.Conversation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every request, whatever it asks. */
class GatewayVerticleTest {

    /** The answer 100 tells that it has arrived. */
    private static final String HALF_A_REQUEST = """
            POST /token HTTP/1.1\r
            Host: x\r
            Expect: 100-continue\r
            Content-Type: application/x-www-form-urlencoded\r
            Content-Length: 21\r
            \r
            username=a""";

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/index.html", "/api/docs/index.html", "/sandbox/nope"})
    void answersWithAProblemThatSomethingIsNotThere(String path) {
        HttpResponse<Buffer> response = gateway.get(path).send().await();

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.bodyAsString())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}");
    }

    @ParameterizedTest
    @CsvSource({"POST,/docs,GET", "DELETE,/openapi.yaml,GET", "PUT,/api/docs,GET"})
    void answersAWrongMethodWithTheRightOnes(String method, String path, String allowed) {
        HttpResponse<Buffer> response =
                gateway.request(HttpMethod.valueOf(method), path).send().await();

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo(allowed);
        assertThat(response.bodyAsString())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405}");
    }

    @Test
    void answersHeadWithoutABody() {
        HttpResponse<Buffer> response =
                gateway.request(HttpMethod.HEAD, "/nope").send().await();

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "R-17_x.Y", "0123456789012345678901234567890123456789012345678901234567890123"})
    void keepsAWellFormedRequestId(String id) {
        assertThat(gateway.get("/docs")
                        .putHeader("X-Request-Id", id)
                        .send()
                        .await()
                        .getHeader("X-Request-Id"))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "é", "x;y", "01234567890123456789012345678901234567890123456789012345678901234"})
    void makesARequestIdWhereThereIsNoneThatIsWellFormed(String id) {
        assertThat(gateway.get("/nope")
                        .putHeader("X-Request-Id", id)
                        .send()
                        .await()
                        .getHeader("X-Request-Id"))
                .matches("[0-9a-f]{16}");
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /%s HTTP/1.1\r\nHost: x\r\n\r\n',9000,414 Request-URI Too Long",
        "'GET / HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n',17000,431 Request Header Fields Too Large",
        "'GARBAGE%s\r\n\r\n',1,400 Bad Request"
    })
    void hangsUpOnWhatIsNotARequestOrTooLong(String request, int length, String status) {
        String answer = talk(request.formatted("x".repeat(length)));

        assertThat(answer)
                .matches("(?s)HTTP/1.[01] " + status + "\r\n.*")
                .contains("application/problem+json")
                .contains("onnection: close");
    }

    @Test
    void asksForTheBodyOfARequestThatWaitsToBeAsked() {
        String answer = talk("POST /token HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 0\r\n"
                + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n\r\n").contains("HTTP/1.1 422 ");
    }

    @Test
    void speaksNoHttp2InTheClear() throws Exception {
        HttpRequest question = HttpRequest.newBuilder(uri("/docs")).build();

        java.net.http.HttpResponse<String> response =
                HttpClient.newHttpClient().send(question, BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.port() + path);
    }

    @Test
    void hangsUpOnASilentConnection() {
        try (TestGateway hasty = new TestGateway(Map.of(
                        "LYCEUM_HTTP_IDLE_TIMEOUT", "50ms",
                        "LYCEUM_CODE_TIME_LIMIT", "10ms",
                        "LYCEUM_SANDBOX_REPLY_TIMEOUT", "10ms"));
                Conversation client = new Conversation(hasty)) {
            assertThat(client.everything()).isEmpty();
        }
    }

    @Test
    void isReadyUntilItStops() {
        assertThat(gateway.readiness.ask().get("http").await()).isEqualTo("port " + gateway.port());

        gateway.undeploy().await();

        assertThatThrownBy(() -> gateway.readiness.ask().get("http").await()).hasMessage("not accepting requests");
        // Refused, or closed where the client had not noticed yet that its connection is gone.
        assertThatThrownBy(() -> gateway.get("/docs").send().await())
                .isInstanceOfAny(IOException.class, HttpClosedException.class);
    }

    @Test
    void finishesARequestUnderWayWhenItStops() {
        try (Conversation client = new Conversation(gateway)) {
            client.say(HALF_A_REQUEST);
            client.hear("100 Continue");
            Future<Void> stopped = gateway.undeploy();
            awaitNoMoreConnections();
            assertThat(stopped.isComplete()).isFalse();

            client.say("&password=a");

            assertThat(client.everything()).contains("HTTP/1.1 200 OK");
            stopped.await();
        }
    }

    @Test
    void abandonsARequestThatTakesLongerThanTheLimit() {
        try (TestGateway hasty = new TestGateway(Map.of("LYCEUM_DRAIN_LIMIT", "50ms"));
                Conversation client = new Conversation(hasty)) {
            client.say(HALF_A_REQUEST);
            client.hear("100 Continue");

            hasty.undeploy().await();

            assertThat(client.everything()).doesNotContain("HTTP/1.1 200");
        }
    }

    private void awaitNoMoreConnections() {
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> new Conversation(gateway).close())
                        .isInstanceOf(IOException.class));
    }

    private String talk(String request) {
        try (Conversation client = new Conversation(gateway)) {
            client.say(request);
            return client.everything();
        }
    }
}
