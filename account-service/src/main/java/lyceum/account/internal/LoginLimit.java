package lyceum.account.internal;

import java.time.Duration;
import java.time.Instant;

/**
 * How many wrong passwords one name may have.
 *
 * @param failures so many within a window, and no more are checked
 * @param window begins with the first of them
 */
record LoginLimit(int failures, Duration window) {

    /** @return what began at or before that instant is over now */
    Instant outlived(Instant now) {
        return now.minus(window);
    }

    /** @return how long a window goes on that began at an instant */
    Duration rest(Instant since, Instant now) {
        return Duration.between(now, since.plus(window));
    }
}
