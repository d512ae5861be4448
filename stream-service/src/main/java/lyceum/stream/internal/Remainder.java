package lyceum.stream.internal;

import io.vertx.core.Future;
import lyceum.stream.Delivery;
import lyceum.stream.PullSession.Kind;
import lyceum.stream.PullSession.PullEvent;

/** What is left of an answer that is too long for one message. */
final class Remainder implements Pull {

    private final Parts parts;
    private final Budget budget;
    private final Runnable taken;

    /**
     * @param budget of which the bytes have been taken
     * @param taken told behind the last part
     */
    Remainder(Parts parts, Budget budget, Runnable taken) {
        this.parts = parts;
        this.budget = budget;
        this.taken = taken;
    }

    @Override
    public Future<PullEvent> read() {
        Delivery next = parts.take();
        if (!next.more()) {
            taken.run();
        }
        return Future.succeededFuture(new PullEvent(Kind.DELIVERED, next));
    }

    @Override
    public void end(PullEvent last) {
        budget.giveBack(parts.bytes());
    }
}
