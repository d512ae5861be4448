package lyceum.gateway.access;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes on for as long as it likes by the token that came with its request: WebSockets, events, moving pictures. It ends
 * when tokens of that user become void; who has another one is let in again. Lives on one context.
 */
public final class Tenures {

    private final Map<String, Set<Runnable>> ends = new HashMap<>();

    /**
     * @param subject whose token it is
     * @param end called at most once, when tokens of that user become void
     * @return to be run when it is over, whoever ended it
     */
    Runnable begin(String subject, Runnable end) {
        ends.computeIfAbsent(subject, first -> new LinkedHashSet<>()).add(end);
        return () -> ends.computeIfPresent(subject, (name, others) -> {
            others.remove(end);
            return others.isEmpty() ? null : others;
        });
    }

    /** Ends all that goes on by tokens of these users. */
    public void revoked(Set<String> subjects) {
        for (String subject : subjects) {
            Set<Runnable> ending = ends.remove(subject);
            if (ending != null) {
                List.copyOf(ending).forEach(Runnable::run);
            }
        }
    }
}
