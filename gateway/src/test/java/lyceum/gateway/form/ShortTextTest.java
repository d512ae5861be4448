package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are short enough for the memory. */
class ShortTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "한", "🙂"})
    void keepsEnoughOfALongTextToSeeThatItIsTooLong(String character) {
        for (int length : new int[] {127, 128, 129, 130, 1_000}) {
            ShortText text = ShortText.cutBeyond(128);
            write(text, character.repeat(length));

            int kept = text.text().codePointCount(0, text.text().length());
            assertThat(kept > 128).isEqualTo(length > 128);
            assertThat(text.utf8()).hasSizeLessThanOrEqualTo(4 * 129);
        }
    }

    @Test
    void isEmptyBeforeAnythingComes() {
        assertThat(ShortText.cutBeyond(3).text()).isEmpty();
        assertThat(ShortText.refusedBeyond(3).utf8()).isEmpty();
    }

    @Test
    void keepsAWholeTextUpToItsLimit() {
        ShortText text = ShortText.refusedBeyond(5);
        write(text, "abc");
        write(text, "de");
        text.end();

        assertThat(text.text()).isEqualTo("abcde");
    }

    @Test
    void refusesATextBeyondItsLimitAtItsEnd() {
        ShortText text = ShortText.refusedBeyond(5);
        write(text, "abc");
        write(text, "def");

        assertThatThrownBy(text::end)
                .isInstanceOf(FormTooLarge.class)
                .hasMessage("Maximum request body size 5 exceeded, actual body size 6");
        assertThat(text.utf8()).hasSize(5);
    }

    private static void write(ShortText text, String more) {
        byte[] bytes = more.getBytes(StandardCharsets.UTF_8);
        text.write(bytes, 0, bytes.length);
    }
}
