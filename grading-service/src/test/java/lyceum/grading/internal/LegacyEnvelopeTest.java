package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The old envelope, against the recorded vectors. */
class LegacyEnvelopeTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final JsonObject VECTORS = Fixture.json("aes-vectors.json");

    private static Stream<JsonObject> vectors() {
        return Fixture.objects(VECTORS.getJsonArray("vectors"));
    }

    private static Stream<JsonObject> refused() {
        return Fixture.objects(VECTORS.getJsonArray("must_fail"));
    }

    private static Stream<JsonObject> odd() {
        return Fixture.objects(VECTORS.getJsonArray("lenient_must_pass_decryption"));
    }

    private static LegacyEnvelope envelope(JsonObject vector) {
        byte[] file = vector.getString("key_text").getBytes(StandardCharsets.UTF_8);
        return new LegacyEnvelope(EnvelopeKey.parse(file, "key", true));
    }

    private static byte[] hex(JsonObject vector, String name) {
        return HEX.parseHex(vector.getString(name));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void opensWhatTheOriginalSealed(JsonObject vector) {
        assertThat(envelope(vector).open(hex(vector, "body_hex"))).contains(hex(vector, "plaintext_hex"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void derivesTheKeyAsTheOriginalDoes(JsonObject vector) {
        byte[] file = (vector.getString("key_text") + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(EnvelopeKey.parse(file, "key", true).bytes()).isEqualTo(hex(vector, "aes_key_hex"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void sealsWhatItOpens(JsonObject vector) {
        byte[] body = envelope(vector).seal(hex(vector, "plaintext_hex"));

        assertThat(body).hasSize(vector.getInteger("body_len"));
        assertThat(envelope(vector).open(body)).contains(hex(vector, "plaintext_hex"));
        assertThat(envelope(vector).seal(hex(vector, "plaintext_hex"))).isNotEqualTo(body);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatTheOriginalRefuses(JsonObject vector) {
        Optional<byte[]> plaintext = envelope(vector).open(hex(vector, "body_hex"));
        if (vector.getString("expect_body").equals("decryption failure")) {
            assertThat(plaintext).isEmpty();
        } else {
            assertThat(plaintext.flatMap(JsonPayload::read)).isEmpty();
            assertThat(plaintext).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("odd")
    void opensOddBodies(JsonObject vector) {
        Map<String, Object> payload = envelope(vector)
                .open(hex(vector, "body_hex"))
                .flatMap(JsonPayload::read)
                .orElseThrow();
        assertThat(payload).containsEntry("uuid", vector.getString("payload_uuid"));
    }

    @Test
    void refusesAShortKeyWithTheNameOfItsFileOnly() {
        byte[] file = "campus-secret\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EnvelopeKey.parse(file, "keys/commKey.txt", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keys/commKey.txt")
                .hasMessageContaining("LYCEUM_GRADING_SHORT_KEY")
                .hasMessageNotContaining("campus-secret");
    }

    @Test
    void takesTheFirstLineWithoutTheWhiteSpaceRoundTheFile() {
        String key = "Zq8fT2mWc5RkX0vLb7NyHs4JdGp1EuA9";
        byte[] file = ("\n \t" + key + "\r\nsecond line\n").getBytes(StandardCharsets.UTF_8);
        EnvelopeKey parsed = EnvelopeKey.parse(file, "key", false);
        assertThat(parsed.bytes()).isEqualTo(key.getBytes(StandardCharsets.UTF_8));
        assertThat(parsed.toString()).doesNotContain(key);
    }
}
