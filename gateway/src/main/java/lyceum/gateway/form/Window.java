package lyceum.gateway.form;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * What one sender has on its way inside the house. When it is full the sender is paused; what its last chunk still
 * brings waits its turn here. Lives on one context.
 */
public final class Window {

    private final ReadStream<?> sender;
    private final int size;
    private final Queue<Supplier<? extends Future<?>>> waiting = new ArrayDeque<>();
    private final Promise<Void> end = Promise.promise();

    private int underWay;
    private boolean closing;

    /** @param size how many steps may be unanswered at once */
    public Window(ReadStream<?> sender, int size) {
        this.sender = sender;
        this.size = size;
    }

    /** Takes a step now or when its turn comes, in the order of asking; no more of them after one has failed. */
    public void send(Supplier<? extends Future<?>> step) {
        if (isBroken()) {
            return;
        }
        if (underWay < size) {
            start(step);
        } else {
            waiting.add(step);
        }
        if (underWay >= size) {
            sender.pause();
        }
    }

    /** @return whether a step has failed, so that sending more would be in vain */
    public boolean isBroken() {
        return end.future().failed();
    }

    /** Nothing more is sent; @return done when everything is answered, or the first failure */
    public Future<Void> close() {
        closing = true;
        if (underWay == 0) {
            end.tryComplete();
        }
        return end.future();
    }

    private void start(Supplier<? extends Future<?>> step) {
        underWay++;
        step.get().onSuccess(done -> answered()).onFailure(this::broken);
    }

    private void answered() {
        underWay--;
        if (!waiting.isEmpty() && !isBroken()) {
            start(waiting.remove());
        }
        if (underWay < size) {
            sender.resume();
        }
        if (closing && underWay == 0) {
            end.tryComplete();
        }
    }

    private void broken(Throwable error) {
        underWay--;
        waiting.clear();
        end.tryFail(error);
        sender.resume();
    }
}
