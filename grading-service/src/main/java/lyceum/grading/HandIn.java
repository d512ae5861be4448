package lyceum.grading;

import java.time.Instant;

/**
 * A hand-in, as lists show it.
 *
 * @param id 32 lower-case hexadecimal digits
 * @param student who handed it in
 * @param homework uuid of the homework
 * @param codePackage name of its package, {@code python} for instance
 * @param createdAt when it was handed in
 * @param scale factor of the deadline that it met
 * @param score sum of its partial scores, unscaled; null unless accepted
 * @param finalScore {@code score * scale}, rounded to one decimal; null unless accepted
 * @param result one line in the language of the viewer, or null
 * @param attempt how often it was sent to be graded, from 1 on
 * @param queuePosition how many are graded before it, from 1 on; null unless pending
 */
public record HandIn(
        String id,
        String student,
        String homework,
        String codePackage,
        Instant createdAt,
        HandInState state,
        double scale,
        Double score,
        Double finalScore,
        String result,
        int attempt,
        Integer queuePosition) {}
