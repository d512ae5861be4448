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

/** Python programs through the gateway, against the same in a new process of the plain tools. */
public final class CodeBench {

    private static final int WARM_ROUNDS = 1;

    /** Of each of Lyceum's own: a server is measured as it is after some minutes, compiled. */
    private static final int WARM_RUNS = 10_000;

    private static final int ROUNDS = 5;
    private static final int[] AT_ONCE = {1, 2, 8};

    private final Map<String, List<Round>> figures = new LinkedHashMap<>();

    /** @param cpuMillis of the whole machine, for each run */
    private record Round(Times times, double cpuMillis) {}

    private CodeBench() {}

    /** Starts the suite, runs the programs there and by hand in turn, prints the medians of the rounds. */
    public static void main(String[] words) throws Exception {
        try (Suite suite = Suite.start()) {
            Http http = new Http(suite.httpPort());
            String token = http.token();
            for (Callable<String> own : own(http, token, Program.HELLO).values()) {
                round(own, WARM_RUNS, AT_ONCE[AT_ONCE.length - 1]);
            }
            for (Program program : Program.values()) {
                new CodeBench().run(program, kinds(http, token, program));
            }
        }
    }

    /** @return what is compared; behind Lyceum's own the plain tools, the strictest first */
    private static Map<String, Callable<String>> kinds(Http http, String token, Program program) {
        Map<String, Callable<String>> kinds = own(http, token, program);
        PlainTools.available(program.source())
                .forEach((name, command) -> kinds.put(name, () -> PlainTools.output(command)));
        return kinds;
    }

    private static Map<String, Callable<String>> own(Http http, String token, Program program) {
        Map<String, Callable<String>> own = new LinkedHashMap<>();
        own.put("Lyceum, POST /sandbox/runs", () -> http.run(token, program.source()));
        own.put("Lyceum, POST /code/run", () -> http.form("POST", "/code/run", Map.of("code", program.source())));
        return own;
    }

    private void run(Program program, Map<String, Callable<String>> kinds) throws Exception {
        for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
            for (int atOnce : AT_ONCE) {
                for (Map.Entry<String, Callable<String>> kind : kinds.entrySet()) {
                    Round done = round(kind.getValue(), program.runs(), atOnce);
                    if (round >= 0) {
                        figures.computeIfAbsent(key(kind.getKey(), atOnce), first -> new ArrayList<>())
                                .add(done);
                    }
                }
            }
        }
        print(program, new ArrayList<>(kinds.keySet()));
    }

    private static String key(String kind, int atOnce) {
        return kind + ' ' + atOnce;
    }

    private static Round round(Callable<String> once, int count, int atOnce) throws Exception {
        ExecutorService askers = Executors.newFixedThreadPool(atOnce);
        try {
            List<Callable<Long>> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                runs.add(() -> timed(once));
            }
            double busy = Processor.busyMillis();
            long begin = System.nanoTime();
            List<Future<Long>> done = askers.invokeAll(runs);
            long wall = System.nanoTime() - begin;
            double cpuMillis = (Processor.busyMillis() - busy) / count;
            long[] nanos = new long[count];
            for (int i = 0; i < count; i++) {
                nanos[i] = done.get(i).get();
            }
            return new Round(Times.of(nanos, wall), cpuMillis);
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

    private void print(Program program, List<String> kinds) {
        System.out.printf(
                "Code runs, %s: medians of %d interleaved rounds of %d runs%n%n",
                program.title(), ROUNDS, program.runs());
        Table.head("at once", "what", "p50 ms", "p99 ms", "runs/s", "cpu ms/run", "p50 of Lyceum / of this", "runs/s");
        for (int atOnce : AT_ONCE) {
            String first = key(kinds.get(0), atOnce);
            for (String kind : kinds) {
                String key = key(kind, atOnce);
                Table.row(
                        atOnce,
                        kind,
                        median(key, times -> times.millis(50)),
                        median(key, times -> times.millis(99)),
                        median(key, Times::perSecond),
                        Processor.median(
                                figures.get(key).stream().map(Round::cpuMillis).toList()),
                        median(first, times -> times.millis(50)) / median(key, times -> times.millis(50)),
                        median(first, Times::perSecond) / median(key, Times::perSecond));
            }
        }
        System.out.println();
    }

    private double median(String key, ToDoubleFunction<Times> figure) {
        return Times.median(figures.get(key).stream().map(Round::times).toList(), figure);
    }
}
