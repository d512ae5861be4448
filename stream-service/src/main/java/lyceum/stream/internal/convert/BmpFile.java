package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import lyceum.platform.Failure;

/**
 * Looks at the header of a BMP file (BITMAPFILEHEADER and BITMAPINFOHEADER or a later one). ImageIO makes room for what it
 * declares, follows it to profiles in other files, and to JPEG and PNG within: so the samples must be there, as they are.
 */
final class BmpFile {

    private static final int SAMPLES_AT = 10;
    private static final int HEADER_AT = 14;
    private static final int WIDTH_AT = 18;
    private static final int HEIGHT_AT = 22;
    private static final int BITS_AT = 28;
    private static final int COMPRESSION_AT = 30;
    private static final int COLOUR_SPACE_AT = 70;

    private static final int SMALLEST_HEADER = 40;
    private static final int LARGEST_HEADER = 124;
    private static final Set<Integer> HEADERS = Set.of(SMALLEST_HEADER, 52, 56, 108, LARGEST_HEADER);
    private static final Set<Integer> BITS = Set.of(1, 4, 8, 16, 24, 32);

    /** BI_RGB, and BI_BITFIELDS, which tells where in a pixel the colours are. */
    private static final Set<Integer> PLAIN = Set.of(0, 3);

    /** PROFILE_LINKED and PROFILE_EMBEDDED. */
    private static final Set<Integer> PROFILES = Set.of(0x4C494E4B, 0x4D424544);

    private BmpFile() {}

    /** Fails with INVALID where samples are missing, or are no plain ones. */
    static void requireWhole(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < HEADER_AT + SMALLEST_HEADER || !HEADERS.contains(bytes.getInt(HEADER_AT))) {
            throw broken();
        }
        int headerEnd = HEADER_AT + bytes.getInt(HEADER_AT);
        int bits = bytes.getShort(BITS_AT);
        long samples = bytes.getInt(SAMPLES_AT);
        long width = bytes.getInt(WIDTH_AT);
        // Below 0 where the first row is the upper one.
        long height = Math.abs((long) bytes.getInt(HEIGHT_AT));
        if (!BITS.contains(bits) || samples < headerEnd || samples > file.length || width < 1 || height < 1) {
            throw broken();
        }
        if (!PLAIN.contains(bytes.getInt(COMPRESSION_AT))
                || headerEnd == HEADER_AT + LARGEST_HEADER && PROFILES.contains(bytes.getInt(COLOUR_SPACE_AT))) {
            throw Failure.invalid("BMP is compressed, or has a profile of colours");
        }
        long rowBytes = (width * bits + Integer.SIZE - 1) / Integer.SIZE * Integer.BYTES;
        if (height > (file.length - samples) / rowBytes) {
            throw broken();
        }
    }

    private static Failure broken() {
        return Failure.invalid("BMP is cut off or damaged");
    }
}
