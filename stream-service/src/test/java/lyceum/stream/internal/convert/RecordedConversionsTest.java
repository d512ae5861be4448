package lyceum.stream.internal.convert;

import static lyceum.stream.internal.convert.Failing.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original answered; where it failed, we refuse, but for a few that we can convert. */
class RecordedConversionsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** The contract, 3.6, footnotes 1 and 2: what a new server may convert. */
    private static final Set<String> BETTER = Set.of(
            "/data/x:v3_gll?output=json&input=holo",
            "/data/x:v3_glf?output=json&input=holo",
            "/data/x:v1_gll?output=json&input=holo",
            "/data/x:v1_glf?output=json&input=holo",
            "/data/x:hand?output=json&input=holo",
            "/data/hand?output=json",
            "/data/x:eye?output=json&input=holo",
            "/data/x:list_long?output=json&input=holo");

    /** Red and blue exchanged and colours mixed up, which no client relies on. */
    private static final String NV12 = "output-nv12";

    private final Converters converters = new Converters(TestLimits.USUAL);

    static Stream<RecordedStep> answered() {
        List<RecordedStep> steps = RecordedStep.conversions().stream()
                .filter(step -> !step.refused() && !step.name().equals(NV12))
                .toList();
        assertThat(steps).hasSizeGreaterThan(90);
        return steps.stream();
    }

    static Stream<RecordedStep> refused() {
        List<RecordedStep> steps = RecordedStep.conversions().stream()
                .filter(step -> step.refused() && !BETTER.contains(step.path()))
                .toList();
        assertThat(steps).hasSizeGreaterThan(55);
        return steps.stream();
    }

    @ParameterizedTest
    @MethodSource("answered")
    void convertsAsRecorded(RecordedStep step) throws IOException {
        Converted converted = convert(step);
        Likeness like =
                step.parameter("output").equals("jpg") || step.decodesJpeg() ? Likeness.OF_JPEG : Likeness.EXACT;
        byte[] bytes = converted.bytes().getBytes();
        JsonNode image = step.answer("body_image");
        JsonNode json = step.answer("body_json");
        JsonNode floats = step.answer("body_floats_le");

        if (!image.isMissingNode()) {
            like.assertPicture(image, bytes);
            assertThat(converted.contentType())
                    .isEqualTo("image/" + image.get("format").asText().toLowerCase());
        } else if (!json.isMissingNode()) {
            like.assertLike(json, JSON.readTree(bytes));
            assertThat(converted.contentType()).isEqualTo("application/json");
        } else if (!floats.isMissingNode()) {
            like.assertFloats(floats, bytes);
            assertThat(converted.contentType()).isEqualTo("application/octet-stream");
        } else {
            assertThat(bytes)
                    .isEqualTo(RecordedStep.base64(step.answer("body_b64")).getBytes());
            assertThat(converted.contentType()).isEqualTo("application/octet-stream");
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatFailed(RecordedStep step) {
        assertInvalid(() -> convert(step));
    }

    private Converted convert(RecordedStep step) {
        return converters
                .conversion(step.stream(), step.parameter("input"), step.parameter("output"))
                .orElseThrow()
                .convert(step.entry());
    }
}
