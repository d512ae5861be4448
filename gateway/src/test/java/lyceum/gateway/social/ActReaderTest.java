package lyceum.gateway.social;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.social.Act;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActReaderTest {

    private final ActReader reader = new ActReader(new SocialLimits(200, 2_000, 200, 1, 1, 1, 1));

    /** @param message a JSON array of the name and the arguments, as it comes over the wire */
    private Optional<Act> read(String message) {
        List<Object> parts =
                new ArrayList<>(((JsonArray) Json.decodeValue(message)).stream().toList());
        return reader.read(7, (String) parts.remove(0), parts);
    }

    @Test
    void readsWhatThePageSends() {
        assertThat(read("[\"auth\",\"Gast\"]")).contains(Act.name(7, "Gast"));
        assertThat(read("[\"click\",{\"user\":\"Gast\",\"comment\":\"\",\"style\":\" \"}]"))
                .contains(Act.click(7, "Gast", null, null));
        assertThat(read("[\"click\",{\"user\":\"B\",\"comment\":\"zu viel Ana\",\"style\":\"big green\"}]"))
                .contains(Act.click(7, "B", "zu viel Ana", "big green"));
        assertThat(read("[\"event\",{\"user\":\"B\",\"name\":\"fireworks\"}]"))
                .contains(Act.event(7, "B", "fireworks"));
    }

    @Test
    void ignoresUnknownKeys() {
        assertThat(
                        read(
                                "[\"click\",{\"user\":\"B\",\"comment\":\"x\",\"style\":\"\",\"id\":7,\"timestamp\":1,\"foo\":{\"a\":[1]}}]"))
                .contains(Act.click(7, "B", "x", null));
    }

    /** Every case of the contract (section 11, malformed-eio4.json) that is the fault of the payload. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"click\"]",
                "[\"click\",null]",
                "[\"click\",\"x\"]",
                "[\"click\",[]]",
                "[\"click\",5]",
                "[\"click\",true]",
                "[\"click\",{\"user\":\"M\",\"comment\":\"\",\"style\":\"\"},1]",
                "[\"click\",{}]",
                "[\"click\",{\"comment\":\"c\",\"style\":\"s\"}]",
                "[\"click\",{\"user\":null,\"comment\":\"c\",\"style\":\"s\"}]",
                "[\"click\",{\"user\":\"\",\"comment\":\"c\",\"style\":\"s\"}]",
                "[\"click\",{\"user\":\" \\t\\n \",\"comment\":\"c\",\"style\":\"s\"}]",
                "[\"click\",{\"user\":1,\"comment\":\"c\",\"style\":\"s\"}]",
                "[\"click\",{\"user\":{},\"comment\":\"c\",\"style\":\"s\"}]",
                "[\"click\",{\"user\":\"M\",\"style\":\"s\"}]",
                "[\"click\",{\"user\":\"M\",\"comment\":null,\"style\":\"s\"}]",
                "[\"click\",{\"user\":\"M\",\"comment\":1,\"style\":\"s\"}]",
                "[\"click\",{\"user\":\"M\",\"comment\":\"c\"}]",
                "[\"click\",{\"user\":\"M\",\"comment\":\"c\",\"style\":null}]",
                "[\"click\",{\"user\":\"M\",\"comment\":\"c\",\"style\":[\"a\"]}]",
                "[\"click\",{\"user\":\"M\",\"comment\":\"\\ud83d\",\"style\":\"\"}]",
                "[\"click\",{\"user\":\"M\",\"comment\":\"\\ude00\\ud83d\",\"style\":\"\"}]",
                "[\"click\",{\"user\":\"M\",\"comment\":\"a\\u0000b\",\"style\":\"\"}]",
                "[\"click\",{\"user\":\"M\\u0000\",\"comment\":\"\",\"style\":\"\"}]",
                "[\"click\",{\"user\":\"M\",\"comment\":\"\",\"style\":\"\\udfff\"}]",
                "[\"event\",{\"user\":\"M\"}]",
                "[\"event\",{\"user\":\"M\",\"name\":\" \"}]",
                "[\"event\",{\"user\":\"M\",\"name\":666}]",
                "[\"event\",{\"user\":\"\",\"name\":\"sas\"}]",
                "[\"event\",{\"user\":\"M\",\"name\":\"a\\u0000\"}]",
                "[\"event\"]",
                "[\"event\",\"sas\"]",
                "[\"auth\"]",
                "[\"auth\",null]",
                "[\"auth\",\"\"]",
                "[\"auth\",\"   \"]",
                "[\"auth\",5]",
                "[\"auth\",{\"name\":\"M\"}]",
                "[\"auth\",\"A\",\"B\"]",
                "[\"auth\",\"\\ud800x\"]",
                "[\"foo\",{}]",
                "[\"stats\",{}]",
                "[\"connect\",{}]",
                "[\"disconnect\"]",
                "[\"Click\",{\"user\":\"M\",\"comment\":\"\",\"style\":\"\"}]"
            })
    void ignoresWhatIsNotExactlySo(String message) {
        assertThat(read(message)).isEmpty();
    }

    /** Contract, section 6. */
    @ParameterizedTest
    @CsvSource({
        "0009,000D",
        "001C,001F",
        "0020,0020",
        "0085,0085",
        "00A0,00A0",
        "1680,1680",
        "2000,200A",
        "2028,2029",
        "202F,202F",
        "205F,205F",
        "3000,3000"
    })
    void trimsWhiteSpaceOfUnicode(String from, String to) {
        for (int space = Integer.parseInt(from, 16); space <= Integer.parseInt(to, 16); space++) {
            String padded =
                    Character.toString(space) + "M" + Character.toString(space) + "N" + Character.toString(space);
            assertThat(reader.read(7, "auth", List.of(padded)))
                    .contains(Act.name(7, padded.substring(1, padded.length() - 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\ufeff", "\u2060", "\u180e", "\u0001", "\u001b"})
    void trimsNothingElse(String text) {
        JsonObject click =
                new JsonObject().put("user", "M").put("comment", text).put("style", "");

        assertThat(reader.read(7, "click", List.of(click))).contains(Act.click(7, "M", text, null));
    }

    @Test
    void keepsMarkupAndCharactersBeyondTheBasicPlane() {
        JsonObject click = new JsonObject()
                .put("user", "<b>Ä</b>")
                .put("comment", "😀 \"q\" \\ </script>")
                .put("style", "\"x\"");

        assertThat(reader.read(7, "click", List.of(click)))
                .contains(Act.click(7, "<b>Ä</b>", "😀 \"q\" \\ </script>", "\"x\""));
    }

    @ParameterizedTest
    @CsvSource({"user,200", "comment,2000", "style,200"})
    void countsCharactersBehindTrimming(String key, int limit) {
        JsonObject click = new JsonObject().put("user", "M").put("comment", "c").put("style", "s");

        assertThat(reader.read(7, "click", List.of(click.copy().put(key, " " + "😀".repeat(limit) + " "))))
                .isPresent();
        assertThat(reader.read(7, "click", List.of(click.copy().put(key, "x".repeat(limit + 1)))))
                .isEmpty();
    }

    @Test
    void limitsNamesOfEventsAndOfWhoSaysOnlyThat() {
        assertThat(reader.read(
                        7, "event", List.of(new JsonObject().put("user", "M").put("name", "e".repeat(201)))))
                .isEmpty();
        assertThat(reader.read(
                        7, "event", List.of(new JsonObject().put("user", "M").put("name", "e".repeat(200)))))
                .isPresent();
        assertThat(reader.read(7, "auth", List.of("n".repeat(201)))).isEmpty();
    }
}
