package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import lyceum.platform.Failure.Kind;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.Ping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 2 to 4 of the stream contract; the cases are those of fixtures/stream/auth.json. */
@TestInstance(Lifecycle.PER_CLASS)
class PingRoutesTest {

    private StreamFixture fixture;

    @BeforeAll
    void start() {
        fixture = new StreamFixture(Map.of());
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ping", "/ping/", "/api/ping"})
    void saysThatTheStoreAnswers(String path) {
        fixture.streams.on(Ping.class, new Done());

        HttpResponse<Buffer> response = fixture.gateway.get(path).send().await();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString()).isEqualTo("true");
    }

    @Test
    void saysThatTheStoreDoesNotAnswer() {
        fixture.streams.on(Ping.class, any -> StreamFixture.failing(Kind.UNAVAILABLE, "it is away"));

        HttpResponse<Buffer> response = fixture.gateway.get("/ping").send().await();

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"it is away\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ping/error", "/ping/error/"})
    void failsOnPurposeForPagesOfOtherOriginsToo(String path) {
        HttpResponse<Buffer> response = fixture.gateway
                .get(path)
                .putHeader("Origin", "http://dash.example")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.getHeader("Connection")).isNull();
        assertThat(response.bodyAsString()).isEqualTo("""
                {"detail":[{"msg":"This is an error purposefully thrown by the server","type":"ValueError"}]}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/ping/auth?token=q | Bearer h | authorization=\"Bearer c\" | {'query':'q','headers':'Bearer h','cookies':'Bearer c'}",
                "/ping/auth/ | - | - | {'query':null,'headers':null,'cookies':null}",
                "/ping/auth?token= | Basic x | a=b; authorization=raw | {'query':'','headers':'Basic x','cookies':'raw'}"
            })
    void tellsWhatArrivesOfAToken(String path, String header, String cookie, String body) {
        var request = fixture.gateway.get(path);
        if (header != null) {
            request.putHeader("Authorization", header).putHeader("Cookie", cookie);
        }

        assertThat(request.send().await().bodyAsString()).isEqualTo(body.replace('\'', '"'));
    }

    @Test
    void answersNoOtherMethod() {
        HttpResponse<Buffer> head =
                fixture.gateway.request(HttpMethod.HEAD, "/ping").send().await();
        HttpResponse<Buffer> post =
                fixture.gateway.request(HttpMethod.POST, "/ping").send().await();

        assertThat(head.statusCode()).isEqualTo(405);
        assertThat(head.getHeader("Content-Length")).isEqualTo("31");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.getHeader("Allow")).isEqualTo("GET");
        assertThat(post.bodyAsString()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
    }
}
