package lyceum.sandbox.internal;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

/**
 * What a nursery and we say to each other; {@code cell/wire.py} lists the kinds.
 *
 * @param kind a letter
 * @param cell its number
 */
record Frame(char kind, int cell, Buffer payload) {

    private static final int LENGTH_BYTES = 4;
    private static final int HEAD_BYTES = 5;

    Frame(char kind, int cell) {
        this(kind, cell, Buffer.buffer());
    }

    /** @return its bytes: length of the rest, kind, cell, payload */
    Buffer encode() {
        return Buffer.buffer(LENGTH_BYTES + HEAD_BYTES + payload.length())
                .appendInt(HEAD_BYTES + payload.length())
                .appendByte((byte) kind)
                .appendInt(cell)
                .appendBuffer(payload);
    }

    /** Cuts what arrives into frames. */
    static final class Cutter implements Handler<Buffer> {

        private final Handler<Frame> taker;
        private Buffer rest = Buffer.buffer();

        Cutter(Handler<Frame> taker) {
            this.taker = taker;
        }

        @Override
        public void handle(Buffer piece) {
            Buffer data = rest.length() == 0 ? piece : rest.appendBuffer(piece);
            int at = 0;
            while (data.length() - at >= LENGTH_BYTES && data.length() - at - LENGTH_BYTES >= data.getInt(at)) {
                int end = at + LENGTH_BYTES + data.getInt(at);
                char kind = (char) data.getByte(at + LENGTH_BYTES);
                int cell = data.getInt(at + LENGTH_BYTES + 1);
                taker.handle(new Frame(kind, cell, data.getBuffer(at + LENGTH_BYTES + HEAD_BYTES, end)));
                at = end;
            }
            rest = at == 0 && rest.length() > 0 ? data : data.getBuffer(at, data.length());
        }
    }
}
