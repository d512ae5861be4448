package lyceum.grading.internal;

import lyceum.grading.HandInState;
import lyceum.grading.Text;

/** A hand-in that has got its verdict just now. */
record Ended(
        String id,
        String student,
        String homework,
        int attempt,
        HandInState state,
        double score,
        double scale,
        Text result) {}
