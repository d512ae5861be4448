package lyceum.grading.internal;

import java.time.Instant;
import java.util.List;
import lyceum.grading.HandInState;
import lyceum.grading.Partial;
import lyceum.grading.Text;

/**
 * A row of the table of hand-ins, without its content.
 *
 * @param queuePosition null unless it is pending
 */
record StoredHandIn(
        String id,
        String student,
        String homework,
        String codePackage,
        Instant createdAt,
        String fileName,
        HandInState state,
        double scale,
        double score,
        Text result,
        Text compileError,
        List<Partial> partials,
        Integer exitCode,
        String stdout,
        String stderr,
        int attempt,
        Integer queuePosition) {}
