package lyceum.elicast;

import java.time.Instant;

/**
 * A recorded lesson without its content.
 *
 * @param created when it was first stored, whole milliseconds
 * @param teacher a label, null for nobody
 * @param isProtected whether changes are refused
 * @param version counts its changes from 1
 * @param contentId names its present content, which never changes
 * @param pieces number of pieces of that content
 * @param voices number of recordings in that content
 */
public record Lesson(
        long id,
        Instant created,
        String title,
        String teacher,
        boolean isProtected,
        long version,
        long contentId,
        int pieces,
        int voices) {}
