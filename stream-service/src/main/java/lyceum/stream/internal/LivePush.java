package lyceum.stream.internal;

import io.vertx.core.Future;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService.Stored;

/**
 * One connection that pushes: it keeps the order of its frames, and counts what is unanswered. Lives on one context.
 */
final class LivePush {

    private static final Stored NOTHING = new Stored(List.of(), List.of());

    private final Appender appender;
    private final Budget budget;
    private final int messageBytes;
    private final boolean idsFromFrames;

    private Gathering gathering;
    private long next;
    private int unansweredMessages;
    private long unansweredBytes;
    private int unansweredEntries;
    private Throwable broken;

    /**
     * @param budget holds the bytes of a message until it is whole
     * @param messageBytes longest message
     */
    LivePush(Appender appender, Budget budget, int messageBytes, boolean idsFromFrames) {
        this.appender = appender;
        this.budget = budget;
        this.messageBytes = messageBytes;
        this.idsFromFrames = idsFromFrames;
        this.gathering = new Gathering(messageBytes, budget);
    }

    /** @return as {@code PushSession.pushFrame} */
    Future<Stored> push(PushFrame frame) {
        if (broken != null) {
            return Future.failedFuture(broken);
        }
        return Future.succeededFuture().compose(begun -> take(frame)).onFailure(this::breakOff);
    }

    private Future<Stored> take(PushFrame frame) {
        if (frame.number() != next) {
            throw new Failure(Kind.CONFLICT, "frame %d came where %d is next".formatted(frame.number(), next));
        }
        next++;
        gathering.add(frame);
        if (unansweredMessages > 0 && isBeyondWindow()) {
            throw new Failure(Kind.BUSY, "too much is unanswered");
        }
        return frame.more() ? Future.succeededFuture(NOTHING) : append();
    }

    /**
     * Frames that wait for the rest of their message are answered; so there are as many unanswered ones as messages.
     */
    private boolean isBeyondWindow() {
        return unansweredMessages == PushSession.WINDOW_FRAMES
                || unansweredBytes + gathering.expectedBytes() > PushSession.WINDOW_BYTES
                || unansweredEntries + gathering.entries() > PushSession.WINDOW_ENTRIES;
    }

    private Future<Stored> append() {
        Message message = gathering.finish(idsFromFrames);
        gathering = new Gathering(messageBytes, budget);
        count(message, 1);
        return appender.append(message).onComplete(stored -> count(message, -1));
    }

    private void count(Message message, int sign) {
        unansweredMessages += sign;
        unansweredBytes += sign * message.bytes();
        unansweredEntries += sign * message.parts().size();
    }

    private void breakOff(Throwable error) {
        broken = error;
        gathering.drop();
    }

    /** Gives back what it holds; what was taken whole is stored. */
    void end() {
        breakOff(Failure.notFound("no such session (any more)"));
    }
}
