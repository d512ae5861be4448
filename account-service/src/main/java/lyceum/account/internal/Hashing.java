package lyceum.account.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.function.Supplier;

/** Computes hashes of passwords on a few threads of its own: no event loop waits, and no other blocking work. */
final class Hashing {

    private final HashCost cost;
    private final WorkerExecutor threads;
    private final Turns turns;
    private final PasswordHash ofNobody;

    /**
     * @param cost of new hashes
     * @param atOnce hashes that are computed at once
     * @param mostWaiting works that may wait for their turn
     */
    Hashing(Vertx vertx, HashCost cost, int atOnce, int mostWaiting) {
        this.cost = cost;
        this.threads = vertx.createSharedWorkerExecutor("lyceum-account", atOnce);
        this.turns = new Turns(vertx, atOnce, mostWaiting);
        this.ofNobody = PasswordHash.ofNobody(cost);
    }

    Turns turns() {
        return turns;
    }

    /** @return what a work returns that needs hashes, one at a time, when it had its turn; or BUSY where too many wait */
    <T> Future<T> inTurn(Supplier<Future<T>> work) {
        return turns.take(work);
    }

    /** Only within {@link #inTurn}. */
    Future<PasswordHash> hash(Password password) {
        return threads.executeBlocking(() -> PasswordHash.of(password, cost), false);
    }

    /** Only within {@link #inTurn}. */
    Future<Boolean> matches(PasswordHash expected, Password password) {
        return threads.executeBlocking(() -> expected.isOf(password), false);
    }

    /** @return what passwords for names that nobody has are compared with, so that they cost the same */
    PasswordHash ofNobody() {
        return ofNobody;
    }

    /** @return whether a hash has the cost of new ones */
    boolean isCurrent(PasswordHash hash) {
        return hash.cost().equals(cost);
    }
}
