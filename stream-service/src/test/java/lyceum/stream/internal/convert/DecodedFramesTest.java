package lyceum.stream.internal.convert;

import static lyceum.stream.internal.convert.Failing.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames decoded whole, compared with what the original decoded of them. */
class DecodedFramesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long RECORDED_MILLIS = 1_700_000_000_123L;

    private final Converters converters = new Converters(TestLimits.USUAL);

    static Stream<String> decoded() {
        return RecordedStep.frames().entrySet().stream()
                .filter(frame -> frame.getValue().path("decoded").isObject())
                .map(frame -> frame.getKey());
    }

    @ParameterizedTest
    @MethodSource("decoded")
    void decodesAsRecorded(String name) throws IOException {
        JsonNode decoded =
                JSON.readTree(converters.frameAsJson(RecordedStep.frame(name)).getBytes());

        Likeness.OF_JPEG.assertLike(recorded(name), decoded);
    }

    /** Arrays are recorded as objects of their type, shape and values; of the type of a frame nobody asks. */
    private static ObjectNode recorded(String name) {
        ObjectNode recorded = RecordedStep.frames().get(name).get("decoded").deepCopy();
        recorded.remove("frame_type");
        Set.copyOf(recorded.properties()).stream()
                .filter(member -> member.getValue().has("dtype"))
                .forEach(member ->
                        recorded.set(member.getKey(), member.getValue().get("values")));
        return recorded;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1_pv", "v1_depth", "v1_accel", "v2_pv", "v3_pv", "v3_gll", "v3_cal", "v3_mic"})
    void tellsTheTimeOfASensor(String name) {
        assertThat(converters.frameTimeMillis(RecordedStep.frame(name))).hasValue(RECORDED_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hand", "eye", "list_long", "mic44100"})
    void tellsNoTimeWithoutAHeader(String name) {
        assertThat(converters.frameTimeMillis(RecordedStep.frame(name))).isEmpty();
    }

    @Test
    void tellsNoTimeThatIsZero() {
        Buffer frame = RecordedStep.frame("v3_accel").setLong(2, 0);

        assertThat(converters.frameTimeMillis(frame)).isEmpty();
    }

    @Test
    void refusesATimeBeyond63Bits() {
        Buffer frame = RecordedStep.frame("v3_accel").setLong(2, -1);

        assertInvalid("frame has a time that cannot be", () -> converters.frameTimeMillis(frame));
    }

    @Test
    void refusesTheTimeOfWhatIsNoFrame() {
        assertInvalid("frame is shorter than 10 bytes", () -> converters.frameTimeMillis(Buffer.buffer("abc")));
    }

    @Test
    void givesTheBytesOfSoundWhoseCodingIsUnknown() {
        Converted data = converters.conversion("mic0", "", "same").orElseThrow().convert(RecordedStep.frame("v3_mic"));

        assertThat(data.bytes()).isEqualTo(RecordedStep.frame("v3_mic").getBuffer(26, 34));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hand      | {\"left\":{\"a\":1},\"right\":{},\"x\":2}",
                "eye       | {\"GazeOrigin\":{\"x\":0.5},\"left\":null}",
                "list_long | [{\"label\":\"cup\",\"xyxyn\":[0.1,0.2,0.3,0.4]}]"
            })
    void convertsJsonFramesToTheirJson(String name, String json) {
        assertThat(converted(RecordedStep.frame(name), "json")).hasToString(json);
    }

    @Test
    void convertsAnEmptyList() {
        Buffer frame = Buffer.buffer("[]        ");

        assertThat(converted(frame, "json")).hasToString("[]");
        assertThat(converted(frame, "ndarray")).hasToString("");
        assertThat(converters.frameAsJson(frame)).hasToString("{\"values\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"v1_gll", "v3_gll", "v1_glf", "v3_glf"})
    void convertsTurnedPicturesToJson(String name) throws IOException {
        JsonNode picture =
                JSON.readTree(converted(RecordedStep.frame(name), "json").getBytes());

        Likeness.OF_JPEG.assertLike(recorded(name).get("image"), picture);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"left\":\"{\"}    ",
                "{\"left\":\"\"}    ",
                "{\"right\":\"1 2\"}    ",
                "{\"right\":1",
                "{\"right\":1}}    ",
                "[\"a\",\"b\"]   ",
                "x\"          "
            })
    void refusesBrokenJsonFrames(String text) {
        Buffer frame = Buffer.buffer(text.getBytes(StandardCharsets.UTF_8));

        assertInvalid(() -> converted(frame, "json"));
        assertInvalid(() -> converters.frameAsJson(frame));
        assertInvalid(() -> converters.frameTimeMillis(frame));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1}, ", "[{\"a\":1}]]", "x{\"a\":1}   ", "[]           1"})
    void refusesBrokenLists(String text) {
        assertInvalid(() -> converted(Buffer.buffer(text), "json"));
    }

    private Buffer converted(Buffer frame, String output) {
        return converters
                .conversion("x", "holo", output)
                .orElseThrow()
                .convert(frame)
                .bytes();
    }
}
