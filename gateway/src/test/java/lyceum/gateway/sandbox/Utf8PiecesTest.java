package lyceum.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8PiecesTest {

    private final Utf8Pieces pieces = new Utf8Pieces();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 100})
    void putsTogetherWhatIsCutAnywhere(int length) {
        String text = "a é € 🙂 \0 z 🙂";
        Buffer bytes = Buffer.buffer(text);
        StringBuilder heard = new StringBuilder();

        for (int start = 0; start < bytes.length(); start += length) {
            heard.append(pieces.add(bytes.getBuffer(start, Math.min(bytes.length(), start + length))));
        }

        assertThat(heard.append(pieces.end())).hasToString(text);
    }

    @Test
    void saysWhatIsWholeAtOnce() {
        assertThat(pieces.add(Buffer.buffer(new byte[] {'a', (byte) 0xE2, (byte) 0x82})))
                .isEqualTo("a");
        assertThat(pieces.add(Buffer.buffer(new byte[] {(byte) 0xAC, 'b'}))).isEqualTo("€b");
        assertThat(pieces.end()).isEmpty();
    }

    @Test
    void replacesWhatIsNoCharacter() {
        assertThat(pieces.add(Buffer.buffer(new byte[] {(byte) 0xFF, 'a', (byte) 0xC3})))
                .isEqualTo("\uFFFDa");
        assertThat(pieces.add(Buffer.buffer("b"))).isEqualTo("\uFFFDb");
    }

    @Test
    void replacesACharacterThatNeverEnds() {
        assertThat(pieces.add(Buffer.buffer(new byte[] {(byte) 0xF0, (byte) 0x9F})))
                .isEmpty();
        assertThat(pieces.end()).isEqualTo("\uFFFD");
    }
}
