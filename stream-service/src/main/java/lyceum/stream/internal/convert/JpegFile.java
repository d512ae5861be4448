package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import lyceum.platform.Failure;

/**
 * Looks through the segments of a JPEG file (ITU-T T.81, B.1): a marker, mostly a length, and after a start of scan the
 * coded picture up to the next marker.
 */
final class JpegFile {

    /** No more are useful: one for each bit of each of the 3 components takes 30. Each costs a walk over all pixels. */
    static final int MOST_SCANS = 64;

    private static final int MARKER = 0xFF;
    private static final int TEMPORARY = 0x01;
    private static final int FIRST_RESTART = 0xD0;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int LENGTH_BYTES = 2;

    private final ByteBuffer bytes;
    private int scans;

    private JpegFile(byte[] file) {
        bytes = ByteBuffer.wrap(file);
    }

    /** Fails with INVALID where the end is missing or there are too many scans. */
    static void requireWhole(byte[] file) {
        JpegFile jpeg = new JpegFile(file);
        int marker = START_OF_IMAGE;
        while (marker != END_OF_IMAGE) {
            marker = jpeg.nextMarker();
            jpeg.skipSegment(marker);
        }
    }

    /** @return the next one; a byte of the coded picture that looks like one is followed by 0, and any may be filled */
    private int nextMarker() {
        boolean begun = false;
        int value = nextByte();
        while (!begun || value == 0 || value == MARKER) {
            begun = value == MARKER;
            value = nextByte();
        }
        return value;
    }

    private void skipSegment(int marker) {
        if (marker == START_OF_SCAN && ++scans > MOST_SCANS) {
            throw Failure.invalid("JPEG has more than " + MOST_SCANS + " scans");
        }
        boolean alone = marker == TEMPORARY || marker >= FIRST_RESTART && marker <= END_OF_IMAGE;
        if (!alone) {
            skip((nextByte() << Byte.SIZE | nextByte()) - LENGTH_BYTES);
        }
    }

    private int nextByte() {
        if (!bytes.hasRemaining()) {
            throw broken();
        }
        return Byte.toUnsignedInt(bytes.get());
    }

    private void skip(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw broken();
        }
        bytes.position(bytes.position() + length);
    }

    private static Failure broken() {
        return Failure.invalid("JPEG is cut off or damaged");
    }
}
