package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import lyceum.platform.Failure;

/**
 * Looks through the blocks of a GIF file (GIF89a specification, appendix A) up to the end of its first picture. ImageIO
 * would join the pieces of each remark on its way, in a time that grows with their square: so remarks are left out.
 */
final class GifFile {

    private static final int SCREEN_END = 13;
    private static final int EXTENSION = 0x21;
    private static final int PICTURE = 0x2C;
    private static final int TRAILER = 0x3B;
    private static final int DESCRIPTOR_BYTES = 9;
    private static final int HAS_COLOURS = 0x80;
    private static final int COLOURS = 0x07;
    private static final int COLOUR_BYTES = 3;

    /** Of a code, which is as many bits as an index of a colour may have. */
    private static final int MOST_CODE_BITS = 8;

    private final ByteBuffer bytes;

    private GifFile(byte[] file) {
        bytes = ByteBuffer.wrap(file);
    }

    /** @return a file of the first picture only; INVALID where it is broken or there is none */
    static byte[] firstPicture(byte[] file) {
        return new GifFile(file).firstPicture();
    }

    private byte[] firstPicture() {
        skip(SCREEN_END);
        skipColours(bytes.get(SCREEN_END - COLOUR_BYTES));
        int screenEnd = bytes.position();
        int block = nextByte();
        while (block == EXTENSION) {
            skip(1);
            skipPieces();
            block = nextByte();
        }
        if (block != PICTURE) {
            throw broken();
        }
        int begin = bytes.position() - 1;
        skip(DESCRIPTOR_BYTES);
        skipColours(bytes.get(bytes.position() - 1));
        if (nextByte() > MOST_CODE_BITS) {
            throw broken();
        }
        skipPieces();
        int end = bytes.position();
        return ByteBuffer.allocate(screenEnd + end - begin + 1)
                .put(bytes.array(), 0, screenEnd)
                .put(bytes.array(), begin, end - begin)
                .put((byte) TRAILER)
                .array();
    }

    private void skipColours(byte flags) {
        if ((flags & HAS_COLOURS) != 0) {
            skip(COLOUR_BYTES << (flags & COLOURS) + 1);
        }
    }

    private void skipPieces() {
        int length = nextByte();
        while (length > 0) {
            skip(length);
            length = nextByte();
        }
    }

    private int nextByte() {
        skip(1);
        return Byte.toUnsignedInt(bytes.get(bytes.position() - 1));
    }

    private void skip(int length) {
        if (length > bytes.remaining()) {
            throw broken();
        }
        bytes.position(bytes.position() + length);
    }

    private static Failure broken() {
        return Failure.invalid("GIF is cut off or damaged");
    }
}
