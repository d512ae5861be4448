package lyceum.stream.internal.export;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import lyceum.platform.Failure;
import lyceum.stream.internal.convert.SoundPiece;

/**
 * Pieces of sound as one file: RIFF WAVE, PCM s16le (Microsoft, "Multimedia Programming Interface and Data Specifications
 * 1.0"). Gaps between pieces are silent, as in the original, which fills at most two seconds of each (contract, 4.4).
 *
 * <p>How long it is stands before all samples, and is not known before the last one. So the pieces are gone through twice:
 * {@link #measure} each of them, then {@link #write} each of them.
 */
final class WavFile {

    private static final int HEADER_BYTES = 44;
    private static final int FORMAT_BYTES = 16;
    private static final int PCM = 1;
    private static final int SAMPLE_BYTES = 2;
    private static final long LONGEST_GAP_SECONDS = 2;

    /** Sizes are written in 32 bits, and many programs take them for signed. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private int sampleRateHertz;
    private int channels;
    private long position = -1;
    private long samples;

    /** Counts a piece; fails with INVALID where it does not go with the others, or all become too long. */
    void measure(SoundPiece piece) {
        if (channels == 0) {
            sampleRateHertz = piece.sampleRateHertz();
            channels = piece.channels();
        }
        if (piece.channels() != channels || piece.sampleRateHertz() != sampleRateHertz) {
            throw Failure.invalid("the sound has another rate or number of channels than at its beginning");
        }
        long more = gap(piece) + piece.length();
        if (bytes(samples + more) > MOST_BYTES) {
            throw Failure.invalid("the sound is too long for a file");
        }
        samples += more;
        position = piece.position() + piece.length();
    }

    private long gap(SoundPiece piece) {
        long gap = position < 0 ? 0 : piece.position() - position;
        return Math.max(0, Math.min(gap, LONGEST_GAP_SECONDS * sampleRateHertz));
    }

    private long bytes(long length) {
        return HEADER_BYTES + length * channels * SAMPLE_BYTES;
    }

    /** All have been measured. @return what stands before the samples */
    Buffer header() {
        position = -1;
        int frameBytes = channels * SAMPLE_BYTES;
        int dataBytes = (int) (samples * frameBytes);
        return Buffer.buffer(HEADER_BYTES)
                .appendBytes(ascii("RIFF"))
                .appendIntLE(HEADER_BYTES - 8 + dataBytes)
                .appendBytes(ascii("WAVE"))
                .appendBytes(ascii("fmt "))
                .appendIntLE(FORMAT_BYTES)
                .appendShortLE((short) PCM)
                .appendShortLE((short) channels)
                .appendIntLE(sampleRateHertz)
                .appendIntLE(sampleRateHertz * frameBytes)
                .appendShortLE((short) frameBytes)
                .appendShortLE((short) (SAMPLE_BYTES * Byte.SIZE))
                .appendBytes(ascii("data"))
                .appendIntLE(dataBytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** @return the samples of a piece, with the silence before it */
    Buffer write(SoundPiece piece) {
        int silence = (int) gap(piece) * channels * SAMPLE_BYTES;
        position = piece.position() + piece.length();
        Buffer bytes =
                Buffer.buffer(silence + piece.samples().length * SAMPLE_BYTES).appendBytes(new byte[silence]);
        for (float sample : piece.samples()) {
            float bounded = Math.max(-1, Math.min(1, Float.isNaN(sample) ? 0 : sample));
            bytes.appendShortLE((short) Math.round(bounded * Short.MAX_VALUE));
        }
        return bytes;
    }
}
