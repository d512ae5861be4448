package lyceum.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Entries pushed over WebSockets, against the same entries appended to the same Redis by pipelines, which is the limit. */
public final class PushBench {

    private static final int ROUNDS = 5;
    private static final int WARM_ROUNDS = 2;
    private static final int CONNECTIONS = 4;
    private static final long ROUND_NANOS = 3_000_000_000L;
    /** Batches that a client sends ahead of the acknowledgements, and pipelines ahead of their answers. */
    private static final int AHEAD = 8;

    private static final String PLAIN = "pipelined XADD";
    private static final String IN_MULTI = "pipelined XADD in MULTI";

    private final RedisServer redis;
    private final int port;
    private final String token;

    /** @param cpuMillis of the whole machine, for 1,000 entries */
    private record Round(double perSecond, double cpuMillis) {}

    /** What one connection does until its time is over. */
    private interface Sender {
        void sendUntil(long endNanos, String stream) throws IOException;
    }

    private PushBench(RedisServer redis, int port) throws Exception {
        this.redis = redis;
        this.port = port;
        this.token = new Http(port).token();
    }

    /** Starts Redis and the suite, pushes to both in turn, prints the medians of the rounds. */
    public static void main(String[] words) throws Exception {
        try (RedisServer redis = RedisServer.start();
                Suite suite = Suite.start(Map.of("LYCEUM_REDIS_URL", redis.url()))) {
            System.out.printf(
                    "Pushes: %d connections, medians of %d interleaved rounds of %d s%n%n",
                    CONNECTIONS, ROUNDS, ROUND_NANOS / 1_000_000_000);
            Table.head("entries", "what", "entries/s", "MiB/s", "cpu ms for 1000", "share of the limit");
            PushBench bench = new PushBench(redis, suite.httpPort());
            bench.compare("1 KiB, 100 in a batch", 1 << 10, 100);
            bench.compare("64 KiB, 4 in a batch", 1 << 16, 4);
        }
    }

    private void compare(String title, int entryBytes, int count) throws Exception {
        byte[] payload = new byte[entryBytes];
        new java.util.Random(1).nextBytes(payload);
        byte[] batch = PushSocket.batch(payload, count);
        Map<String, Sender> kinds = new LinkedHashMap<>();
        kinds.put(PLAIN, (end, stream) -> append(end, RedisConnection.appends(stream, payload, count), count));
        kinds.put(
                IN_MULTI,
                (end, stream) ->
                        append(end, RedisConnection.transaction(stream, payload, count), 2 * count + 2));
        kinds.put("Lyceum, acknowledged", (end, stream) -> pushAcknowledged(end, stream, batch));
        kinds.put("Lyceum, not acknowledged", (end, stream) -> push(end, stream, batch));
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
            for (Map.Entry<String, Sender> kind : kinds.entrySet()) {
                Round done = round(kind.getValue());
                if (round >= 0) {
                    rounds.computeIfAbsent(kind.getKey(), first -> new ArrayList<>())
                            .add(done);
                }
            }
        }
        double limit = Math.max(perSecond(rounds.get(PLAIN)), perSecond(rounds.get(IN_MULTI)));
        rounds.forEach((kind, done) -> Table.row(
                title,
                kind,
                perSecond(done),
                perSecond(done) * entryBytes / (1 << 20),
                Processor.median(done.stream().map(Round::cpuMillis).toList()),
                perSecond(done) / limit));
    }

    private static double perSecond(List<Round> rounds) {
        return Processor.median(rounds.stream().map(Round::perSecond).toList());
    }

    /** What counts is what Redis has when all that was sent has arrived. */
    private Round round(Sender sender) throws Exception {
        redis.clear();
        long before = redis.appended();
        double busy = Processor.busyMillis();
        long begin = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Callable<Void>> senders = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                String stream = "bench" + i;
                senders.add(() -> {
                    sender.sendUntil(begin + ROUND_NANOS, stream);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(senders)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        long appended = redis.appended() - before;
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Round(appended / seconds, (Processor.busyMillis() - busy) / appended * 1_000);
    }

    private void append(long endNanos, byte[] pipeline, int answers) throws IOException {
        try (RedisConnection connection = redis.connect()) {
            int ahead = 0;
            while (System.nanoTime() < endNanos) {
                connection.send(pipeline);
                if (++ahead > AHEAD) {
                    connection.awaitAnswers(answers);
                    ahead--;
                }
            }
            connection.awaitAnswers(ahead * answers);
        }
    }

    private void pushAcknowledged(long endNanos, String stream, byte[] batch) throws IOException {
        try (PushSocket socket = new PushSocket(port, path(stream, true))) {
            int ahead = 0;
            while (System.nanoTime() < endNanos) {
                socket.send(batch);
                if (++ahead > AHEAD) {
                    socket.awaitAck();
                    ahead--;
                }
            }
            for (; ahead > 0; ahead--) {
                socket.awaitAck();
            }
        }
    }

    /** A socket that closes in order has handed over all that was sent before. */
    private void push(long endNanos, String stream, byte[] batch) throws IOException {
        try (PushSocket socket = new PushSocket(port, path(stream, false))) {
            while (System.nanoTime() < endNanos) {
                socket.send(batch);
            }
            socket.closeAndWait();
        }
    }

    private String path(String stream, boolean ack) {
        return "/data/%s/push?batch=true&ack=%s&token=%s"
                .formatted(stream, ack, URLEncoder.encode(token, StandardCharsets.UTF_8));
    }
}
