package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import lyceum.sandbox.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {

    @Test
    void keepsAllThatFits() {
        Transcript transcript = transcript(4, 3);

        write(transcript, "abc".getBytes(StandardCharsets.UTF_8), 1);
        write(transcript, "defg".getBytes(StandardCharsets.UTF_8), 4);

        assertThat(transcript.output().bytes()).hasToString("abcdefg");
        assertThat(transcript.output().truncated()).isFalse();
        assertThat(transcript.output().written()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000_000})
    void saysHowMuchIsMissingBetweenHeadAndTail(int pieceBytes) {
        Transcript transcript = transcript(4, 3);

        write(transcript, ("abcd" + "x".repeat(500_000) + "efg").getBytes(StandardCharsets.UTF_8), pieceBytes);

        assertThat(transcript.output().bytes()).hasToString("abcd\n[500000 bytes of output are missing here]\nefg");
        assertThat(transcript.output().truncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "한", "🙂"})
    void neverSpoilsACharacter(String character) {
        int bytes = character.getBytes(StandardCharsets.UTF_8).length;
        for (int headBytes = 8; headBytes < 8 + bytes; headBytes++) {
            for (int tailBytes = 8; tailBytes < 8 + bytes; tailBytes++) {
                Transcript transcript = transcript(headBytes, tailBytes);

                write(transcript, character.repeat(100).getBytes(StandardCharsets.UTF_8), 7);

                int kept = headBytes / bytes + tailBytes / bytes;
                String line = "\n[%d bytes of output are missing here]\n".formatted((100 - kept) * bytes);
                assertThat(transcript.output().bytes())
                        .hasToString(character.repeat(headBytes / bytes) + line + character.repeat(tailBytes / bytes));
            }
        }
    }

    @Test
    void keepsBytesThatAreNoCharacters() {
        Transcript transcript = transcript(3, 3);

        write(transcript, new byte[] {-1, -2, -1, 65, 66, -1, -2, -1}, 8);

        assertThat(transcript.output().bytes().getBytes())
                .startsWith(-1, -2, -1)
                .endsWith(-1, -2, -1);
    }

    private static Transcript transcript(int headBytes, int tailBytes) {
        Duration time = Duration.ofSeconds(1);
        return new Transcript(new Limits(time, time, 1, 1, 1, headBytes, tailBytes, -1));
    }

    private static void write(Transcript transcript, byte[] bytes, int pieceBytes) {
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            int end = Math.min(bytes.length, at + pieceBytes);
            transcript.write(Buffer.buffer(Arrays.copyOfRange(bytes, at, end)));
        }
    }
}
