package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program;
import lyceum.sandbox.Run;
import lyceum.sandbox.Verdict;

/** Stands for what another version of the program has stored and this one cannot read. */
final class Unreadable {

    /** The outcome of a run that the sandbox could not run. */
    static final Outcome OUTCOME = Outcome.of(Verdict.INTERNAL_ERROR, Ending.KILLED.code(), Ending.KILLED.signal());

    private Unreadable() {}

    /** @return a run of which only this is known */
    static Run run(String id, String caller, Run.Priority priority) {
        return new Run(
                id,
                caller,
                priority,
                new Program("", List.of(), List.of(), Map.of(), Program.Directory.OWN),
                Buffer.buffer(),
                Run.Streams.APART,
                Limits.OF_LANGUAGE,
                Limits.OF_LANGUAGE,
                List.of());
    }
}
