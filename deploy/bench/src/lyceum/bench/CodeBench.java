package lyceum.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/** {@code print("hello")} through the gateway, against the same in a new process of the plain tools. */
public final class CodeBench {

    private static final String PROGRAM = "print(\"hello\")";
    private static final int WARM_ROUNDS = 2;
    private static final int ROUNDS = 7;
    /** Of each kind in one round, divided among those who ask at once. */
    private static final int RUNS = 40;

    private static final int[] AT_ONCE = {1, 2};

    private final Map<String, List<Times>> figures = new LinkedHashMap<>();

    private CodeBench() {}

    /** Starts the suite, runs the program there and by hand in turn, prints the medians of the rounds. */
    public static void main(String[] words) throws Exception {
        try (Suite suite = Suite.start()) {
            new CodeBench().run(kinds(new Http(suite.httpPort())));
        }
    }

    /** @return what is compared; all but the first are plain tools, the strictest first */
    private static Map<String, Callable<String>> kinds(Http http) {
        Map<String, Callable<String>> kinds = new LinkedHashMap<>();
        kinds.put("Lyceum, POST /code/run", () -> http.form("POST", "/code/run", Map.of("code", PROGRAM)));
        PlainTools.available(PROGRAM).forEach((name, command) -> kinds.put(name, () -> PlainTools.output(command)));
        return kinds;
    }

    private void run(Map<String, Callable<String>> kinds) throws Exception {
        for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
            for (int atOnce : AT_ONCE) {
                for (Map.Entry<String, Callable<String>> kind : kinds.entrySet()) {
                    Times times = round(kind.getValue(), atOnce);
                    if (round >= 0) {
                        figures.computeIfAbsent(key(kind.getKey(), atOnce), first -> new ArrayList<>())
                                .add(times);
                    }
                }
            }
        }
        print(new ArrayList<>(kinds.keySet()));
    }

    private static String key(String kind, int atOnce) {
        return kind + ' ' + atOnce;
    }

    private static Times round(Callable<String> once, int atOnce) throws Exception {
        ExecutorService askers = Executors.newFixedThreadPool(atOnce);
        try {
            List<Callable<Long>> runs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                runs.add(() -> timed(once));
            }
            long begin = System.nanoTime();
            List<Future<Long>> done = askers.invokeAll(runs);
            long wall = System.nanoTime() - begin;
            long[] nanos = new long[RUNS];
            for (int i = 0; i < RUNS; i++) {
                nanos[i] = done.get(i).get();
            }
            return Times.of(nanos, wall);
        } finally {
            askers.shutdown();
        }
    }

    private static long timed(Callable<String> once) throws Exception {
        long begin = System.nanoTime();
        String output = once.call();
        if (!output.contains("hello")) {
            throw new IOException("not what the program prints: " + output);
        }
        return System.nanoTime() - begin;
    }

    private void print(List<String> kinds) {
        System.out.printf("Code runs of %s: medians of %d interleaved rounds of %d runs%n%n", PROGRAM, ROUNDS, RUNS);
        Table.head("at once", "what", "p50 ms", "p95 ms", "runs/s", "p50 of Lyceum / of this");
        for (int atOnce : AT_ONCE) {
            double ours = median(key(kinds.get(0), atOnce), times -> times.millis(50));
            for (String kind : kinds) {
                String key = key(kind, atOnce);
                double median = median(key, times -> times.millis(50));
                Table.row(
                        atOnce,
                        kind,
                        median,
                        median(key, times -> times.millis(95)),
                        median(key, Times::perSecond),
                        ours / median);
            }
        }
    }

    private double median(String key, ToDoubleFunction<Times> figure) {
        return Times.median(figures.get(key), figure);
    }
}
