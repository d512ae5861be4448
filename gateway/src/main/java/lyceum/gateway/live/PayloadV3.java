package lyceum.gateway.live;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/**
 * A body of an old client (Engine.IO 3, "Payload") in its binary form, {@code 00|01 digits ff packet …}, lengths in bytes.
 * The engine reads the form of text only, {@code length:packet…}, lengths in characters.
 */
final class PayloadV3 {

    private static final byte TEXT = 0;
    private static final byte BINARY = 1;
    private static final byte END_OF_LENGTH = (byte) 0xFF;
    private static final int MOST_DIGITS = 9;

    private PayloadV3() {}

    /** @return the same as text; fails with IllegalArgumentException where it is none */
    static Buffer asText(Buffer payload) {
        StringBuilder text = new StringBuilder(payload.length());
        int at = 0;
        while (at < payload.length()) {
            byte kind = payload.getByte(at++);
            int length = 0;
            int digits = 0;
            for (byte digit = byteAt(payload, at++); digit != END_OF_LENGTH; digit = byteAt(payload, at++)) {
                if (digit < 0 || digit > 9 || ++digits > MOST_DIGITS) {
                    throw new IllegalArgumentException("not a length");
                }
                length = 10 * length + digit;
            }
            if (length == 0 || length > payload.length() - at) {
                throw new IllegalArgumentException("not that long");
            }
            String packet = packet(kind, payload.getBytes(at, at + length));
            text.append(packet.length()).append(':').append(packet);
            at += length;
        }
        return Buffer.buffer(text.toString());
    }

    private static byte byteAt(Buffer payload, int at) {
        if (at >= payload.length()) {
            throw new IllegalArgumentException("not a whole packet");
        }
        return payload.getByte(at);
    }

    private static String packet(byte kind, byte[] bytes) {
        if (kind == TEXT) {
            return StrictUtf8.text(bytes);
        }
        if (kind != BINARY || bytes[0] < 0 || bytes[0] > 9) {
            throw new IllegalArgumentException("not a kind");
        }
        byte[] data = new byte[bytes.length - 1];
        System.arraycopy(bytes, 1, data, 0, data.length);
        return "b" + bytes[0] + Base64.getEncoder().encodeToString(data);
    }
}
