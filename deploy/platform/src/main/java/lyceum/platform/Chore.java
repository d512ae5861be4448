package lyceum.platform;

import io.vertx.core.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is done again and again, never twice at once; that it does not succeed is told once, and that it does
 * again. Lives on one context.
 */
public final class Chore {

    private static final Logger LOG = LoggerFactory.getLogger(Chore.class);

    private final String name;
    private final Supplier<Future<?>> work;

    private boolean isGoing;
    private boolean isFailing;
    private boolean isOver;

    /** @param name as the log tells it, in front of {@code does not succeed} */
    public Chore(String name, Supplier<Future<?>> work) {
        this.name = name;
        this.work = work;
    }

    /** @return done when it has been tried, for better or worse; at once where that is still going on */
    public Future<Void> run() {
        if (isGoing) {
            return Future.succeededFuture();
        }
        isGoing = true;
        return work.get()
                .onSuccess(done -> succeeded())
                .onFailure(this::failed)
                .otherwiseEmpty()
                .onComplete(done -> isGoing = false)
                .mapEmpty();
    }

    /** Nothing that fails from now on is told: its ground is being taken away. */
    public void end() {
        isOver = true;
    }

    private void succeeded() {
        if (isFailing) {
            isFailing = false;
            LOG.info("{} goes on", name);
        }
    }

    private void failed(Throwable error) {
        if (!isFailing && !isOver) {
            isFailing = true;
            LOG.warn("{} does not succeed and is tried again", name, error);
        }
    }
}
