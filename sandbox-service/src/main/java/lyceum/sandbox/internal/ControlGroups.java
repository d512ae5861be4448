package lyceum.sandbox.internal;

import java.time.Duration;
import lyceum.sandbox.Limits;

/** What both versions of control groups have in common: the kernel counts, and refuses by itself. */
interface ControlGroups extends Meters {

    @Override
    default Duration longestGap() {
        return Duration.ofSeconds(1);
    }

    @Override
    default long addressBytes(Limits limits) {
        return 0;
    }

    @Override
    default int processes(Limits limits) {
        return 2 * limits.processes();
    }
}
