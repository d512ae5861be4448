package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Frames as a client writes them (RFC 6455, section 5.2). */
final class ClientFrames {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int FINAL = 0x80;
    private static final byte[] MASK = {0x12, (byte) 0xF4, 0x56, (byte) 0x80};

    private ClientFrames() {}

    static ByteBuf whole(int opcode, byte[] payload) {
        return frame(FINAL | opcode, payload);
    }

    /** @return one that is not the last of its message */
    static ByteBuf part(int opcode, byte[] payload) {
        return frame(opcode, payload);
    }

    /** @param first byte of the frame */
    static ByteBuf frame(int first, byte[] payload) {
        ByteBuf frame = head(first, payload.length);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ MASK[i & 3]);
        }
        return frame;
    }

    /** @return everything of a frame before its payload */
    static ByteBuf head(int first, long length) {
        ByteBuf head = Unpooled.buffer().writeByte(first);
        if (length < 126) {
            head.writeByte(0x80 | (int) length);
        } else if (length < 65_536) {
            head.writeByte(0x80 | 126).writeShort((int) length);
        } else {
            head.writeByte(0x80 | 127).writeLong(length);
        }
        return head.writeBytes(MASK);
    }

    /** @return bytes that are not all the same */
    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }
}
