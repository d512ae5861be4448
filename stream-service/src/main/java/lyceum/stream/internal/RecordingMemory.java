package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Entries that wait to be written, by their bytes. Who reads takes a share before it reads, so that nobody reads what
 * there is no room for. Lives on one context.
 */
final class RecordingMemory {

    /** So many may read at once. */
    private static final int SHARES = 8;

    private final long limit;
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private long held;
    private long gathered;

    RecordingMemory(long limit) {
        this.limit = limit;
    }

    /** @return once there is room for a share, which is to be given back */
    Future<Void> takeShare() {
        if (waiting.isEmpty() && hasRoom()) {
            held += share();
            return Future.succeededFuture();
        }
        Promise<Void> turn = Promise.promise();
        waiting.add(turn);
        return turn.future();
    }

    void giveBackShare() {
        giveBack(share());
    }

    private long share() {
        return Math.max(1, limit / SHARES);
    }

    private boolean hasRoom() {
        return held == 0 || held + share() <= limit;
    }

    /** Holds what was read, which may be more than a share where one entry is. */
    void hold(long bytes) {
        held += bytes;
        gathered += bytes;
    }

    /** What was gathered is on its way to be written. */
    void handOver(long bytes) {
        gathered -= bytes;
    }

    void giveBack(long bytes) {
        held -= bytes;
        while (!waiting.isEmpty() && hasRoom()) {
            held += share();
            waiting.remove().complete();
        }
    }

    /** @return whether so much is gathered that some must be written early: what is not on its way frees no room */
    boolean isCrowded() {
        return gathered > limit / 2;
    }

    long held() {
        return held;
    }
}
