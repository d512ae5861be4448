package lyceum.launcher.elicast;

import static lyceum.launcher.elicast.Expectation.nowhere;
import static lyceum.launcher.elicast.Expectation.output;
import static lyceum.launcher.elicast.Expectation.plainText;
import static lyceum.launcher.elicast.Expectation.run;
import static lyceum.launcher.elicast.Expectation.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Steps that neither their recorded answer nor their {@code new_server} decides: what section 13 of the contract says, and
 * what the interpreter or the sandbox changes.
 */
final class Decisions {

    /** @param reason with the number in contract section 13 where it stands there */
    record Decision(String reason, Expectation expectation) {}

    private static final String ONE_PIPE = "13.4: stdout and stderr share one pipe";
    private static final String INTERPRETER = "texts and syntax are those of the Python that is there, 3.9 or later";
    private static final String WALLS = "contract section 6 names the old container's user, process id and environment";
    private static final String PIECES = "contract section 7: join pieces without a header, or refuse them";

    /** Recorded ids of rows that the old server wrote for what ours refuses. */
    private static final Map<String, Set<Long>> ABSENT_ROWS =
            Map.of("log/entries", Set.of(8L), "code-answer/rows", Set.of(11L, 12L, 13L, 14L));

    private static final Map<String, Decision> BY_STEP = new HashMap<>();

    static {
        decideFormats();
        decideOutput();
        decideInterpreter("code-run");
        decideInterpreter("code-run-python311");
        decideSandbox();
        decideSound();
    }

    private Decisions() {}

    /** @return what decides this step before all else */
    static Optional<Decision> of(Step step) {
        return Optional.ofNullable(BY_STEP.get(step.name()));
    }

    /** @return recorded ids that are missing among our rows; those behind them count on without a gap */
    static Set<Long> absentRows(Step step) {
        return ABSENT_ROWS.getOrDefault(step.name(), Set.of());
    }

    /** @return names of the steps that stand here */
    static Set<String> steps() {
        return Set.copyOf(BY_STEP.keySet());
    }

    /** @return why, by the names of the steps that stand here */
    static Map<String, String> reasons() {
        return BY_STEP.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, decided -> decided.getValue().reason()));
    }

    private static void decide(String step, String reason, Expectation expectation) {
        BY_STEP.put(step, new Decision(reason, expectation));
    }

    private static void decideFormats() {
        decide("log/submit-data-nan", "13.1: JSON is strict", plainText(400, "data -- Invliad json format"));
        for (String unknown : List.of("options-unknown", "options-star-root", "GET /", "GET /nope")) {
            decide("routing-cors/" + unknown, "13.12: outside of the old paths", nowhere());
        }
    }

    private static void decideOutput() {
        String lines = IntStream.range(0, 100_000)
                .mapToObj(i -> "%08d ".formatted(i) + "y".repeat(40) + "\n")
                .collect(Collectors.joining());
        decide("code-run/output-5MB-lines", "13.2: head, mark and tail", new CutOutput(lines));
        String line = "z".repeat(5_000_000) + "\n";
        decide("code-run/output-5MB-one-line", "13.2: head, mark and tail", new CutOutput(line));
        String wide = "한".repeat(20_000) + "\n";
        decide("code-run/output-long-line-3-bytes", "13.3: no character is spoilt", run(0, wide));
        decide("code-run/interleave-partial-lines", ONE_PIPE, run(0, "aE1\nb\n"));
    }

    private static void decideInterpreter(String fixture) {
        String prompt = """
                before
                name? Traceback (most recent call last):
                  File "/codefile.py", line 2, in <module>
                EOFError: EOF when reading a line
                """;
        decide(fixture + "/stdin-read", ONE_PIPE, run(1, prompt));
        decide(fixture + "/print-then-hard-exit", INTERPRETER, run(0, "line\nno newline"));
        decide(fixture + "/python36-features", INTERPRETER, run(0, "3 003\n"));
        String noNul = "  File \"/codefile.py\", line 1\nSyntaxError: source code cannot contain null bytes\n";
        decide(fixture + "/nul-in-source", INTERPRETER, run(0, "1\n").or(run(1, noNul)));
        String tooDeep = """
                (?s)Traceback \\(most recent call last\\):
                  File "/codefile.py", line 2, in <module>
                .*  File "/codefile.py", line 1, in f
                .*
                RecursionError: maximum recursion depth exceeded.*
                """;
        decide(fixture + "/recursion", INTERPRETER, output(1, tooDeep));
        String context =
                "/codefile\\.py \\['/codefile\\.py'] \\S+ \\d+ \\d+ \\(3, \\d+\\) False (?i:utf-8)\n\\[.*'PATH'.*]\n";
        decide(fixture + "/context", WALLS, output(0, context));
    }

    private static void decideSandbox() {
        decide("code-run/abort", "13.8: SIGABRT", run(134, "").or(run(139, "")));
        decide(
                "code-run/memory-child-killed",
                "without control groups (an ordinary user) the whole run is ended, not just the child",
                run(0, "-9\n").or(run(137, "")));
        String refused = "(?s)Traceback .*\n\\w+: \\[Errno \\d+] [\\w -]+: '/b'\n";
        decide(
                "code-run/write-elsewhere",
                "13.5: may be refused",
                run(0, "hi ho\n").or(output(1, refused)));
    }

    private static void decideSound() {
        decide("audio-split/continuation-clusters", PIECES, status(400).or(new JoinedSound(6.0)));
        decide("audio-split/chrome-slices-separate", PIECES, status(400).or(new JoinedSound(2.5)));
        for (String huge : List.of("segment-huge", "segment-huge-start")) {
            Expectation refused = plainText(400, "segments -- Invliad json format");
            decide("audio-split/" + huge, "new_server: never an empty data URI", refused.or(JoinedSound.ANY_LENGTH));
        }
        decide(
                "audio-split-timeout/timeout-while-cutting",
                "a list without blobs is refused (audio-split/blobs-empty) before anything can take too long",
                status(400, 500, 503, 504));
        decide(
                "audio-download-replace/get-after-garbage",
                "new_server: the stored blob must be the old one",
                Expectation.voice(2, Recordings.dataUri("audio/tone2.webm")));
    }
}
