package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import lyceum.platform.Loop;
import lyceum.stream.Delivery;

/**
 * Writes deliveries to a client that pulls: of each pair the header, then its bytes as one binary message, whose frames go
 * out as the parts come. Lives on one context.
 */
final class PullWriter {

    /** Shorter ones are put together, because a frame for each would cost more than to copy them. */
    private static final int LEAST_FRAME_BYTES = 16 * 1024;

    private static final Buffer NOTHING = Buffer.buffer();

    private final FrameWriter frames;
    private final PullTalk.Manner manner;
    private final Queue<PullPair> pairs = new ArrayDeque<>();

    private boolean isInPair;
    private boolean isBegun;
    private long left;
    private long sentPairs;
    private long acknowledged;
    private boolean isOver;
    private Promise<Void> acknowledgement;
    private Future<Void> written = Future.succeededFuture();

    PullWriter(FrameWriter frames, PullTalk.Manner manner) {
        this.frames = frames;
        this.manner = manner;
    }

    /** The client has said something; once for each pair, and it may be ahead. */
    void acknowledge() {
        acknowledged++;
        goOn();
    }

    /** The client says nothing any more. */
    void end() {
        isOver = true;
        acknowledged = Long.MAX_VALUE;
        goOn();
    }

    private void goOn() {
        if (acknowledgement != null && acknowledged >= sentPairs) {
            Promise<Void> awaited = acknowledgement;
            acknowledgement = null;
            awaited.complete();
        }
    }

    /** @return done when the network has taken the part, and the client has acknowledged the pairs that end with it */
    Future<Void> write(Delivery part) {
        if (!isOver && !manner.isAcked() && isWhole(part)) {
            return frames.write(part, manner.isOneByOne());
        }
        if (!part.items().isEmpty()) {
            pairs.addAll(PullPair.of(part.items(), manner.isOneByOne()));
        }
        Chunks chunks = new Chunks(part.bytes());
        return Loop.whileTrue(() -> writeNext(chunks)).compose(all -> written);
    }

    /** A part that tells of entries is the first one. */
    private static boolean isWhole(Delivery part) {
        return !part.items().isEmpty() && !part.more();
    }

    /** @return whether there is more to write now */
    private Future<Boolean> writeNext(Chunks chunks) {
        if (isOver) {
            return Future.failedFuture("the client is gone");
        }
        if (manner.isAcked() && acknowledged < sentPairs) {
            acknowledgement = Promise.promise();
            return written.compose(taken -> awaited()).map(true);
        }
        if (!isInPair) {
            if (pairs.isEmpty()) {
                return Future.succeededFuture(false);
            }
            beginPair(pairs.remove());
        }
        if (left > 0 && chunks.isEmpty()) {
            return Future.succeededFuture(false);
        }
        writeFrame(left == 0 ? NOTHING : chunks.next(left));
        return Future.succeededFuture(true);
    }

    private Future<Void> awaited() {
        return acknowledgement == null ? Future.succeededFuture() : acknowledgement.future();
    }

    private void beginPair(PullPair pair) {
        isInPair = true;
        isBegun = false;
        left = pair.bytes();
        frames.begin(pair.header());
    }

    private void writeFrame(Buffer bytes) {
        left -= bytes.length();
        boolean isLast = left == 0;
        written = frames.write(bytes, !isBegun, isLast);
        isBegun = true;
        if (isLast) {
            isInPair = false;
            sentPairs++;
        }
    }

    /** The bytes of a part, as few long runs. */
    private static final class Chunks {

        private final Iterator<Buffer> payloads;
        private Buffer present = NOTHING;

        Chunks(List<Buffer> payloads) {
            this.payloads = payloads.iterator();
            advance();
        }

        private void advance() {
            while (present.length() == 0 && payloads.hasNext()) {
                present = payloads.next();
            }
        }

        boolean isEmpty() {
            return present.length() == 0;
        }

        /** @return some bytes, at most so many, and one at least */
        Buffer next(long most) {
            Buffer first = take(most);
            if (first.length() >= LEAST_FRAME_BYTES || first.length() == most || isEmpty()) {
                return first;
            }
            Buffer joined = Buffer.buffer(LEAST_FRAME_BYTES).appendBuffer(first);
            while (joined.length() < most && !isEmpty() && present.length() < LEAST_FRAME_BYTES) {
                joined.appendBuffer(take(most - joined.length()));
            }
            return joined;
        }

        private Buffer take(long most) {
            Buffer taken = present;
            if (taken.length() > most) {
                taken = present.slice(0, (int) most);
                present = present.slice((int) most, present.length());
            } else {
                present = NOTHING;
                advance();
            }
            return taken;
        }
    }
}
