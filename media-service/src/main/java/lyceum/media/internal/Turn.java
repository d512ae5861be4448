package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.IntConsumer;
import lyceum.media.MediaService.Priority;
import lyceum.platform.Failure;

/** One wait for a place of {@link Slots}. */
final class Turn {

    private final Priority priority;
    private final IntConsumer position;
    private final Promise<Void> granted = Promise.promise();

    /** @param position told whenever it changes: 1 for who is next */
    Turn(Priority priority, IntConsumer position) {
        this.priority = priority;
        this.position = position;
    }

    Priority priority() {
        return priority;
    }

    Future<Void> granted() {
        return granted.future();
    }

    void tell(int place) {
        position.accept(place);
    }

    void grant() {
        granted.complete();
    }

    void refuse(Failure reason) {
        granted.fail(reason);
    }
}
