package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class OriginsTest {

    private static final String HANDSHAKE = LiveFixture.PATH + "?EIO=4&transport=polling";

    private final LiveFixture live = new LiveFixture("LYCEUM_SOCKETIO_ORIGINS", "https://friend.example:8443");

    @AfterAll
    void close() {
        live.close();
    }

    @ParameterizedTest
    @CsvSource({
        "class.example, -, http://class.example",
        "class.example, -, https://class.example",
        "class.example:443, -, https://class.example",
        "class.example, -, https://class.example:443",
        "Class.Example:8080, -, http://class.example:8080",
        "inside:8080, class.example, https://class.example",
        "inside:8080, 'class.example, proxy', https://class.example",
        "[::1]:8080, -, http://[::1]:8080",
        "lyceum_gateway:8080, -, http://lyceum_gateway:8080",
        "class.example, -, https://friend.example:8443",
        "class.example, -, HTTPS://Friend.example:8443"
    })
    void letsCome(String host, String forwarded, String origin) {
        assertThat(status(host, forwarded, origin)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "class.example, -, http://class.example:8080",
        "class.example:8080, -, http://class.example",
        "class.example, -, http://evil.class.example",
        "class.example, -, http://class.example.evil",
        "class.example, -, http://class.example@evil.example",
        "evil_host.example, -, http://class.example@evil_host.example",
        "lyceum_gateway:8080, -, http://lyceum_gateway",
        "lyceum_gateway, -, http://lyceum_gateway:99999",
        "class.example, evil.example, http://other.example",
        "class.example, -, null",
        "class.example, -, ftp://class.example",
        "class.example, -, class.example",
        "class.example, -, https://friend.example",
        "class.example, -, http://friend.example:8443",
        "class.example, -, *"
    })
    void refuses(String host, String forwarded, String origin) {
        assertThat(status(host, forwarded, origin)).isEqualTo(400);
    }

    private int status(String host, String forwarded, String origin) {
        HttpRequest<Buffer> request =
                live.web.get(HANDSHAKE).putHeader("Host", host).putHeader("Origin", origin);
        if (!forwarded.equals("-")) {
            request.putHeader("X-Forwarded-Host", forwarded);
        }
        return request.send().await().statusCode();
    }

    @Test
    void letsAnybodyComeWhereItIsTold() {
        try (LiveFixture open = new LiveFixture("LYCEUM_SOCKETIO_ORIGINS", "*")) {
            HttpResponse<Buffer> response = open.web
                    .get(HANDSHAKE)
                    .putHeader("Origin", "http://evil.example")
                    .send()
                    .await();

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("http://evil.example");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://friend.example",
                "http://friend.example:8080",
                "http://our_friend:80",
                "http://[::1]:80"
            })
    void knowsOrigins(String text) {
        assertThat(Origins.isOrigin(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "friend.example",
                "https://",
                "https://a/",
                "https://a/b",
                "https://u@a",
                "https://u@a_b",
                "ws://a",
                "http://a b"
            })
    void knowsWhatIsNone(String text) {
        assertThat(Origins.isOrigin(text)).isFalse();
    }
}
