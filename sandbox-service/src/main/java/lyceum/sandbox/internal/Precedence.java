package lyceum.sandbox.internal;

import java.util.List;
import lyceum.sandbox.Run.Priority;

/** Whose turn it is where both priorities wait: INTERACTIVE mostly, BATCH now and then, so that it does not starve. */
final class Precedence {

    /** Of so many that begin while BATCH waits, one is BATCH. */
    static final int BATCH_EVERY = 8;

    private static final List<Priority> USUAL = List.of(Priority.INTERACTIVE, Priority.BATCH);
    private static final List<Priority> BATCH_FIRST = List.of(Priority.BATCH, Priority.INTERACTIVE);

    private int passedOver;

    /** @return who is asked first, and who next */
    List<Priority> order() {
        return isBatchDue() ? BATCH_FIRST : USUAL;
    }

    boolean isBatchDue() {
        return passedOver >= BATCH_EVERY - 1;
    }

    /** @param isBatchLeft whether BATCH waits still */
    void began(Priority priority, boolean isBatchLeft) {
        passedOver = priority == Priority.INTERACTIVE && isBatchLeft ? passedOver + 1 : 0;
    }
}
