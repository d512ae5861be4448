package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import lyceum.platform.Failure;

/** Looks through the chunks of a PNG file (ISO/IEC 15948, 5.3): length, type, data, checksum of type and data. */
final class PngFile {

    private static final int SIGNATURE_BYTES = 8;
    private static final int TYPE_BYTES = 4;
    private static final int FRAME_BYTES = Integer.BYTES + TYPE_BYTES + Integer.BYTES;
    private static final int END = 0x49454E44;

    private PngFile() {}

    /** Fails with INVALID where a chunk is broken or the last is missing. */
    static void requireWhole(byte[] file) {
        ByteBuffer chunks = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
        int type = 0;
        while (type != END) {
            type = next(chunks);
        }
    }

    /** @return the type of the chunk that was read */
    private static int next(ByteBuffer chunks) {
        if (chunks.remaining() < FRAME_BYTES) {
            throw broken();
        }
        int length = chunks.getInt();
        int content = chunks.position();
        int type = chunks.getInt();
        if (length < 0 || length > chunks.remaining() - Integer.BYTES) {
            throw broken();
        }
        CRC32 checksum = new CRC32();
        checksum.update(chunks.array(), content, TYPE_BYTES + length);
        chunks.position(content + TYPE_BYTES + length);
        if (chunks.getInt() != (int) checksum.getValue()) {
            throw broken();
        }
        return type;
    }

    private static Failure broken() {
        return Failure.invalid("PNG is cut off or damaged");
    }
}
