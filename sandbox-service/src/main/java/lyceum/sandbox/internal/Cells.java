package lyceum.sandbox.internal;

import io.vertx.core.Future;

/** Where runs get their cells from; the one thing that knows how a cell comes to be. */
interface Cells {

    /**
     * @return a cell that nobody has used; the caller must {@linkplain Cell#run use} or {@linkplain Cell#kill kill} it
     */
    Future<Cell> open();
}
