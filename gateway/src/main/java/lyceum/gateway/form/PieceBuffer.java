package lyceum.gateway.form;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Makes pieces of one length out of stretches of any length. */
public final class PieceBuffer {

    private static final int FIRST_BYTES = 4 * 1024;

    private final int pieceBytes;
    private final Consumer<Buffer> next;
    private byte[] bytes;
    private int length;

    /** @param next takes each piece */
    public PieceBuffer(int pieceBytes, Consumer<Buffer> next) {
        this.pieceBytes = pieceBytes;
        this.next = next;
        this.bytes = new byte[Math.min(FIRST_BYTES, pieceBytes)];
    }

    /** Takes a stretch; what makes a piece whole is handed on before this returns. */
    public void write(byte[] more, int from, int to) {
        int position = from;
        while (position < to) {
            int count = Math.min(to - position, pieceBytes - length);
            makeRoom(count);
            System.arraycopy(more, position, bytes, length, count);
            length += count;
            position += count;
            if (length == pieceBytes) {
                flush();
            }
        }
    }

    /** Hands on what has come since the last piece, if anything. */
    public void flush() {
        if (length > 0) {
            next.accept(Buffer.buffer(Arrays.copyOf(bytes, length)));
            length = 0;
        }
    }

    private void makeRoom(int count) {
        if (length + count > bytes.length) {
            int doubled = Math.max(length + count, 2 * bytes.length);
            bytes = Arrays.copyOf(bytes, Math.min(pieceBytes, doubled));
        }
    }
}
