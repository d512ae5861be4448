package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with JSON; json-faults.json holds what the parser of Python 3.11.7 says. */
class JsonFaultTest {

    static Stream<JsonObject> faults() throws IOException {
        try (InputStream file = JsonFaultTest.class.getResourceAsStream("/stream/json-faults.json")) {
            return new JsonArray(Buffer.buffer(file.readAllBytes())).stream().map(JsonObject.class::cast);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysWhatPythonSays(JsonObject expected) {
        JsonFault fault = JsonFault.find(expected.getString("doc")).orElseThrow();

        assertThat(fault)
                .isEqualTo(new JsonFault(
                        expected.getString("msg"),
                        expected.getInteger("pos"),
                        expected.getInteger("lineno"),
                        expected.getInteger("colno")));
        assertThat(fault.text()).isEqualTo(expected.getString("text"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " [ ] ",
                "{\"a\":[1,-2.5e-3,\"\\u00e9\\n\",null,true,false,{}]}",
                "NaN",
                "[Infinity,-Infinity]",
                "\"é\uD83D\uDE42\""
            })
    void findsNothingInWhatPythonTakes(String text) {
        assertThat(JsonFault.find(text)).isEmpty();
    }

    @Test
    void givesUpWhereItIsTooDeep() {
        assertThat(JsonFault.find("[".repeat(100_000))).isEmpty();
    }

    @Test
    void readsLongTexts() {
        assertThat(JsonFault.find("[" + "1".repeat(100_000) + ",\"" + "x".repeat(100_000) + "\" x"))
                .contains(new JsonFault("Expecting ',' delimiter", 200_005, 1, 200_006));
    }
}
