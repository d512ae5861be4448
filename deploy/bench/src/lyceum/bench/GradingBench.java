package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Hand-ins from upload to score, against the same tests in one run of the same sandbox, which trusts what it tests. */
public final class GradingBench {

    private static final int WARM_HAND_INS = 40;
    private static final int ROUNDS = 5;
    private static final int HAND_INS = 40;
    private static final int AT_ONCE = 2;

    private GradingBench() {}

    /** Starts the suite, hands in and runs in turn, prints the medians of the rounds. */
    public static void main(String[] words) throws Exception {
        Path homework = Path.of(System.getProperty("lyceum.bench.homework"));
        Map<String, String> settings = Map.of(
                "LYCEUM_GRADING_HOMEWORK_DIR", homework.toString(), "LYCEUM_GRADING_CONCURRENCY", "" + AT_ONCE);
        try (Suite suite = Suite.start(settings)) {
            HandingIn pupils = new HandingIn(suite.httpPort(), answer(homework));
            Http http = new Http(suite.httpPort());
            String token = http.token();
            String program = bareRun(homework);
            Callable<?> bare = () -> passed(http.json("/sandbox/runs", token, program));
            Rounds.one(pupils::handIn, WARM_HAND_INS, AT_ONCE);
            Rounds.one(bare, WARM_HAND_INS, AT_ONCE);
            compare(pupils, bare, 1);
            compare(pupils, bare, AT_ONCE);
        }
    }

    private static void compare(HandingIn pupils, Callable<?> bare, int atOnce) throws Exception {
        List<Times> graded = new ArrayList<>();
        List<Times> run = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            graded.add(Rounds.one(pupils::handIn, HAND_INS, atOnce));
            run.add(Rounds.one(bare, HAND_INS, atOnce));
        }
        System.out.printf(
                "Hand-ins, %d at once: medians of %d interleaved rounds of %d%n%n", atOnce, ROUNDS, HAND_INS);
        Table.head("what", "p50 ms", "p99 ms", "a minute");
        row("hand-in, upload to score", graded);
        row("bare run of the same tests", run);
        Table.row(
                "**ratio**",
                Times.median(graded, times -> times.millis(50)) / Times.median(run, times -> times.millis(50)),
                Times.median(graded, times -> times.millis(99)) / Times.median(run, times -> times.millis(99)),
                Times.median(graded, Times::perSecond) / Times.median(run, Times::perSecond));
        System.out.println();
    }

    private static void row(String what, List<Times> rounds) {
        Table.row(
                what,
                Times.median(rounds, times -> times.millis(50)),
                Times.median(rounds, times -> times.millis(99)),
                60 * Times.median(rounds, Times::perSecond));
    }

    private static String answer(Path homework) throws IOException {
        return Files.readString(homework.resolve("roman/submissions/perfect/roman.py"));
    }

    /** @return a run of the judge's tests as one would write them without a judge */
    private static String bareRun(Path homework) throws IOException {
        String judge = Files.readString(homework.resolve("roman/code/python/judge.py"));
        String tests = judge.replaceAll("(?m)^(from pyhost|import SafeRunner).*$", "")
                .replaceAll("(?s)if __name__.*", "unittest.main()");
        return "{\"language\":\"python3\",\"files\":[%s,%s]}"
                .formatted(file("main.py", tests), file("roman.py", answer(homework)));
    }

    private static String file(String name, String content) {
        String text = content.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
        return "{\"name\":\"%s\",\"content\":\"%s\"}".formatted(name, text);
    }

    private static String passed(String outcome) throws IOException {
        if (!outcome.contains("Ran 4 tests")) {
            throw new IOException("not what the tests print: " + outcome);
        }
        return outcome;
    }
}
