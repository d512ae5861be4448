package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.util.function.BiConsumer;
import lyceum.sandbox.SandboxSession.Stream;

/**
 * Takes apart the stream in which an engine tells both outputs of a command: before each piece a head of eight bytes,
 * the output (0 and 1 standard, 2 error), three zeros, and the length of the piece, most significant byte first
 * (ContainerAttach, "Stream format"). Pieces are told as they come, not as they end.
 */
final class EngineFrames {

    private static final int HEAD_BYTES = 8;

    private final BiConsumer<Stream, Buffer> sink;

    private Buffer head = Buffer.buffer(HEAD_BYTES);
    private Stream stream;
    private long left;

    EngineFrames(BiConsumer<Stream, Buffer> sink) {
        this.sink = sink;
    }

    /** @throws IllegalStateException where that cannot be such a stream */
    void take(Buffer bytes) {
        int at = 0;
        while (at < bytes.length()) {
            at += left == 0 ? takeHead(bytes, at) : takePiece(bytes, at);
        }
    }

    private int takeHead(Buffer bytes, int at) {
        int length = Math.min(HEAD_BYTES - head.length(), bytes.length() - at);
        head.appendBuffer(bytes, at, length);
        if (head.length() == HEAD_BYTES) {
            stream = stream(head.getByte(0));
            left = head.getUnsignedInt(4);
            head = Buffer.buffer(HEAD_BYTES);
        }
        return length;
    }

    private int takePiece(Buffer bytes, int at) {
        int length = (int) Math.min(left, bytes.length() - at);
        sink.accept(stream, bytes.slice(at, at + length));
        left -= length;
        return length;
    }

    private static Stream stream(byte type) {
        return switch (type) {
            case 0, 1 -> Stream.STDOUT;
            case 2 -> Stream.STDERR;
            default -> throw new IllegalStateException("the engine's stream has an output " + type);
        };
    }
}
