package lyceum.gateway.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import lyceum.gateway.frame.ServerFrameHead;

/** Frames of text as a server sends them (RFC 6455, section 5.2): whole, unmasked, one behind the other. */
final class TextFrames {

    private TextFrames() {}

    /** @return the frames, one for each message, ready for the network */
    static ByteBuf of(List<String> messages) {
        int[] lengths = messages.stream().mapToInt(ByteBufUtil::utf8Bytes).toArray();
        int capacity = ServerFrameHead.MOST_BYTES * lengths.length;
        for (int length : lengths) {
            capacity += length;
        }
        ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer(capacity);
        for (int i = 0; i < lengths.length; i++) {
            ServerFrameHead.write(frames, true, ServerFrameHead.TEXT, lengths[i]);
            ByteBufUtil.writeUtf8(frames, messages.get(i));
        }
        return frames;
    }
}
