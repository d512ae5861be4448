package lyceum.grading;

import java.util.Arrays;
import java.util.Optional;

/** How far a hand-in is (contracts/grading.md, section 3). */
public enum HandInState {
    /** It waits to be graded. */
    PENDING("Pending"),
    /** It is being graded. */
    RUNNING("Running"),
    /** It does not count. */
    REJECTED("Rejected"),
    /** It counts. */
    ACCEPTED("Accepted");

    private final String wireName;

    HandInState(String wireName) {
        this.wireName = wireName;
    }

    /** @return its name as clients know it */
    public String wireName() {
        return wireName;
    }

    /** @return whether nothing more will happen to it by itself */
    public boolean isFinal() {
        return this == REJECTED || this == ACCEPTED;
    }

    /** @return the state of that name, spelled exactly so */
    public static Optional<HandInState> named(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName.equals(wireName))
                .findFirst();
    }
}
