package lyceum.platform.management;

import java.time.Instant;
import java.util.List;
import lyceum.platform.Topic;

/**
 * How one process is, as it tells everybody every {@link Announcer#PAUSE}.
 *
 * @param instance of this start, unique in the cluster
 * @param process its number and machine, {@code 4711@host}
 * @param services that run in it, in the order of their start
 * @param build what it was built from
 * @param phase of its life
 * @param startedAt when it had started
 * @param checks what it must have for work, in the order of their names
 * @param numbers gauges of its services, and its heap, in the order of their names; at most {@link Announcer#MOST_NUMBERS}
 */
public record ProcessState(
        String instance,
        String process,
        List<String> services,
        BuildInfo build,
        Lifecycle.Phase phase,
        Instant startedAt,
        List<Check> checks,
        List<Reading> numbers) {

    /** A process tells how it is. */
    public static final Topic<ProcessState> TOLD = new Topic<>("lyceum.process.told");

    /** @param text what is there, or why it is not */
    public record Check(String name, boolean ok, String text) {}

    /** @param value of all series of that name together; bytes and seconds as they are */
    public record Reading(String name, double value) {}

    /** @return whether it is asked for work */
    public boolean isReady() {
        return phase == Lifecycle.Phase.SERVING && checks.stream().allMatch(Check::ok);
    }
}
