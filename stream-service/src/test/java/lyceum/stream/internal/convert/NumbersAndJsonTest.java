package lyceum.stream.internal.convert;

import static lyceum.stream.internal.convert.Failing.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that are JSON, numbers, or whatever they are. */
class NumbersAndJsonTest {

    private static final String IRREGULAR = "JSON that is no regular list of numbers cannot be converted to ndarray";
    private static final int MEBIBYTE = 1 << 20;

    private final Converters converters = new Converters(TestLimits.USUAL);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"a\" : [1, 2.50, null] } | {\"a\":[1,2.5,null]}",
                "\n[ ]\t| []",
                "\"\\u00e9\\u4e2d \\/ \\n\" | \"é中 / \\n\"",
                "\"\\ud83d\\ude00\" | \"😀\"",
                "-0 | 0",
                "12345678901234567890123 | 12345678901234567890123",
                "{\"a\":1,\"a\":2} | {\"a\":1,\"a\":2}",
                "1e2 | 100.0",
                "true | true"
            })
    void rewritesJsonWithoutWhiteSpace(String text, String rewritten) {
        assertThat(converted(Buffer.buffer(text), "json", "json")).hasToString(rewritten);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,2",
                "{\"a\":}",
                "{\"a\"}",
                "[1,]",
                "NaN",
                "[Infinity]",
                "1e400",
                "01",
                "'a'",
                "1 2",
                "[1]]",
                "// no\n1",
                "tru"
            })
    void refusesWhatIsNoJson(String text) {
        assertInvalid("entry is not JSON", () -> converted(Buffer.buffer(text), "json", "json"));
        assertInvalid("entry is not JSON", () -> converted(Buffer.buffer(text), "json", "null"));
    }

    @Test
    void refusesOtherEncodingsOfText() {
        assertInvalid(() -> converted(Buffer.buffer("[1]", "UTF-16"), "json", "json"));
        assertInvalid(() -> converted(Buffer.buffer(new byte[] {'"', (byte) 0xE9, '"'}), "json", "json"));
    }

    @Test
    void refusesListsInTooManyLists() {
        int depth = 100_000;
        Buffer text = Buffer.buffer("[".repeat(depth) + "]".repeat(depth));

        assertInvalid("entry is not JSON", () -> converted(text, "json", "json"));
        assertInvalid("entry is not JSON", () -> converted(text, "json", "ndarray"));
    }

    @Test
    void needsNoMoreRoomForManySmallValuesThanForTheirText() {
        Buffer text = Buffer.buffer("[" + "[],".repeat(MEBIBYTE) + "[]]");
        Conversion conversion = converters.conversion("x", "json", "json").orElseThrow();

        long allocated = Allocated.by(() -> conversion.convert(text));

        assertThat(allocated).isLessThan(16L * text.length());
    }

    @Test
    void takesLongNamesOfFields() {
        String name = "a".repeat(40_000);

        assertThat(converted(Buffer.buffer("{\"" + name + "\":1}"), "json", "json"))
                .hasToString("{\"" + name + "\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0, 1, 2] | [0.0,1.0,2.0]",
                "[[1, 2], [3, 4]] | [1.0,2.0,3.0,4.0]",
                "[[[1.5]], [[-2]]] | [1.5,-2.0]",
                "7 | [7.0]",
                "[] | []",
                "[[], []] | []",
                "[1e300] | [null]"
            })
    void makesNumbersOfRegularLists(String text, String numbers) {
        Buffer floats = converted(Buffer.buffer(text), "json", "ndarray");

        assertThat(converted(floats, "ndarray", "json")).hasToString(numbers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1, [2]]",
                "[[1], 2]",
                "[[], 1]",
                "[[1], []]",
                "[[1, 2], [3]]",
                "[[1], [[2]]]",
                "[null]",
                "[\"1\"]",
                "[true]",
                "{}",
                "[{\"a\":1}]",
                "null",
                "\"1\""
            })
    void makesNoNumbersOfAnythingElse(String text) {
        assertInvalid(IRREGULAR, () -> converted(Buffer.buffer(text), "json", "ndarray"));
    }

    @Test
    void writesWhatIsNotFiniteAsNull() {
        Buffer floats =
                Buffer.buffer().appendFloatLE(Float.NaN).appendFloatLE(0.1f).appendFloatLE(Float.NEGATIVE_INFINITY);

        assertThat(converted(floats, "gyro", "json")).hasToString("[null,0.1,null]");
    }

    @Test
    void keepsNumbersAsTheyAre() {
        Buffer floats = Buffer.buffer().appendFloatLE(Float.MIN_VALUE).appendFloatLE(-0f);

        assertThat(converted(floats, "mag", "ndarray")).isEqualTo(floats);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 11})
    void refusesBrokenNumbers(int length) {
        Buffer entry = Buffer.buffer(new byte[length]);

        assertInvalid("entry of " + length + " bytes is no list of float32", () -> converted(entry, "accel", "json"));
    }

    @ParameterizedTest
    @CsvSource({"same, ab", "null, ''"})
    void passesOnBytesOrNothing(String output, String bytes) {
        assertThat(converted(Buffer.buffer("ab"), "same", output)).hasToString(bytes);
    }

    @ParameterizedTest
    @CsvSource({"json, []", "ndarray, ''", "null, ''", "same, ''"})
    void makesOfNothingNothing(String output, String bytes) {
        assertThat(converted(Buffer.buffer("ab"), "null", output)).hasToString(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "same, json, an entry of raw bytes",
        "same, ndarray, an entry of raw bytes",
        "same, jpg, an entry of raw bytes",
        "null, png, nothing",
        "json, same, JSON",
        "json, jpg, JSON",
        "json, png, JSON",
        "json, nv12, JSON",
        "json, image, JSON",
        "ndarray, same, a list of numbers",
        "ndarray, jpg, a list of numbers",
        "ndarray, png, a list of numbers"
    })
    void refusesWhatCannotBe(String input, String output, String noun) {
        assertInvalid(
                noun + " cannot be converted to " + output, () -> converted(Buffer.buffer("1234"), input, output));
    }

    @Test
    void refusesResultsAboveTheLimit() {
        Converters small = new Converters(new ConversionLimits(1, 16));
        Buffer floats =
                Buffer.buffer().appendFloatLE(1.25f).appendFloatLE(1.25f).appendFloatLE(1.25f);
        String text = "the converted entry is above the limit of 16 bytes";

        assertInvalid(text, () -> converted(small, Buffer.buffer("[1,2,3,4,5]"), "json", "ndarray"));
        assertInvalid(text, () -> converted(small, Buffer.buffer("[1e5,1e5]"), "json", "json"));
        assertThat(converted(small, floats, "ndarray", "json")).hasToString("[1.25,1.25,1.25]");
        assertInvalid(text, () -> converted(small, floats.copy().appendFloatLE(1), "ndarray", "json"));
    }

    private Buffer converted(Buffer entry, String input, String output) {
        return converted(converters, entry, input, output);
    }

    private static Buffer converted(Converters converters, Buffer entry, String input, String output) {
        return converters
                .conversion("x", input, output)
                .orElseThrow()
                .convert(entry)
                .bytes();
    }
}
