package lyceum.stream.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * The tail of a recorded stream while entries come. It is left when the stream has been silent for long: an instance follows
 * a limited number of streams, and a recording has thousands that say nothing. Lives on one context.
 */
final class FollowedTail {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final Tailer tailer;
    private final String stream;
    private final Runnable news;

    private Tail tail;
    private boolean isJoining;
    private boolean isEnded;
    private long lastNewsNanos = System.nanoTime();

    /** @param news told once after each {@link #await} */
    FollowedTail(Tailer tailer, String stream, Runnable news) {
        this.tailer = tailer;
        this.stream = stream;
        this.news = news;
    }

    /** @return done when the tail is there; BUSY where too many are followed */
    Future<Void> join() {
        isJoining = true;
        return tailer.follow(stream)
                .onComplete(followed -> isJoining = false)
                .onSuccess(this::take)
                .mapEmpty();
    }

    private void take(Tail followed) {
        if (isEnded) {
            tailer.leave(followed);
        } else {
            tail = followed;
            lastNewsNanos = System.nanoTime();
        }
    }

    void leave() {
        if (tail != null) {
            tail.stopWaiting(news);
            tailer.leave(tail);
            tail = null;
        }
    }

    /** Leaves for good: a tail that comes later is left at once. */
    void end() {
        isEnded = true;
        leave();
    }

    boolean isJoining() {
        return isJoining;
    }

    boolean isJoined() {
        return tail != null;
    }

    /** @return whether it is joined, and tells nothing any more */
    boolean isBroken() {
        return tail != null && tail.isBroken();
    }

    /** @return whether it is joined, and has nothing behind an id */
    boolean isReadUpTo(EntryId id) {
        return tail != null && !tail.last().isAfter(id);
    }

    /** @return whether it is joined, and begins behind an id: what is between is in Redis, if anywhere */
    boolean beginsAfter(EntryId id) {
        return tail != null && tail.ring().floor().isAfter(id);
    }

    /** @return whether it is to be left by one who has read up to an id */
    boolean isOfNoUse(EntryId readUpTo) {
        return isBroken() || isLongSilent() && isReadUpTo(readUpTo);
    }

    private boolean isLongSilent() {
        return System.nanoTime() - lastNewsNanos > LONGEST_SILENCE.toNanos();
    }

    /** The stream is not silent. */
    void heard() {
        lastNewsNanos = System.nanoTime();
    }

    /** @return behind which id it has entries; only while joined */
    EntryId floor() {
        return tail.ring().floor();
    }

    /** @return at most so many entries behind an id that is not below the floor; only while joined */
    List<Entry> after(EntryId id, int count) {
        return List.copyOf(tail.ring().after(id, count));
    }

    /** Has news told, when there is some; only while joined. */
    void await() {
        tail.await(news);
    }
}
