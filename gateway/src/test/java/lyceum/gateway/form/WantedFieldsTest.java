package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fields that somebody wants. */
class WantedFieldsTest {

    private final ShortText text = ShortText.cutBeyond(10);
    private final ShortText file = ShortText.cutBeyond(10);
    private final WantedFields fields = new WantedFields(Map.of("text", text), Map.of("file", file));

    @Test
    void givesEachFieldItsSink() {
        assertThat(fields.field("text", false)).isSameAs(text);
        assertThat(fields.field("file", true)).isSameAs(file);
        assertThat(fields.hasCome("text")).isTrue();
        assertThat(fields.isFile("text")).isFalse();
        assertThat(fields.isFile("file")).isTrue();
    }

    @Test
    void ignoresFieldsThatNobodyWants() {
        assertThat(fields.field("other", false)).isSameAs(FieldSink.IGNORED);
        assertThat(fields.field("", true)).isSameAs(FieldSink.IGNORED);
        assertThat(fields.hasCome("other")).isFalse();
    }

    @Test
    void takesTheFirstValueOfARepeatedName() {
        fields.field("text", false);

        assertThat(fields.field("text", false)).isSameAs(FieldSink.IGNORED);
        assertThat(fields.field("text", true)).isSameAs(FieldSink.IGNORED);
        assertThat(fields.isFile("text")).isFalse();
    }

    @Test
    void noticesWhatCameInTheWrongShape() {
        assertThat(fields.field("file", false)).isSameAs(FieldSink.IGNORED);
        assertThat(fields.field("text", true)).isSameAs(FieldSink.IGNORED);
        assertThat(fields.hasCome("file")).isTrue();
        assertThat(fields.isFile("file")).isFalse();
        assertThat(fields.isFile("text")).isTrue();
    }

    @Test
    void hasNothingBeforeAnythingComes() {
        assertThat(fields.hasCome("text")).isFalse();
        assertThat(fields.isFile("text")).isFalse();
    }
}
