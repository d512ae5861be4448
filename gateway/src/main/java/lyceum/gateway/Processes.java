package lyceum.gateway;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Bus;
import lyceum.platform.management.Announcer;
import lyceum.platform.management.ProcessState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the processes of the house have last told of themselves. One that has been silent for long is forgotten. */
final class Processes {

    /** Far more than a house has; what is beyond is not shown. */
    static final int MOST = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

    private final InstantSource clock;
    private final Map<String, Told> told = new HashMap<>();

    /** @param at when it was heard, by our clock */
    record Told(ProcessState state, Instant at) {}

    Processes(InstantSource clock) {
        this.clock = clock;
    }

    /** Listens on the present context, on which it must be asked, too. */
    Processes follow(Bus bus) {
        bus.listen(ProcessState.TOLD, this::hear)
                .onFailure(error -> LOG.error("it is not known here how other processes are", error));
        return this;
    }

    private void hear(ProcessState state) {
        forgetSilent();
        if (told.size() < MOST || told.containsKey(state.instance())) {
            told.put(state.instance(), new Told(state, clock.instant()));
        }
    }

    /** @return those that are there, sorted by their services, then by their names */
    List<Told> present() {
        forgetSilent();
        return told.values().stream()
                .sorted(Comparator.comparing(
                                (Told one) -> String.join(",", one.state().services()))
                        .thenComparing(one -> one.state().instance()))
                .toList();
    }

    private void forgetSilent() {
        Instant limit = clock.instant().minus(Announcer.SILENCE);
        told.values().removeIf(one -> one.at().isBefore(limit));
    }
}
