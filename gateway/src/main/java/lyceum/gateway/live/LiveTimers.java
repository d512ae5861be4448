package lyceum.gateway.live;

import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The clock of the engine, which runs what it is told on the context of the sockets. The engine leaves timers behind for
 * connections that are gone, with all that these held; so whatever is set while something is done for a connection ends with
 * it. Lives on one context.
 */
final class LiveTimers extends AbstractExecutorService implements ScheduledExecutorService {

    /** So long the library waits for what is not its business here. */
    static final Duration NEVER = Duration.ofDays(36_500);

    private final ContextInternal context;
    private Group current = new Group();

    /** The timers of one connection. */
    static final class Group {
        /** The one that was set last; each knows the one that was set before it. */
        private Timer last;

        private boolean isOver;
    }

    /** @param context on which everything is done */
    LiveTimers(ContextInternal context) {
        this.context = context;
    }

    /** @return whose timers are set now */
    Group current() {
        return current;
    }

    /** Does something for a connection, which ends its timers if it ends. */
    void within(Group group, Runnable action) {
        Group before = current;
        current = group;
        try {
            action.run();
        } finally {
            current = before;
        }
    }

    /** Ends the timers of a connection, those to come as well. */
    void end(Group group) {
        group.isOver = true;
        while (group.last != null) {
            group.last.cancel(false);
        }
    }

    /** @param delay {@link #NEVER} for a timer that is not set at all */
    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Timer timer = new Timer(current, task, unit.toMillis(delay));
        if (!current.isOver && timer.delayMillis < NEVER.toMillis()) {
            timer.set();
        }
        return timer;
    }

    private final class Timer implements ScheduledFuture<Object>, Runnable {

        private final Group group;
        private final Runnable task;
        private final long delayMillis;
        private Timer before;
        private Timer after;
        private Future<?> rings;
        private boolean isCancelled;
        private boolean isDone;

        Timer(Group group, Runnable task, long delayMillis) {
            this.group = group;
            this.task = task;
            this.delayMillis = delayMillis;
        }

        void set() {
            before = group.last;
            if (before != null) {
                before.after = this;
            }
            group.last = this;
            rings = context.nettyEventLoop().schedule((Runnable) this, Math.max(1, delayMillis), TimeUnit.MILLISECONDS);
        }

        @Override
        public void run() {
            context.emit(this, Timer::ring);
        }

        private void ring() {
            if (!isDone) {
                isDone = true;
                leaveGroup();
                within(group, task);
            }
        }

        private void leaveGroup() {
            if (after == null) {
                group.last = before;
            } else {
                after.before = before;
            }
            if (before != null) {
                before.after = after;
            }
            before = null;
            after = null;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            if (isDone || rings == null) {
                return false;
            }
            isDone = true;
            isCancelled = true;
            leaveGroup();
            return rings.cancel(false);
        }

        @Override
        public boolean isCancelled() {
            return isCancelled;
        }

        @Override
        public boolean isDone() {
            return isDone;
        }

        @Override
        public Object get() {
            throw new UnsupportedOperationException("nobody waits here");
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException("nobody waits here");
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException("nobody asks the engine's timers");
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException("nobody sorts the engine's timers");
        }
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the engine has no tasks with results");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("the engine has no periodic tasks");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the engine has no periodic tasks");
    }

    @Override
    public void execute(Runnable task) {
        throw new UnsupportedOperationException("the engine does everything later");
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("timers end with their connections");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("timers end with their connections");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody waits here");
    }
}
