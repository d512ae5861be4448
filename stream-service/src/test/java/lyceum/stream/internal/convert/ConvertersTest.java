package lyceum.stream.internal.convert;

import static lyceum.stream.internal.convert.Failing.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of formats. */
class ConvertersTest {

    private static final Buffer ENTRY = Buffer.buffer("[1]");

    private final Converters converters = new Converters(TestLimits.USUAL);

    @Test
    void knowsItsInputs() {
        assertThat(converters.inputs())
                .containsExactly(
                        "accel",
                        "compressedimage",
                        "gyro",
                        "holo",
                        "jpeg",
                        "jpg",
                        "json",
                        "mag",
                        "ndarray",
                        "null",
                        "png",
                        "same");
    }

    @Test
    void knowsItsOutputs() {
        assertThat(converters.outputs())
                .containsExactly(
                        "glf", "gll", "grf", "grr", "image", "jpeg", "jpg", "json", "ndarray", "null", "nv12", "png",
                        "pv", "same");
    }

    @Test
    void refusesUnknownNamesAndSaysWhichThereAre() {
        assertInvalid(
                "input is none of accel, compressedimage, gyro, holo, jpeg, jpg, json, mag, ndarray, null, png, same",
                () -> converters.conversion("x", "bogus\n", "json"));
        assertInvalid(
                "output is none of glf, gll, grf, grr, image, jpeg, jpg, json, ndarray, null, nv12, png, pv, same",
                () -> converters.conversion("x", "json", "holo"));
    }

    @Test
    void takesNamesInUpperCase() {
        Conversion conversion = converters.conversion("x", "JSON", "Json").orElseThrow();

        assertThat(conversion.convert(ENTRY).bytes()).isEqualTo(ENTRY);
    }

    @Test
    void hasNothingToDoWithoutAnOutput() {
        assertThat(converters.conversion("x", "", "")).isEmpty();
        assertThat(converters.conversion("x", "bogus", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "gll",
                "glf",
                "grf",
                "grr",
                "gllCal",
                "glfCal",
                "grfCal",
                "grrCal",
                "depthlt",
                "depthltCal",
                "imuaccel",
                "imugyro",
                "imumag",
                "mic0",
                "hand",
                "eye"
            })
    void guessesFramesByTheNameOfTheStream(String stream) {
        Buffer frame = RecordedStep.frame("v3_accel");

        assertThat(converters
                        .conversion(stream, "", "json")
                        .orElseThrow()
                        .convert(frame)
                        .bytes())
                .hasToString("[[0.0,1.0,2.0],[3.0,4.0,5.0]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "Main", "depthahat", "rec:main", ""})
    void guessesNothingOfOtherStreams(String stream) {
        assertInvalid(
                "the name of the stream does not tell its format: input is needed",
                () -> converters.conversion(stream, "", "json"));
    }

    @Test
    void prefersTheInputThatIsSaid() {
        assertThat(converters
                        .conversion("main", "json", "json")
                        .orElseThrow()
                        .convert(ENTRY)
                        .bytes())
                .isEqualTo(ENTRY);
    }

    @Test
    void refusesLargerEntriesThanTheLimit() {
        Converters small = new Converters(new ConversionLimits(1, 2));
        Conversion conversion = small.conversion("x", "json", "null").orElseThrow();

        assertInvalid("entry of 3 bytes is above the limit of 2 bytes", () -> conversion.convert(ENTRY));
        assertInvalid("entry of 3 bytes is above the limit of 2 bytes", () -> small.frameTimeMillis(ENTRY));
        assertInvalid("entry of 3 bytes is above the limit of 2 bytes", () -> small.frameAsJson(ENTRY));
    }
}
