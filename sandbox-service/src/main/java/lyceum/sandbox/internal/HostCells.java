package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program.Directory;

/** Cells of this machine: a stock for each directory that programs may start in. */
final class HostCells implements Cells {

    private final Vertx vertx;
    private final NurserySetup setup;
    private final Meters meters;
    private final Map<Directory, Stock> stocks = new EnumMap<>(Directory.class);

    /** @param most cells that wait at a time, of each kind */
    HostCells(Vertx vertx, NurserySetup setup, Meters meters, int most) {
        this.vertx = vertx;
        this.setup = setup;
        this.meters = meters;
        for (Directory directory : Directory.values()) {
            stocks.put(directory, new Stock(vertx, () -> bear(directory), most));
        }
    }

    /** @return done when cells can be taken; fails, with one line that says why, where none can be opened here */
    Future<Void> open() {
        List<Future<Void>> opened = stocks.values().stream().map(Stock::open).toList();
        return Future.all(opened).mapEmpty();
    }

    @Override
    public Future<Cell> open(Task task) {
        Limits limits = CellLimits.of(task, task.steps().get(0));
        return stocks.get(task.directory()).take(limits).map(cell -> cell.given(task));
    }

    @Override
    public String text() {
        return "%s in namespaces of its own with a filter of system calls; %s"
                .formatted(setup.interpreter(), meters.text());
    }

    @Override
    public int ready() {
        return stocks.values().stream().mapToInt(Stock::size).sum();
    }

    /** @return done when all its processes are dead; who counts for it may count for others */
    Future<Void> stop() {
        List<Future<Void>> closed = stocks.values().stream().map(Stock::close).toList();
        return Future.join(closed).mapEmpty();
    }

    @Override
    public Future<Void> close() {
        return stop().compose(gone -> vertx.executeBlocking(() -> {
            meters.close();
            return null;
        }));
    }

    private Future<Nursery> bear(Directory directory) {
        return new Birth(vertx, setup, directory).await().map(child -> new Nursery(vertx, child, setup, meters));
    }
}
