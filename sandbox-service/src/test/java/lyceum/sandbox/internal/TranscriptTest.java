package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.sandbox.SandboxService.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {

    private final AtomicInteger complaints = new AtomicInteger();

    @Test
    void keepsAllThatFits() {
        Transcript transcript = transcript(4, 3, 0);

        write(transcript, "abc".getBytes(StandardCharsets.UTF_8), 1);
        write(transcript, "defg".getBytes(StandardCharsets.UTF_8), 4);

        assertThat(transcript.text()).hasToString("abcdefg");
        assertThat(transcript.truncated()).isFalse();
        assertThat(transcript.written()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000_000})
    void saysHowMuchIsMissingBetweenHeadAndTail(int pieceBytes) {
        Transcript transcript = transcript(4, 3, 0);

        write(transcript, ("abcd" + "x".repeat(500_000) + "efg").getBytes(StandardCharsets.UTF_8), pieceBytes);

        assertThat(transcript.text()).hasToString("abcd\n[500000 bytes of output are missing here]\nefg");
        assertThat(transcript.truncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "한", "🙂"})
    void neverSpoilsACharacter(String character) {
        int bytes = character.getBytes(StandardCharsets.UTF_8).length;
        for (int headBytes = 8; headBytes < 8 + bytes; headBytes++) {
            for (int tailBytes = 8; tailBytes < 8 + bytes; tailBytes++) {
                Transcript transcript = transcript(headBytes, tailBytes, 0);

                write(transcript, character.repeat(100).getBytes(StandardCharsets.UTF_8), 7);

                int kept = headBytes / bytes + tailBytes / bytes;
                String line = "\n[%d bytes of output are missing here]\n".formatted((100 - kept) * bytes);
                assertThat(transcript.text())
                        .hasToString(character.repeat(headBytes / bytes) + line + character.repeat(tailBytes / bytes));
            }
        }
    }

    @Test
    void keepsBytesThatAreNoCharacters() {
        Transcript transcript = transcript(3, 3, 0);

        write(transcript, new byte[] {-1, -2, -1, 65, 66, -1, -2, -1}, 8);

        assertThat(transcript.text().getBytes()).startsWith(-1, -2, -1).endsWith(-1, -2, -1);
    }

    @Test
    void complainsOnceWhenMoreIsWrittenThanMayBe() {
        Transcript transcript = transcript(4, 4, 10);

        write(transcript, new byte[10], 1);
        assertThat(complaints).hasValue(0);
        write(transcript, new byte[5], 1);

        assertThat(complaints).hasValue(1);
        assertThat(transcript.overflowed()).isTrue();
    }

    private Transcript transcript(int headBytes, int tailBytes, long stopBytes) {
        Duration time = Duration.ofSeconds(1);
        return new Transcript(
                new Limits(time, time, 1, 1, 1, headBytes, tailBytes, stopBytes), complaints::incrementAndGet);
    }

    private static void write(Transcript transcript, byte[] bytes, int pieceBytes) {
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            int length = Math.min(pieceBytes, bytes.length - at);
            byte[] piece = new byte[pieceBytes];
            System.arraycopy(bytes, at, piece, 0, length);
            transcript.write(piece, length);
        }
    }
}
