package lyceum.media.internal;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the header of a WebM file of ours says (RFC 9559): ffmpeg writes its length there, exactly, but prints it to
 * hundredths of a second only.
 */
final class WebmHeader {

    /** Enough for what ffmpeg writes before the first cluster. */
    static final int BYTES = 4_096;

    private static final int SEGMENT = 0x18538067;
    private static final int INFO = 0x1549A966;
    private static final int DURATION = 0x4489;
    /** ffmpeg counts in milliseconds. */
    private static final double MICROS_PER_TICK = 1_000;

    private final Buffer bytes;
    private int position;

    private WebmHeader(Buffer bytes) {
        this.bytes = bytes;
    }

    /** @param firstBytes {@link #BYTES} of them, or all. @return the length in microseconds, as ffmpeg reads it */
    static OptionalLong durationMicros(Buffer firstBytes) {
        try {
            WebmHeader header = new WebmHeader(firstBytes);
            return header.find(SEGMENT)
                    .flatMap(segment -> header.find(INFO))
                    .flatMap(info -> header.find(DURATION))
                    .map(size -> OptionalLong.of((long) (header.floating(size) * MICROS_PER_TICK)))
                    .orElse(OptionalLong.empty());
        } catch (IndexOutOfBoundsException e) {
            return OptionalLong.empty();
        }
    }

    /** Goes into the next element of this kind, over all others on its level. @return its size */
    private Optional<Integer> find(int wanted) {
        while (position < bytes.length()) {
            int id = (int) number(false);
            long size = number(true);
            if (id == wanted) {
                return Optional.of((int) size);
            }
            position = Math.addExact(position, Math.toIntExact(Math.min(size, bytes.length())));
        }
        return Optional.empty();
    }

    /** The leading zeros of the first byte tell how many follow; an id keeps the mark behind them, a size does not. */
    private long number(boolean isSize) {
        int first = bytes.getUnsignedByte(position);
        int length = Integer.numberOfLeadingZeros(first) - (Integer.SIZE - Byte.SIZE) + 1;
        long value = isSize ? first & (0xFF >> length) : first;
        for (int i = 1; i < length; i++) {
            value = value << Byte.SIZE | bytes.getUnsignedByte(position + i);
        }
        position += length;
        return value;
    }

    private double floating(int size) {
        return size == Double.BYTES ? bytes.getDouble(position) : bytes.getFloat(position);
    }
}
