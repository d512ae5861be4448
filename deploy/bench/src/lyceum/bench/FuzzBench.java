package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import lyceum.launcher.fuzz.FuzzRun;

/**
 * Malformed requests, forms, frames and packets against the suite of a small JVM, and what is left of them. Arguments: how
 * many (100,000), and the seed (another one each time). Ends with 1 where one is answered with a fault of the server, a
 * listener is closed, something is left, or the log tells of a defect.
 */
public final class FuzzBench {

    private static final int COUNT = 100_000;
    private static final int BATCH = 10_000;
    private static final int HEAP_MIB = 384;
    private static final int PATIENCE_MILLIS = 400;
    private static final int MOST_SHOWN = 40;

    /** Of caches that fill with what was told, all of which have bounds, and of what is compiled meanwhile. */
    private static final double SPARE_HEAP_MIB = 8;

    /** Of pools and jars, which come and go. */
    private static final long SPARE_DESCRIPTORS = 24;

    /** Cells of the sandbox that wait, and what ffmpeg's rooms are made of. */
    private static final long SPARE_PROCESSES = 16;

    private static final long SETTLE_LIMIT_NANOS = 120_000_000_000L;
    private static final long LOOK_MILLIS = 2_000;
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    /** Connections, and sockets of socket.io, which outlive them. */
    private static final Pattern OPEN =
            Pattern.compile("^lyceum_gateway_(?:connections|live_sockets\\{.*}) (\\S+)$", Pattern.MULTILINE);

    private static final int OPEN_GAUGES = 3;
    private static final Pattern FAULT = Pattern.compile("^.*(?:\\bERROR\\b|\\bdefect\\b).*$", Pattern.MULTILINE);

    /**
     * A handshake whose client breaks off at the same moment: Vert.x 5.0.10 fails it, and then tries to complete it
     * (Http1xServerConnection.createWebSocket). The client is gone already, and nothing is left.
     */
    private static final Pattern GONE_HANDSHAKE = Pattern.compile(
            "^.* ERROR .* Unhandled exception\\njava\\.lang\\.IllegalStateException: Result is already complete$",
            Pattern.MULTILINE);

    private final Suite suite;
    private final FuzzRun fuzz;
    private final List<String> faults = new ArrayList<>();
    private Remains before;

    /** What there is of a suite besides its data. */
    private record Remains(long descriptors, long processes, double open, double heapMib) {}

    private FuzzBench(Suite suite, FuzzRun fuzz) {
        this.suite = suite;
        this.fuzz = fuzz;
    }

    /** Starts the suite, tries the cases, prints what came of them. */
    public static void main(String[] words) throws Exception {
        int count = words.length > 0 ? Integer.parseInt(words[0]) : COUNT;
        long seed = words.length > 1 ? Long.parseLong(words[1]) : System.currentTimeMillis();
        System.out.printf("Fuzz: %d cases, seed %d, suite with -Xmx%dm%n%n", count, seed, HEAP_MIB);
        // Runs and sockets that end themselves when nobody waits for them any more would only make it slower.
        Map<String, String> settings = Map.of(
                "LYCEUM_CODE_TIME_LIMIT",
                "2s",
                "LYCEUM_SOCKETIO_PING_INTERVAL",
                "5s",
                "LYCEUM_SOCKETIO_PING_TIMEOUT",
                "10s");
        try (Suite suite = Suite.start(settings, "-Xmx" + HEAP_MIB + "m", "-Dlyceum.log.form=readable")) {
            Http http = new Http(suite.httpPort());
            List<String> tokens = List.of(token(http, "student"), token(http, "teacher"), token(http, "admin"));
            FuzzRun fuzz = new FuzzRun(
                    suite.httpPort(),
                    seed,
                    PATIENCE_MILLIS,
                    http.get("/openapi.json"),
                    http.get("/asyncapi.yaml"),
                    tokens);
            new FuzzBench(suite, fuzz).run(count);
        }
    }

    private static String token(Http http, String role) throws IOException, InterruptedException {
        String answer = http.form("POST", "/token", Map.of("username", role, "password", role, "roles", role));
        Matcher token = TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IOException("no token in " + answer);
        }
        return token.group(1);
    }

    private void run(int count) throws Exception {
        List<List<Object>> rows = new ArrayList<>();
        for (int done = 0; done < count; done += BATCH) {
            int cases = Math.min(BATCH, count - done);
            long begin = System.nanoTime();
            fuzz.run(cases);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Remains remains = settled();
            if (before == null) {
                before = remains;
            }
            compare(done + cases, remains);
            rows.add(List.of(
                    done + cases,
                    seconds,
                    fuzz.findings().size(),
                    (double) remains.descriptors(),
                    (double) remains.processes(),
                    remains.open(),
                    remains.heapMib()));
            System.err.println(rows.get(rows.size() - 1));
        }
        Table.head("cases", "s of the last", "findings", "descriptors", "processes", "open", "heap MiB");
        rows.forEach(row -> Table.row(row.toArray()));
        System.out.println();
        printAnswers();
        refuseFaults();
    }

    /** @return what there is when it is no more than after the first batch, or after a while */
    private Remains settled() throws IOException, InterruptedException {
        long end = System.nanoTime() + SETTLE_LIMIT_NANOS;
        Remains remains = remains();
        while (!isSettled(remains) && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS);
            remains = remains();
        }
        return remains;
    }

    private boolean isSettled(Remains remains) {
        return remains.open() == 0
                && (before == null
                        || remains.descriptors() <= before.descriptors() + SPARE_DESCRIPTORS
                                && remains.processes() <= before.processes() + SPARE_PROCESSES
                                && remains.heapMib() <= before.heapMib() + SPARE_HEAP_MIB);
    }

    private Remains remains() throws IOException, InterruptedException {
        double[] open = OPEN.matcher(new Http(suite.managementPort()).get("/metrics"))
                .results()
                .mapToDouble(gauge -> Double.parseDouble(gauge.group(1)))
                .toArray();
        if (open.length != OPEN_GAUGES) {
            throw new IOException("the suite does not tell what is open");
        }
        return new Remains(
                SandboxProcesses.descriptors(suite.pid()),
                ProcessHandle.of(suite.pid()).orElseThrow().descendants().count(),
                DoubleStream.of(open).sum(),
                Heap.livingMib(suite));
    }

    private void compare(int done, Remains remains) {
        if (!isSettled(remains)) {
            faults.add("after %d cases %s is left, of %s".formatted(done, remains, before));
        }
    }

    private void printAnswers() {
        Table.head("what", "answers by status (0: none, or not at once)");
        fuzz.answers().forEach((kind, statuses) -> Table.row(kind, text(statuses)));
    }

    private static String text(Map<Integer, AtomicInteger> statuses) {
        return statuses.entrySet().stream()
                .map(status -> status.getKey() + ": " + status.getValue())
                .collect(Collectors.joining(", "));
    }

    private void refuseFaults() throws IOException {
        List<String> all = new ArrayList<>(faults);
        all.addAll(fuzz.findings());
        FAULT.matcher(GONE_HANDSHAKE.matcher(suite.log()).replaceAll(""))
                .results()
                .map(line -> "log: " + line.group())
                .forEach(all::add);
        if (!all.isEmpty()) {
            Path kept = Path.of(System.getProperty("java.io.tmpdir"), "lyceum-fuzz.log");
            Files.writeString(kept, String.join("\n", all) + "\n\n" + suite.log());
            throw new IOException("%d faults, all of them and the log in %s:%n%s"
                    .formatted(all.size(), kept, String.join("\n", all.subList(0, Math.min(MOST_SHOWN, all.size())))));
        }
    }
}
