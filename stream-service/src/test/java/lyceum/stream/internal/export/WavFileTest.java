package lyceum.stream.internal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.internal.convert.SoundPiece;
import org.junit.jupiter.api.Test;

class WavFileTest {

    private final WavFile wav = new WavFile();

    private static SoundPiece piece(int rate, int channels, long position, float... samples) {
        return new SoundPiece(rate, channels, position, samples);
    }

    private Buffer file(SoundPiece... pieces) {
        for (SoundPiece piece : pieces) {
            wav.measure(piece);
        }
        Buffer file = wav.header();
        for (SoundPiece piece : pieces) {
            file.appendBuffer(wav.write(piece));
        }
        return file;
    }

    @Test
    void writesStereo() {
        Buffer file = file(piece(48_000, 2, 0, 0, 1, 0.5f, -1), piece(48_000, 2, 2, 0.25f, 0.25f));

        assertThat(file.length()).isEqualTo(44 + 12);
        assertThat(file.getShortLE(20)).isEqualTo((short) 1);
        assertThat(file.getShortLE(22)).isEqualTo((short) 2);
        assertThat(file.getIntLE(24)).isEqualTo(48_000);
        assertThat(file.getIntLE(28)).isEqualTo(4 * 48_000);
        assertThat(file.getShortLE(32)).isEqualTo((short) 4);
        assertThat(file.getShortLE(34)).isEqualTo((short) 16);
        assertThat(file.getIntLE(40)).isEqualTo(12);
        assertThat(file.getShortLE(46)).isEqualTo(Short.MAX_VALUE);
        assertThat(file.getShortLE(50)).isEqualTo((short) -Short.MAX_VALUE);
    }

    @Test
    void makesSilenceOfGapsUpToTwoSeconds() {
        assertThat(file(piece(10, 1, 5, 1), piece(10, 1, 9, 1), piece(10, 1, 1000, 1))
                        .length())
                .isEqualTo(44 + 2 * (1 + 3 + 1 + 20 + 1));
    }

    @Test
    void takesPiecesThatOverlapAsTheyAre() {
        assertThat(file(piece(10, 1, 5, 1, 1, 1), piece(10, 1, 6, 1)).length()).isEqualTo(44 + 2 * 4);
    }

    @Test
    void writesNumbersThatAreNoneAsSilence() {
        assertThat(file(piece(10, 1, 0, Float.NaN, Float.POSITIVE_INFINITY)).getShortLE(44))
                .isZero();
    }

    @Test
    void refusesPiecesThatDoNotGoTogether() {
        wav.measure(piece(10, 1, 0, 1));

        assertInvalid(piece(11, 1, 1, 1));
        assertInvalid(piece(10, 2, 1, 1, 1));
    }

    @Test
    void refusesWhatIsTooLongForAFile() {
        int rate = 600_000_000;
        wav.measure(piece(rate, 1, 0, 1));

        assertInvalid(piece(rate, 1, Long.MAX_VALUE / 2, 1));
        // What was refused does not count.
        wav.measure(piece(rate, 1, 1, 1));
        assertThat(wav.header().getIntLE(40)).isEqualTo(2 * 2);
    }

    private void assertInvalid(SoundPiece piece) {
        assertThatThrownBy(() -> wav.measure(piece))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }
}
