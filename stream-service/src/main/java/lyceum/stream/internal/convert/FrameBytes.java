package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lyceum.platform.Failure;

/** Reads a frame from its first byte to its last; fails with INVALID where it ends too early. Little-endian. */
final class FrameBytes {

    /** Rows and columns of a pose. */
    private static final int POSE = 4;

    private final ByteBuffer bytes;

    FrameBytes(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    int unsignedByte() {
        return Byte.toUnsignedInt(take(Byte.BYTES, "header").get());
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(take(Integer.BYTES, "header").getInt());
    }

    /** @return it, or INVALID where it does not fit into 63 bits */
    long unsignedLong() {
        long value = take(Long.BYTES, "header").getLong();
        if (value < 0) {
            throw Failure.invalid("frame has a time that cannot be");
        }
        return value;
    }

    /**
     * @param lengthBytes as the frame declares it, not negative
     * @param part what it is, for the failure
     * @return a view of the next bytes
     */
    ByteBuffer take(long lengthBytes, String part) {
        if (lengthBytes > bytes.remaining()) {
            throw Failure.invalid("frame ends within its " + part);
        }
        ByteBuffer taken = bytes.slice(bytes.position(), (int) lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) lengthBytes);
        return taken;
    }

    /** @return all that is left */
    ByteBuffer rest() {
        return take(bytes.remaining(), "rest");
    }

    static byte[] copied(ByteBuffer bytes) {
        byte[] copied = new byte[bytes.remaining()];
        bytes.duplicate().get(copied);
        return copied;
    }

    /** @return where a camera or the device stood: 4 x 4, stored by columns */
    Member pose(String part) {
        return Floats.read(take(POSE * POSE * Float.BYTES, part), POSE).transposed();
    }

    Member number(String part) {
        float value = take(Float.BYTES, part).getFloat();
        return out -> Floats.writeNumber(out, value);
    }
}
