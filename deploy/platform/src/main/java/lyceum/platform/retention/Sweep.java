package lyceum.platform.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import lyceum.platform.Settings;

/** One kind of thing that is kept for a number of days. */
public interface Sweep {

    /** @return what it is called in the log and in metrics */
    String what();

    /** @return how many days it is kept, 0 for ever */
    int days();

    /**
     * Removes what is older than a moment, or as much of it as one day may remove.
     *
     * @return how many there are no more
     */
    Future<Long> removeBefore(Vertx vertx, Instant limit);

    /** @return the number of days that a setting says; @param meaning what it is about, as {@code Days that … are kept} */
    static int days(Settings settings, String key, String meaning) {
        return settings.number(key, 0, 0, 36_500, meaning + "; 0 for ever");
    }
}
