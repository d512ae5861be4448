package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The list of 20 lessons and one small lesson: the suite against a bare server that answers the same bytes. */
public final class ReadBench {

    private static final int LESSONS = 20;
    private static final int KEYSTROKES = 60;
    private static final int VOICE_BYTES = 10_000;
    private static final int CONNECTIONS = 16;
    private static final int WARM_ROUNDS = 3;
    private static final int ROUNDS = 7;
    private static final Duration ROUND = Duration.ofSeconds(3);

    private final Map<String, List<Times>> suite = new LinkedHashMap<>();
    private final Map<String, List<Times>> bare = new HashMap<>();

    private ReadBench() {}

    /** Starts both servers, asks them in turn, prints the medians of the rounds. */
    public static void main(String[] words) throws Exception {
        new ReadBench().run();
    }

    private void run() throws IOException, InterruptedException {
        Path bareLog = Files.createTempFile("lyceum-bench", ".log");
        try (Suite lyceum = Suite.start()) {
            record(new Http(lyceum.httpPort()));
            List<String> paths = List.of("/elicast", "/elicast/" + LESSONS);
            try (Bare server = Bare.start(bareLog, lyceum.httpPort(), paths)) {
                measure(lyceum.httpPort(), server.httpPort(), paths);
            }
        } finally {
            Files.delete(bareLog);
        }
        print();
    }

    private static void record(Http http) throws IOException, InterruptedException {
        byte[] voice = new byte[VOICE_BYTES];
        new Random(1).nextBytes(voice);
        String ots = IntStream.range(0, KEYSTROKES)
                .mapToObj(i -> "{\"ts\":%d,\"command\":\"text\",\"fromPos\":%d,\"toPos\":%d,\"insertedText\":\"x\"}"
                        .formatted(i * 120, i, i))
                .collect(Collectors.joining(",", "[", "]"));
        String voices = "[\"data:audio/webm;base64," + Base64.getEncoder().encodeToString(voice) + "\"]";
        for (int i = 1; i <= LESSONS; i++) {
            http.form("PUT", "/elicast", Map.of("title", "Loops, part " + i, "ots", ots, "voice_blobs", voices));
        }
    }

    private void measure(int suitePort, int barePort, List<String> paths) throws IOException {
        for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
            for (String path : paths) {
                Times ofSuite = new Load(suitePort, path).run(CONNECTIONS, ROUND);
                Times ofBare = new Load(barePort, path).run(CONNECTIONS, ROUND);
                if (round >= 0) {
                    suite.computeIfAbsent(path, first -> new ArrayList<>()).add(ofSuite);
                    bare.computeIfAbsent(path, first -> new ArrayList<>()).add(ofBare);
                }
            }
        }
    }

    private void print() {
        System.out.printf(
                "Reads: %d connections, medians of %d interleaved rounds of %d s%n%n",
                CONNECTIONS, ROUNDS, ROUND.toSeconds());
        Table.head("GET", "server", "requests/s", "p50 ms", "p99 ms");
        for (String path : suite.keySet()) {
            row(path, "Lyceum", suite.get(path));
            row(path, "bare Vert.x", bare.get(path));
            Table.row(
                    path,
                    "**ratio**",
                    ratio(path, Times::perSecond),
                    ratio(path, times -> times.millis(50)),
                    ratio(path, times -> times.millis(99)));
        }
    }

    private static void row(String path, String server, List<Times> rounds) {
        Table.row(
                path,
                server,
                Times.median(rounds, Times::perSecond),
                Times.median(rounds, times -> times.millis(50)),
                Times.median(rounds, times -> times.millis(99)));
    }

    private double ratio(String path, ToDoubleFunction<Times> figure) {
        return Times.median(suite.get(path), figure) / Times.median(bare.get(path), figure);
    }
}
