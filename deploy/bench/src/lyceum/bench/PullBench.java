package lyceum.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** One stream of camera frames and those who watch it, one to a thousand. */
public final class PullBench {

    private static final int MANY = 100;
    private static final int[] PULLERS = {1, MANY, 1_000};
    private static final int PER_SECOND = 30;
    private static final int ENTRY_BYTES = 1 << 16;
    private static final int WARM_SECONDS = 5;
    /** Until the program is compiled: 100 pullers for so long. */
    private static final int FIRST_SECONDS = 120;

    private static final int SECONDS = 20;
    private static final String STREAM = "camera";

    private final RedisServer redis;
    private final Suite suite;
    private final String token;

    private PullBench(RedisServer redis, Suite suite) throws Exception {
        this.redis = redis;
        this.suite = suite;
        this.token = new Http(suite.httpPort()).token();
    }

    /** Starts Redis and the suite, and lets more and more clients watch one stream. */
    public static void main(String[] words) throws Exception {
        try (RedisServer redis = RedisServer.start();
                Suite suite = Suite.start(Map.of("LYCEUM_REDIS_URL", redis.url()), "-Xmx512m")) {
            PullBench bench = new PullBench(redis, suite);
            bench.warmUp();
            bench.watch();
            bench.idle();
        }
    }

    private void warmUp() throws Exception {
        for (String query : List.of("", "&latest=false")) {
            try (PullSockets sockets = new PullSockets();
                    PushSocket camera = new PushSocket(suite.httpPort(), path("push", ""))) {
                sockets.open(suite.httpPort(), path("pull", query), MANY);
                push(camera, FIRST_SECONDS / 2);
            }
        }
    }

    private void watch() throws Exception {
        System.out.printf(
                "Pulls: one stream of %d entries of %d KiB a second, each row %d s%n%n",
                PER_SECOND, ENTRY_BYTES >> 10, SECONDS);
        Table.head(
                "pullers",
                "mode",
                "Redis syncs",
                "entries a puller and second, least",
                "median",
                "p50 ms",
                "p99 ms",
                "MiB/s out",
                "Redis MiB/s out",
                "clients of Redis",
                "cpu % of the machine");
        for (int pullers : PULLERS) {
            row(pullers, "latest", "", "always");
            row(pullers, "latest", "", "everysec");
            row(pullers, "each entry", "&latest=false", "always");
            row(pullers, "each entry", "&latest=false", "everysec");
        }
        plainRow(1);
        plainRow(MANY);
        Times disk = Disk.appends(ENTRY_BYTES, PER_SECOND, SECONDS);
        System.out.printf(
                "%nThe disk alone, the same bytes as often: p50 %.2f ms, p99 %.2f ms%n",
                disk.millis(50), disk.millis(99));
    }

    /** @param syncs when Redis has what it gets on the disk */
    private void row(int pullers, String mode, String query, String syncs) throws Exception {
        redis.syncs(syncs);
        try (PullSockets sockets = new PullSockets();
                PushSocket camera = new PushSocket(suite.httpPort(), path("push", ""))) {
            sockets.open(suite.httpPort(), path("pull", query), pullers);
            push(camera, WARM_SECONDS);
            sockets.forget();
            long redisBytes = redis.sentBytes();
            double busy = Processor.busyMillis();
            long begin = System.nanoTime();
            push(camera, SECONDS);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double cpu = (Processor.busyMillis() - busy)
                    / (seconds * 10 * Runtime.getRuntime().availableProcessors());
            double redisMib = (redis.sentBytes() - redisBytes) / (double) (1 << 20) / seconds;
            print(pullers, mode + " | " + syncs, sockets.deliveries(), seconds, redisMib, cpu);
        }
    }

    /** The same bytes as often, from a thread that does nothing else to the same client. */
    private void plainRow(int pullers) throws Exception {
        try (PlainSockets plain = new PlainSockets();
                PullSockets sockets = new PullSockets()) {
            sockets.open(plain.port(), path("pull", ""), pullers);
            pace(WARM_SECONDS, plain::send);
            sockets.forget();
            double busy = Processor.busyMillis();
            long begin = System.nanoTime();
            pace(SECONDS, plain::send);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double cpu = (Processor.busyMillis() - busy)
                    / (seconds * 10 * Runtime.getRuntime().availableProcessors());
            print(pullers, "plain sockets | none", sockets.deliveries(), seconds, 0, cpu);
        }
    }

    /** @param seconds more than there were meant to be, where the camera was held up */
    private void print(
            int pullers, String mode, List<Deliveries> deliveries, double seconds, double redisMib, double cpu)
            throws IOException {
        List<long[]> ages = deliveries.stream().map(Deliveries::ages).toList();
        long[] counts = ages.stream().mapToLong(each -> each.length).sorted().toArray();
        Times times = Times.of(ages.stream().flatMapToLong(LongStream::of).toArray(), (long) (seconds * 1e9));
        Table.row(
                pullers,
                mode,
                counts[0] / seconds,
                counts[counts.length / 2] / seconds,
                times.millis(50),
                times.millis(99),
                times.perSecond() * ENTRY_BYTES / (1 << 20),
                redisMib,
                redis.clients(),
                cpu);
    }

    /** Takes an entry, whose first 8 bytes are when it was sent. */
    private interface Camera {
        void send(byte[] payload) throws IOException;
    }

    private static void push(PushSocket camera, int seconds) throws IOException {
        pace(seconds, payload -> camera.send(PushSocket.entry(payload)));
    }

    private static void pace(int seconds, Camera camera) throws IOException {
        byte[] payload = new byte[ENTRY_BYTES];
        long begin = System.nanoTime();
        for (int i = 0; i < seconds * PER_SECOND; i++) {
            LockSupport.parkNanos(begin + i * 1_000_000_000L / PER_SECOND - System.nanoTime());
            ByteBuffer.wrap(payload).putLong(System.nanoTime());
            camera.send(payload);
        }
    }

    private void idle() throws Exception {
        double before = Heap.livingMib(suite);
        try (PullSockets sockets = new PullSockets()) {
            int pullers = PULLERS[PULLERS.length - 1];
            sockets.open(suite.httpPort(), path("pull", "").replace(STREAM, "silent"), pullers);
            double after = Heap.livingMib(suite);
            System.out.printf(
                    "%n%d pullers of a silent stream: heap %.1f MiB, %.1f MiB without them, %.1f KiB each%n",
                    pullers, after, before, (after - before) * 1024 / pullers);
        }
    }

    private String path(String what, String query) {
        return "/data/%s/%s?token=%s%s"
                .formatted(STREAM, what, URLEncoder.encode(token, StandardCharsets.UTF_8), query);
    }
}
