package lyceum.social.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.social.internal.ClassQueue.Waiting;

/** What comes of a group of works that are done at once; each is told when it is on the disk. */
final class Results {

    private final String className;
    private final List<Waiting> group;
    private final LocalHours hours;
    private final Clock clock;
    private final List<Runnable> outcomes = new ArrayList<>();

    private Changes changes = Changes.NONE;

    Results(String className, List<Waiting> group, LocalHours hours, Clock clock) {
        this.className = className;
        this.group = group;
        this.hours = hours;
        this.clock = clock;
    }

    /** One that cannot be done does not hinder the others. */
    Changes reckon(Found found) {
        Reckoning reckoning = new Reckoning(className, found, clock.instant(), hours);
        for (Waiting each : group) {
            try {
                long turn = reckoning.take(each.work());
                outcomes.add(() -> each.done().complete(turn));
            } catch (Failure e) {
                outcomes.add(() -> each.done().fail(e));
            }
        }
        changes = reckoning.changes();
        return changes;
    }

    /** @return what was written, nothing where there is no such class */
    Changes changes() {
        return changes;
    }

    /** Tells each what has come of it. */
    void succeed() {
        if (outcomes.isEmpty()) {
            group.forEach(each -> each.done().complete(0L));
        }
        outcomes.forEach(Runnable::run);
    }

    /** Tells all that nothing was done. */
    void fail(Throwable error) {
        group.forEach(each -> each.done().fail(error));
    }
}
