package lyceum.grading.internal;

import lyceum.grading.Partial;
import lyceum.grading.Report;
import lyceum.grading.Text;

/**
 * What a report comes to (contracts/grading.md, section 3.3). Compile error and partials are kept as they were reported.
 *
 * @param accepted whether the hand-in is; rejected where it is not
 * @param score the weighted sum, neither scaled nor rounded nor clamped, of a rejected hand-in too
 * @param result what is kept as the result, or null
 */
record Judgement(boolean accepted, double score, Text result) {

    private static final Text ACCEPTED = Text.lazy("Your submission is accepted.");
    private static final Text REJECTED = Text.lazy("Your submission is rejected.");
    private static final Text NOTHING_PASSED = Text.lazy("No test passed, submission rejected.");

    /** Less is nothing; so much is something. */
    private static final double LEAST_ACCEPTED_SCORE = 1e-5;

    /** More is nothing that anybody gives. */
    private static final double MOST_SCORE = 1e9;

    /** @return whether a score, or a sum of them, is one that can be added, scaled and shown in a table */
    static boolean isScore(double number) {
        return Math.abs(number) <= MOST_SCORE;
    }

    /** @return what it comes to; a sum that overflows is not finite */
    static Judgement of(Report report) {
        double score = 0;
        for (Partial partial : report.partials()) {
            score += partial.weight() * partial.score();
        }
        if (!report.accepted()) {
            return new Judgement(false, score, rejection(report.result()));
        }
        return score < LEAST_ACCEPTED_SCORE
                ? new Judgement(false, score, NOTHING_PASSED)
                : new Judgement(true, score, ACCEPTED);
    }

    private static Text rejection(Text sent) {
        return sent != null && Texts.english(sent).isEmpty() ? REJECTED : sent;
    }
}
