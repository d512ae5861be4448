package lyceum.sandbox.judge0;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello        | hello~       | true",
                "hello~~~     | hello        | true",
                "a  ~b\t~     | a~b          | true",
                "``           | ~ ~          | true",
                "a~~b         | a~~b~        | true",
                "a~~b         | a~b          | false",
                "` a`         | a            | false",
                "a~ b         | a~b          | false",
                "a            | A            | false",
                "a b          | a  b         | false",
                "a            | ``           | false"
            })
    void looksAwayFromWhiteSpaceAtEndsOnly(String expected, String output, boolean agree) {
        assertThat(Comparison.agree(lines(expected), lines(output))).isEqualTo(agree);
    }

    @Test
    void looksAwayFromNulAndCarriageReturnsAtEnds() {
        assertThat(Comparison.agree(Buffer.buffer("a\nb"), Buffer.buffer("a\r\nb\0\u000B\f\r\n\0")))
                .isTrue();
    }

    @Test
    void comparesBytesThatAreNoText() {
        assertThat(Comparison.agree(bytes(0xC3, '\n'), bytes(0xC3))).isTrue();
        assertThat(Comparison.agree(bytes(0xC3), bytes(0xC4))).isFalse();
    }

    private static Buffer lines(String text) {
        return Buffer.buffer(text.replace('~', '\n'));
    }

    private static Buffer bytes(int... bytes) {
        Buffer buffer = Buffer.buffer();
        for (int each : bytes) {
            buffer.appendByte((byte) each);
        }
        return buffer;
    }
}
