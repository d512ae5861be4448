package lyceum.gateway.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes behind the head of the present frame, as they arrive, with the client's mask taken off (RFC 6455, section 5.3).
 * That is done where they are copied to, eight at a time.
 */
final class FramePayload {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ArrivedBytes arrived;
    private int mask;
    private long position;
    private long left;

    FramePayload(ArrivedBytes arrived) {
        this.arrived = arrived;
    }

    /** The bytes of another frame come next. */
    void begin(FrameHead head) {
        mask = head.mask();
        position = 0;
        left = head.payloadBytes();
    }

    /** @return bytes that have been read or skipped */
    long position() {
        return position;
    }

    /** @return bytes that have not, whether they have arrived or not */
    long left() {
        return left;
    }

    /** @return how many of those that are left are there at once, maybe not all that have arrived; 0 where none have */
    int arrived() {
        return arrived.available(left);
    }

    /** @return how many bytes are now in the target, at most so many; 0 where none have arrived or none are left */
    int read(byte[] target, int from, int most) {
        int length = arrived.available(Math.min(left, most));
        if (length > 0) {
            arrived.read(target, from, length);
            unmask(target, from, length);
            advance(length);
        }
        return length;
    }

    /** @return how many bytes were passed over; 0 where none have arrived or none are left */
    int skip() {
        int length = arrived.available(left);
        if (length > 0) {
            arrived.skip(length);
            advance(length);
        }
        return length;
    }

    private void advance(int length) {
        position += length;
        left -= length;
    }

    private void unmask(byte[] target, int from, int length) {
        int phase = (int) (position & 3);
        int turned = Integer.rotateLeft(mask, Byte.SIZE * phase);
        long wide = (long) turned << Integer.SIZE | turned & 0xFFFF_FFFFL;
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            LONGS.set(target, at, (long) LONGS.get(target, at) ^ wide);
        }
        for (int i = 0; at < end; at++, i++) {
            target[at] ^= (byte) (turned >>> Integer.SIZE - Byte.SIZE * (i + 1));
        }
    }
}
