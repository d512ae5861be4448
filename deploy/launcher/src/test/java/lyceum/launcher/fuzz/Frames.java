package lyceum.launcher.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Frames of WebSockets (RFC 6455, section 5.2) as a client sends them, and such as none may send. */
final class Frames {

    static final int TEXT = 1;
    static final int BINARY = 2;

    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int DEFECT = 1011;

    private final Values values;

    Frames(Values values) {
        this.values = values;
    }

    /** @return a frame that is as it should be */
    static byte[] frame(int opcode, byte[] payload) {
        return frame(FINAL | opcode, MASKED, payload.length, payload);
    }

    /** @param message that is told, perhaps in a way that nobody may */
    byte[] spoilt(byte[] message) {
        return switch (values.below(16)) {
            case 0 -> frame(FINAL | TEXT, 0, message.length, message);
            case 1 -> frame(FINAL | (3 + values.below(5)), MASKED, message.length, message);
            case 2 -> frame(FINAL | (11 + values.below(5)), MASKED, message.length, message);
            case 3 -> frame(FINAL | (0x70 & values.below(256)) | TEXT, MASKED, message.length, message);
            case 4 -> frame(FINAL | TEXT, MASKED, Long.MAX_VALUE, message);
            case 5 -> frame(FINAL | TEXT, MASKED, -1, message);
            case 6 -> frame(FINAL | CONTINUATION, MASKED, message.length, message);
            case 7 -> joined(frame(TEXT, MASKED, message.length, message), frame(TEXT, message));
            case 8 -> frame(FINAL | PING, MASKED, 300, values.bytes(300));
            case 9 -> frame(PING, MASKED, 5, values.bytes(5));
            case 10 -> frame(FINAL | CLOSE, MASKED, 1, values.bytes(1));
            case 11 -> frame(CLOSE, values.bytes(2 + values.below(120)));
            case 12 -> frame(TEXT, values.bytes(1 + values.below(200)));
            case 13 -> frame(BINARY, message);
            case 14 -> {
                byte[] whole = frame(TEXT, message);
                yield Arrays.copyOf(whole, values.below(whole.length));
            }
            default -> frame(values.once(2) ? PONG : TEXT, values.bytes(values.once(9) ? 400_000 : 100));
        };
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] frame(int first, int mask, long length, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (length >= 0 && length < SHORT_LENGTH) {
            frame.write(mask | (int) length);
        } else if (length >= 0 && length <= 0xffff) {
            frame.write(mask | SHORT_LENGTH);
            frame.write((int) length >> 8);
            frame.write((int) length);
        } else {
            frame.write(mask | LONG_LENGTH);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) (length >> shift));
            }
        }
        if (mask != 0) {
            // A mask of zeros changes nothing.
            frame.write(new byte[4], 0, 4);
        }
        frame.write(payload, 0, payload.length);
        return frame.toByteArray();
    }

    /** @return the upgrade to a WebSocket at a path */
    static byte[] handshake(String target, Optional<String> token) {
        String head = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + token.map(text -> "Authorization: Bearer " + text + "\r\n").orElse("")
                + "\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** @return whether a server has closed because of a fault of its own */
    static boolean tellDefect(byte[] heard) {
        for (int i = 0; i + 3 < heard.length; i++) {
            boolean isClose = (heard[i] & 0xff) == (FINAL | CLOSE) && heard[i + 1] >= 2 && heard[i + 1] < SHORT_LENGTH;
            if (isClose && ((heard[i + 2] & 0xff) << 8 | heard[i + 3] & 0xff) == DEFECT) {
                return i + 2 + heard[i + 1] == heard.length;
            }
        }
        return false;
    }
}
