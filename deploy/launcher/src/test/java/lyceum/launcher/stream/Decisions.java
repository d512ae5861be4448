package lyceum.launcher.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every case that must not end as recorded, and every case that no client relies on: what the contract's section 8 (its
 * numbers stand here), or else the case's own {@code fix}, makes of it.
 */
final class Decisions {

    private static final Decision AS_RECORDED = new Decision("");

    private static final Map<String, Decision> BY_CASE = new LinkedHashMap<>();

    static {
        AccessDecisions.all();
        DataDecisions.all();
        PushDecisions.all();
        PullDecisions.all();
        RecordingDecisions.all();
        RecipeDecisions.all();
        ConverterDecisions.all();
        MediaDecisions.all();
    }

    private Decisions() {}

    /** @return what decides a case; for most of them, that it must end as recorded */
    static Decision of(RecordedCase recorded) {
        return BY_CASE.getOrDefault(recorded.name(), AS_RECORDED);
    }

    /** @return names of the cases that stand here */
    static Set<String> cases() {
        return Set.copyOf(BY_CASE.keySet());
    }

    /** @return why, by the names of the cases that stand here */
    static Map<String, String> reasons() {
        return BY_CASE.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, decided -> decided.getValue().reason()));
    }

    /** @return the decision of a case, to be filled */
    static Decision decide(String recorded, String reason) {
        Decision decision = new Decision(reason);
        if (BY_CASE.put(recorded, decision) != null) {
            throw new IllegalStateException("decided twice: " + recorded);
        }
        return decision;
    }
}
