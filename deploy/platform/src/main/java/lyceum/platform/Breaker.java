package lyceum.platform;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spares those who ask a contract that nobody answers the wait: after some questions in a row that were not answered at all it
 * is open, and whoever asks is refused at once; after a pause one question is let through to try, and an answer closes it. A
 * failure that a service tells is an answer. Used by several threads.
 *
 * <p>A question counts only if nothing was heard since it was asked: where one of two instances dies, what had been asked of it
 * fails in one go, and says nothing about the other one, which has answered meanwhile.
 */
final class Breaker {

    /** In a row; one may be lost with an instance that is stopped, and one more by chance. */
    static final int UNANSWERED = 5;

    static final Duration PAUSE = Duration.ofSeconds(1);

    private final long trialNanos;
    private final LongSupplier nanos;

    private int unanswered;
    private boolean isOpen;
    private long heardNanos;
    private long nextTrialNanos;

    /**
     * @param trialLimit after which another question is let through where the one before has not come to an end
     * @param nanos tells the time
     */
    Breaker(Duration trialLimit, LongSupplier nanos) {
        this.trialNanos = trialLimit.toNanos();
        this.nanos = nanos;
        this.heardNanos = nanos.getAsLong();
    }

    /** @return whether a question may be asked now */
    synchronized boolean lets() {
        if (!isOpen) {
            return true;
        }
        long now = nanos.getAsLong();
        if (now - nextTrialNanos < 0) {
            return false;
        }
        nextTrialNanos = now + trialNanos;
        return true;
    }

    /** Somebody has answered, or shown that it works on an answer. */
    synchronized void heard() {
        unanswered = 0;
        isOpen = false;
        heardNanos = nanos.getAsLong();
    }

    /** @param askedNanos when the question was asked that was not answered */
    synchronized void missed(long askedNanos) {
        if (askedNanos - heardNanos < 0) {
            return;
        }
        unanswered++;
        if (unanswered >= UNANSWERED) {
            isOpen = true;
            nextTrialNanos = nanos.getAsLong() + PAUSE.toNanos();
        }
    }

    synchronized boolean isOpen() {
        return isOpen;
    }

    long nowNanos() {
        return nanos.getAsLong();
    }
}
