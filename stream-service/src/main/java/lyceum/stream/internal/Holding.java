package lyceum.stream.internal;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** What one answer holds, from its first page that is read to its last part that is fetched. Lives on one context. */
final class Holding implements RangeReads.Gate {

    private final Budget budget;
    private final ReadTurns turns;
    private long bytes;

    /** @param budget of which the bytes are taken */
    Holding(Budget budget, ReadTurns turns) {
        this.budget = budget;
        this.turns = turns;
    }

    @Override
    public <T> Future<T> pass(Supplier<Future<T>> page) {
        return turns.read(page);
    }

    /** Takes more; fails with BUSY where there are not so many, INVALID where there never will be. */
    @Override
    public void take(long more) {
        if (bytes + more > budget.limit()) {
            throw Answers.tooMuch(budget.limit());
        }
        budget.take(more);
        bytes += more;
    }

    void giveBack(long some) {
        bytes -= some;
        budget.giveBack(some);
    }

    /** Gives back all. */
    void end() {
        giveBack(bytes);
    }
}
