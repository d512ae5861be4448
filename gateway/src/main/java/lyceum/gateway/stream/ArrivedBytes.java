package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has come of a client and has not been read yet, in the buffers that it came in: nothing is copied to join them, and
 * each is released once it is read.
 */
final class ArrivedBytes {

    private final Deque<ByteBuf> buffers = new ArrayDeque<>();

    /** Takes a buffer over, and releases it in time. */
    void add(ByteBuf buffer) {
        buffers.add(buffer);
    }

    /** @return how many bytes of so many are there at once; 0 for none, more than that may be in the buffers behind */
    int available(long wanted) {
        while (!buffers.isEmpty() && !buffers.peek().isReadable()) {
            buffers.remove().release();
        }
        return buffers.isEmpty() ? 0 : (int) Math.min(wanted, buffers.peek().readableBytes());
    }

    /** @param length at most what is {@link #available} */
    void read(byte[] target, int from, int length) {
        buffers.peek().readBytes(target, from, length);
    }

    /** @param length at most what is {@link #available} */
    void skip(int length) {
        buffers.peek().skipBytes(length);
    }

    /** Nothing of it will be read. */
    void release() {
        buffers.forEach(ByteBuf::release);
        buffers.clear();
    }
}
