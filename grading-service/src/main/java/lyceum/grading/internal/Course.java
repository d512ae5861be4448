package lyceum.grading.internal;

import java.util.Map;
import lyceum.grading.Text;
import lyceum.grading.internal.VerdictStore.ProcessEnd;

/** How grading went: the verdict, and what the process left that led to it (contracts/grading.md, section 6). */
record Course(Verdict verdict, ProcessEnd process) {

    /** @return it was over before anything ran */
    static Course without(Verdict verdict) {
        return new Course(verdict, ProcessEnd.NONE);
    }

    /** @return what a judge's work comes to */
    static Course of(Judged judged) {
        if (judged.failure() != null) {
            return without(Verdict.rejected(judged.failure()));
        }
        ProcessEnd process = new ProcessEnd(
                judged.exitCode(), TextJson.storable(judged.stdout()), TextJson.storable(judged.stderr()));
        return new Course(verdict(judged), process);
    }

    private static Verdict verdict(Judged judged) {
        if (judged.report() != null) {
            return Verdict.of(judged.report());
        }
        Integer exitCode = judged.exitCode();
        return exitCode == null || exitCode == 0
                ? Verdict.UNREPORTED
                : Verdict.rejected(new Text("Exitcode %(exitcode)s != 0.", Map.of("exitcode", exitCode)));
    }
}
