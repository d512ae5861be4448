package lyceum.sandbox.internal;

import io.vertx.core.Future;

/** Where runs get their cells from: the one thing that knows how walls are built. */
interface Cells {

    /**
     * @return a cell for the task that nobody has used; the caller must {@linkplain Cell#close close} it
     */
    Future<Cell> open(Task task);

    /** @return one clause that names the walls, and who keeps the limits */
    String text();

    /** @return how many cells wait for a task now */
    int ready();

    /** @return done when nothing of it is left on this machine; cells that are open are killed */
    Future<Void> close();
}
