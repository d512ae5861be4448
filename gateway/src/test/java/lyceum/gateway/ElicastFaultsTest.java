package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of elicast's clients that no route gets to see. */
class ElicastFaultsTest {

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
    @ValueSource(strings = {"/elicast?teacher=100%", "/api/elicast?teacher=100%", "/elicast/%zz", "/api/elicast/%zz"})
    void tellsPagesOfAnyOriginInPlainTextWhatCannotBeDecoded(String target) {
        try (Conversation client = new Conversation(gateway)) {
            client.say("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(target));

            assertThat(client.everything())
                    .startsWith("HTTP/1.1 400 ")
                    .containsIgnoringCase("Access-Control-Allow-Origin: *\r\n")
                    .containsIgnoringCase("Content-Type: text/plain; charset=utf-8\r\n")
                    .endsWith("\r\n\r\n400: Bad Request");
        }
    }
}
