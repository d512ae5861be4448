package lyceum.stream.internal;

import io.vertx.core.Future;
import lyceum.stream.Delivery;
import lyceum.stream.PullSession.Kind;
import lyceum.stream.PullSession.PullEvent;

/** What is left of an answer that is too long for one message. */
final class Remainder implements Pull {

    private final Answer answer;
    private final Runnable taken;

    /** @param taken told behind the last part */
    Remainder(Answer answer, Runnable taken) {
        this.answer = answer;
        this.taken = taken;
    }

    @Override
    public Future<PullEvent> read() {
        Delivery next = answer.take();
        if (!next.more()) {
            taken.run();
        }
        return Future.succeededFuture(new PullEvent(Kind.DELIVERED, next));
    }

    @Override
    public void end(PullEvent last) {
        answer.end();
    }
}
