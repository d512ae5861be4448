package lyceum.gateway.piston;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextStreamTest {

    private static final String TEXT = "aé€😀\0\n";

    private final TextStream stream = new TextStream();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 100})
    void joinsCharactersThatWereCut(int length) {
        Buffer bytes = Buffer.buffer(TEXT.repeat(3));
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < bytes.length(); from += length) {
            text.append(stream.take(bytes.getBuffer(from, Math.min(from + length, bytes.length()))));
        }

        assertThat(text + stream.end()).isEqualTo(TEXT.repeat(3));
    }

    @Test
    void keepsWhatIsNotWhole() {
        Buffer euro = Buffer.buffer("€");

        assertThat(stream.take(euro.getBuffer(0, 2))).isEmpty();
        assertThat(stream.take(euro.getBuffer(2, 3))).isEqualTo("€");
        assertThat(stream.end()).isEmpty();
    }

    @Test
    void marksWhatIsNoCharacter() {
        assertThat(stream.take(Buffer.buffer(new byte[] {'a', (byte) 0xFF, 'b'})))
                .isEqualTo("a\uFFFDb");
    }

    @Test
    void marksACharacterThatNeverBecameWhole() {
        assertThat(stream.take(Buffer.buffer("€").getBuffer(0, 2))).isEmpty();
        assertThat(stream.end()).isEqualTo("\uFFFD");
        assertThat(stream.end()).isEmpty();
    }
}
