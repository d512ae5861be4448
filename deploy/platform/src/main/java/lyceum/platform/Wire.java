package lyceum.platform;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads and writes what stands between two nodes: runs of bytes, each behind its length as a 32-bit integer. */
final class Wire {

    private final Buffer wire;
    private int position;

    Wire(Buffer wire, int position) {
        this.wire = wire;
        this.position = position;
    }

    static void append(Buffer wire, Buffer bytes) {
        wire.appendInt(bytes.length()).appendBuffer(bytes);
    }

    static void appendText(Buffer wire, String text) {
        append(wire, Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    int number() {
        int number = wire.getInt(position);
        position += Integer.BYTES;
        return number;
    }

    Buffer bytes() {
        int length = number();
        // Else there would be memory for a length that is none.
        Objects.checkFromIndexSize(position, length, wire.length());
        Buffer bytes = wire.getBuffer(position, position + length);
        position += length;
        return bytes;
    }
}
