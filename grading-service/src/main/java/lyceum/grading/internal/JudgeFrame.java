package lyceum.grading.internal;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

/**
 * What a cell and we say to each other; {@code judge/lyceum_judge/channel.py} lists the kinds.
 *
 * @param kind a letter
 */
record JudgeFrame(char kind, Buffer payload) {

    /** As in {@code channel.py}; who sends more is not one of ours. */
    static final int MOST_BYTES = 8 << 20;

    private static final int LENGTH_BYTES = 4;
    private static final int HEAD_BYTES = 5;

    JudgeFrame(char kind) {
        this(kind, Buffer.buffer());
    }

    /** @return its bytes: length of the payload, kind, payload */
    Buffer encode() {
        return Buffer.buffer(HEAD_BYTES + payload.length())
                .appendInt(payload.length())
                .appendByte((byte) kind)
                .appendBuffer(payload);
    }

    /** Cuts what arrives into frames. */
    static final class Cutter {

        private final Handler<JudgeFrame> taker;
        private Buffer rest = Buffer.buffer();

        Cutter(Handler<JudgeFrame> taker) {
            this.taker = taker;
        }

        /** @return whether it makes sense */
        boolean take(Buffer piece) {
            Buffer data = rest.length() == 0 ? piece : rest.appendBuffer(piece);
            int at = 0;
            while (data.length() - at >= HEAD_BYTES) {
                int length = data.getInt(at);
                if (length < 0 || length > MOST_BYTES) {
                    return false;
                }
                int end = at + HEAD_BYTES + length;
                if (data.length() < end) {
                    break;
                }
                taker.handle(
                        new JudgeFrame((char) data.getByte(at + LENGTH_BYTES), data.getBuffer(at + HEAD_BYTES, end)));
                at = end;
            }
            rest = at == 0 && rest.length() > 0 ? data : data.getBuffer(at, data.length());
            return true;
        }
    }
}
