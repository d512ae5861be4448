package lyceum.grading.internal;

import java.util.List;
import lyceum.grading.HandInState;
import lyceum.grading.Partial;
import lyceum.grading.Report;
import lyceum.grading.Text;

/**
 * What becomes of a hand-in (contracts/grading.md, section 3.3).
 *
 * @param state accepted or rejected
 * @param score sum of the partial scores, unscaled
 * @param result one line, or null
 * @param compileError what kept it from being judged, or null
 */
record Verdict(HandInState state, double score, Text result, Text compileError, List<Partial> partials) {

    /** A teacher did not want it graded. */
    static final Verdict DISCARDED = rejected(Text.lazy("Submission discarded by admin."));

    /** Its student did not. Railgun has no word for it: there only a teacher could. */
    static final Verdict WITHDRAWN = rejected(Text.lazy("Submission withdrawn by its author."));

    /** What judged it ended without a report. */
    static final Verdict UNREPORTED = rejected(Text.lazy("Process exited before reporting score."));

    /** It could not be graded here. */
    static final Verdict BROKEN = rejected(Text.lazy("Internal server error."));

    /** @return what a judge's report comes to */
    static Verdict of(Report report) {
        Judgement judgement = Judgement.of(report);
        return new Verdict(
                judgement.accepted() ? HandInState.ACCEPTED : HandInState.REJECTED,
                judgement.score(),
                judgement.result(),
                report.compileError(),
                report.partials());
    }

    static Verdict rejected(Text result) {
        return rejected(result, null);
    }

    static Verdict rejected(Text result, Text compileError) {
        return new Verdict(HandInState.REJECTED, 0, result, compileError, List.of());
    }
}
