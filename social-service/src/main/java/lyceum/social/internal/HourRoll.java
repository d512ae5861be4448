package lyceum.social.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
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

    /** @return done when no class in use is in an hour that is over; fails where one is, but not before all were tried */
    Future<Void> roll() {
        return store.due(hours.hourStart(clock.instant()))
                .compose(due -> Loop.tryEach(
                        groups(due),
                        group -> Future.join(group.stream().map(classes::roll).toList())
                                .mapEmpty()));
    }

    private static List<List<String>> groups(List<String> due) {
        return IntStream.iterate(0, from -> from < due.size(), from -> from + AT_ONCE)
                .mapToObj(from -> due.subList(from, Math.min(from + AT_ONCE, due.size())))
                .toList();
    }
}
