package lyceum.gateway.frame;

import io.netty.buffer.ByteBuf;

/** Writes what stands before the bytes of an unmasked frame. */
public final class ServerFrameHead {

    /** Opcode of a frame that goes on with a message. */
    public static final int CONTINUATION = 0;

    /** Opcode of text. */
    public static final int TEXT = 1;

    /** Opcode of bytes. */
    public static final int BINARY = 2;

    /** Bytes of the longest one. */
    public static final int MOST_BYTES = 10;

    private static final int FINAL = 0x80;
    private static final int SHORT = 125;
    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LENGTH_OF_64_BITS = 127;

    private ServerFrameHead() {}

    /** @param isFinal whether the frame is the last one of its message */
    public static void write(ByteBuf frames, boolean isFinal, int opcode, int length) {
        frames.writeByte(isFinal ? FINAL | opcode : opcode);
        if (length <= SHORT) {
            frames.writeByte(length);
        } else if (length <= 0xFFFF) {
            frames.writeByte(LENGTH_OF_16_BITS).writeShort(length);
        } else {
            frames.writeByte(LENGTH_OF_64_BITS).writeLong(length);
        }
    }
}
