package lyceum.sandbox.internal;

import java.util.ArrayList;
import java.util.List;

/** Signals of programs that tests start: who runs tests in the background may have told all of them to ignore some. */
final class TestSignals {

    private TestSignals() {}

    /** @return the same command, for which every signal does what it does by default */
    static List<String> unheard(List<String> command) {
        List<String> started = new ArrayList<>(List.of("/usr/bin/env", "--default-signal"));
        started.addAll(command);
        return started;
    }
}
