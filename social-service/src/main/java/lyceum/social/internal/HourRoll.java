package lyceum.social.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lyceum.platform.Loop;

/** Ends hours that are over in the classes that are in use. Every instance tries; the lock of the class lets one do it. */
final class HourRoll {

    /** Classes whose hours are ended at once, so that there are connections left for those who click. */
    private static final int AT_ONCE = 4;

    private final ClassStore store;
    private final Classes classes;
    private final LocalHours hours;
    private final Clock clock;

    HourRoll(ClassStore store, Classes classes, LocalHours hours, Clock clock) {
        this.store = store;
        this.classes = classes;
        this.hours = hours;
        this.clock = clock;
    }

    /** @return done when no class in use is in an hour that is over */
    Future<Void> roll() {
        return store.due(hours.hourStart(clock.instant())).compose(this::rollAll);
    }

    private Future<Void> rollAll(List<String> due) {
        Deque<String> left = new ArrayDeque<>(due);
        return Loop.whileTrue(() -> {
            List<Future<Void>> going = new ArrayList<>();
            while (going.size() < AT_ONCE && !left.isEmpty()) {
                going.add(classes.roll(left.remove()));
            }
            return Future.join(going).map(done -> !left.isEmpty());
        });
    }
}
