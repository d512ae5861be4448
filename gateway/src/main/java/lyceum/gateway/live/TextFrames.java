package lyceum.gateway.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;

/** Frames of text as a server sends them (RFC 6455, section 5.2): whole, unmasked, one behind the other. */
final class TextFrames {

    private static final int FINAL_TEXT = 0x81;
    private static final int SHORT = 125;
    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LENGTH_OF_64_BITS = 127;
    private static final int LONGEST_HEAD = 10;

    private TextFrames() {}

    /** @return the frames, one for each message, ready for the network */
    static ByteBuf of(List<String> messages) {
        int[] lengths = messages.stream().mapToInt(ByteBufUtil::utf8Bytes).toArray();
        int capacity = LONGEST_HEAD * lengths.length;
        for (int length : lengths) {
            capacity += length;
        }
        ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer(capacity);
        for (int i = 0; i < lengths.length; i++) {
            writeHead(frames, lengths[i]);
            ByteBufUtil.writeUtf8(frames, messages.get(i));
        }
        return frames;
    }

    private static void writeHead(ByteBuf frames, int length) {
        frames.writeByte(FINAL_TEXT);
        if (length <= SHORT) {
            frames.writeByte(length);
        } else if (length <= 0xFFFF) {
            frames.writeByte(LENGTH_OF_16_BITS).writeShort(length);
        } else {
            frames.writeByte(LENGTH_OF_64_BITS).writeLong(length);
        }
    }
}
