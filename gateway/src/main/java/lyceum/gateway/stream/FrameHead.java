package lyceum.gateway.stream;

/**
 * What stands before the bytes of a client's frame, and what is wrong with it (RFC 6455, section 5.2). There is one for all
 * frames of a connection, each in the place of the last: frames may be short and many, and a head costs no object.
 */
final class FrameHead {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int LONGEST_BYTES = 14;
    private static final int LONGEST_CONTROL_BYTES = 125;

    private final byte[] bytes = new byte[LONGEST_BYTES];
    private int filled;
    private boolean isFinal;
    private int opcode;
    private long payloadBytes;
    private int mask;

    /** @return whether the next head is there as a whole; else it goes on with what comes */
    boolean read(ArrivedBytes arrived) {
        int missing = size() - filled;
        while (missing > 0) {
            int now = arrived.available(missing);
            if (now == 0) {
                return false;
            }
            arrived.read(bytes, filled, now);
            filled += now;
            missing = size() - filled;
        }
        filled = 0;
        understand();
        return true;
    }

    /** @return how long the head is, as far as one can tell */
    private int size() {
        return filled < 2 ? 2 : 2 + lengthBytes() + (isMasked() ? Integer.BYTES : 0);
    }

    /** @return how many bytes the length has beside the seven bits that each head has */
    private int lengthBytes() {
        int length = bytes[1] & 0x7F;
        return length == 127 ? Long.BYTES : length == 126 ? Short.BYTES : 0;
    }

    private boolean isMasked() {
        return bytes[1] < 0;
    }

    private void understand() {
        isFinal = bytes[0] < 0;
        opcode = bytes[0] & 0x0F;
        int lengthBytes = lengthBytes();
        payloadBytes = lengthBytes == 0 ? bytes[1] & 0x7F : number(2, lengthBytes);
        mask = (int) number(2 + lengthBytes, Integer.BYTES);
    }

    private long number(int from, int length) {
        long number = 0;
        for (int i = from; i < from + length; i++) {
            number = number << Byte.SIZE | bytes[i] & 0xFF;
        }
        return number;
    }

    /** @return whether it is the last frame of its message */
    boolean isFinal() {
        return isFinal;
    }

    int opcode() {
        return opcode;
    }

    /** @return whether the frame is no part of a message, and may stand in the middle of one */
    boolean isControl() {
        return opcode >= CLOSE;
    }

    /** @return how long the frame is behind its head; a number only where there is no {@link #fault} */
    long payloadBytes() {
        return payloadBytes;
    }

    /** @return what the bytes behind the head are masked with, the first byte of it in the highest bits */
    int mask() {
        return mask;
    }

    /**
     * @param isInMessage whether there is a message that is not over
     * @return what is wrong, for the client to read; null for nothing
     */
    String fault(boolean isInMessage) {
        if ((bytes[0] & 0x70) != 0) {
            return "no extension was negotiated";
        }
        if (!isMasked()) {
            return "frames of a client are masked";
        }
        int lengthBytes = lengthBytes();
        if (payloadBytes < 0
                || lengthBytes == Short.BYTES && payloadBytes < 126
                || lengthBytes == Long.BYTES && payloadBytes < 65_536) {
            return "the length of a frame is written wrongly";
        }
        return switch (opcode) {
            case CONTINUATION -> isInMessage ? null : "there is nothing to continue";
            case TEXT, BINARY -> isInMessage ? "the last message is not over" : null;
            case CLOSE, PING, PONG ->
                !isFinal || payloadBytes > LONGEST_CONTROL_BYTES || opcode == CLOSE && payloadBytes == 1
                        ? "a control frame is whole and short"
                        : null;
            default -> "the frame is of no known kind";
        };
    }
}
