package lyceum.elicast.internal;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs and answers that this instance works on, and which of them nobody waits for any more. Lives on one context. */
final class UnderWay {

    /** By the id of a run, whether it is given up. */
    private final Map<String, Boolean> givenUp = new HashMap<>();

    /** @return what the work gives; meanwhile its run can be given up */
    <T> Future<T> during(String runId, Supplier<Future<T>> work) {
        givenUp.put(runId, false);
        return work.get().onComplete(over -> givenUp.remove(runId));
    }

    /** @return whether a run is under way here that was not given up before */
    boolean giveUp(String runId) {
        return givenUp.replace(runId, false, true);
    }

    boolean isGivenUp(String runId) {
        return givenUp.getOrDefault(runId, false);
    }

    /** @return the ids of all that are under way */
    List<String> all() {
        return List.copyOf(givenUp.keySet());
    }
}
