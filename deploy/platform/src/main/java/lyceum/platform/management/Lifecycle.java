package lyceum.platform.management;

import java.util.concurrent.atomic.AtomicReference;

/** Where a process is between its start and its end; it goes forward only. */
public final class Lifecycle {

    /** What a process does with new work. */
    public enum Phase {
        /** It cannot take any yet. */
        STARTING,
        /** It takes it. */
        SERVING,
        /** It ends what it has and takes no more. */
        DRAINING
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

    /** @return the present phase */
    public Phase phase() {
        return phase.get();
    }

    /** Everything has started; without effect on a process that already drains. */
    public void serve() {
        phase.compareAndSet(Phase.STARTING, Phase.SERVING);
    }

    /** @return whether this call was the one that began the end */
    public boolean drain() {
        return phase.getAndSet(Phase.DRAINING) != Phase.DRAINING;
    }
}
