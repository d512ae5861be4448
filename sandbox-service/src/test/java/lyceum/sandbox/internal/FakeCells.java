package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives out {@link FakeCell}s, and knows what became of them; can be asked by any thread. */
final class FakeCells implements Cells {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final List<String> begun = new CopyOnWriteArrayList<>();

    @Override
    public Future<Cell> open(Task task) {
        begun.add(task.id());
        if (task.program().command().equals(List.of("no cell"))) {
            throw new IllegalStateException("no cell");
        }
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        Promise<Cell> opened = Promise.promise();
        Vertx.currentContext().runOnContext(later -> opened.complete(new FakeCell(open::decrementAndGet)));
        return opened.future();
    }

    /** @return ids of runs in the order in which they got a cell */
    List<String> begun() {
        return begun;
    }

    /** @return how many are open now */
    int open() {
        return open.get();
    }

    /** @return how many were open at once */
    int mostOpen() {
        return mostOpen.get();
    }

    @Override
    public String text() {
        return "walls of air";
    }

    @Override
    public int ready() {
        return 0;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
