package lyceum.gateway.rtmp;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The simple handshake (RTMP 1.0, section 5.2), on the side of the server. That of Flash with its digests is not needed. */
final class Handshake {

    private static final int VERSION = 3;
    private static final int BLOCK_BYTES = 1536;
    private static final int RANDOM_BYTES = BLOCK_BYTES - 8;

    private Buffer held = Buffer.buffer();
    private boolean isAnswered;
    private boolean isDone;

    /** @return whether what comes next are chunks */
    boolean isDone() {
        return isDone;
    }

    /**
     * Takes what comes.
     *
     * @return what is to be sent now; empty for nothing
     */
    Optional<Buffer> feed(Buffer bytes) {
        held.appendBuffer(bytes);
        if (held.getUnsignedByte(0) != VERSION && !isAnswered) {
            throw new RtmpFault("RTMP of version %d".formatted(held.getUnsignedByte(0)));
        }
        Optional<Buffer> answer = Optional.empty();
        if (!isAnswered && held.length() >= 1 + BLOCK_BYTES) {
            answer = Optional.of(answer(held.getBuffer(1, 1 + BLOCK_BYTES)));
            held = held.getBuffer(1 + BLOCK_BYTES, held.length());
            isAnswered = true;
        }
        if (isAnswered && held.length() >= BLOCK_BYTES) {
            held = held.getBuffer(BLOCK_BYTES, held.length());
            isDone = true;
        }
        return answer;
    }

    /** @return what came behind the handshake */
    Buffer rest() {
        return held;
    }

    private static Buffer answer(Buffer theirs) {
        byte[] random = new byte[RANDOM_BYTES];
        RandomGenerator.getDefault().nextBytes(random);
        return Buffer.buffer()
                .appendByte((byte) VERSION)
                .appendInt(0)
                .appendInt(0)
                .appendBytes(random)
                .appendBuffer(theirs);
    }
}
