package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwsTest {

    private static final String CLAIMS = encode("{\"sub\":\"ada\"}");

    @Test
    void tellsWhatItSays() {
        String header = encode("{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"at+jwt\",\"x\":1}");

        CompactJws jws = CompactJws.parse(header + '.' + CLAIMS + ".AP8").orElseThrow();

        assertThat(jws.algorithm()).isEqualTo("RS256");
        assertThat(jws.keyId()).contains("k1");
        assertThat(jws.claims()).isEqualTo(new JsonObject().put("sub", "ada"));
        assertThat(new String(jws.signed(), StandardCharsets.US_ASCII)).isEqualTo(header + '.' + CLAIMS);
        assertThat(jws.signature()).containsExactly(0, -1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alg\":null,\"kid\":null}"})
    void mayLackWhatTellsItsKey(String header) {
        CompactJws jws =
                CompactJws.parse(encode(header) + '.' + CLAIMS + ".AP8").orElseThrow();

        assertThat(jws.algorithm()).isEmpty();
        assertThat(jws.keyId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "null", "{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}"})
    void hasAHeaderThatIsUnderstood(String header) {
        assertThat(CompactJws.parse(encode(header) + '.' + CLAIMS + ".AP8")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "e30", "e30.e30", "e30.e30.", ".e30.AP8", "e30..AP8", "e30.e30.AP8.", "e30.e30.AP8.AP8"})
    void hasThreeParts(String token) {
        assertThat(CompactJws.parse(token)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e30=.e30.AP8",
                "e30.e30.AP8=",
                "e30.e30.A/8",
                "e30.e30.A+8",
                " e30.e30.AP8",
                "e30.W10.AP8",
                "e.e30.AP8"
            })
    void isInTheAlphabetOfUrls(String token) {
        assertThat(CompactJws.parse(token)).isEmpty();
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
