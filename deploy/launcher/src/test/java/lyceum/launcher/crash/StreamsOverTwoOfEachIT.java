package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lyceum.launcher.wire.ChildProgram;
import lyceum.launcher.wire.Heard;
import lyceum.platform.FreePort;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways and two instances of stream-service, each in a process of its own: what is pushed at one is pulled at the
 * other. {@code -Dlyceum.stream.entries=10000} makes them 100,000 over all connections, which takes a minute longer.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class StreamsOverTwoOfEachIT {

    private static final int CONNECTIONS = 10;
    private static final int ENTRIES = Integer.getInteger("lyceum.stream.entries", 2_000);
    private static final int BATCH = 100;

    /** RFC 6455, section 7.4.1: the service is started again. */
    private static final int SERVICE_RESTART = 1012;

    private static final int TRY_AGAIN_LATER = 1013;

    /** All who pull a stream at one gateway, and all who push to it at the other. */
    private record Traffic(
            List<NumberedPuller> pullers,
            List<Future<Map<String, String>>> pulled,
            List<NumberedPusher> pushers,
            List<Future<Map<String, String>>> pushed) {}

    @TempDir
    static Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Integer> clusterPorts =
            IntStream.range(0, 4).map(i -> FreePort.next()).boxed().toList();
    private final Map<String, String> settings = new HashMap<>();
    private final List<ChildProgram> started = new ArrayList<>();

    private String redisUrl;
    private ChildProgram doomed;
    private StreamVisitor atFirst;
    private StreamVisitor atSecond;

    @BeforeAll
    void start() throws IOException {
        redisUrl = TestRedis.freshDatabase(vertx);
        settings.put("LYCEUM_POSTGRES_URL", TestPostgres.freshDatabase(vertx));
        settings.put("LYCEUM_REDIS_URL", redisUrl);
        settings.put("LYCEUM_JWT_SECRET", StreamVisitor.SECRET);
        // Nothing is trimmed before the slowest reader has it.
        settings.put("LYCEUM_STREAM_MAX_ENTRIES", "1000000");
        settings.put(
                "LYCEUM_CLUSTER_MEMBERS",
                String.join(
                        ",",
                        clusterPorts.stream().map(port -> "127.0.0.1:" + port).toList()));
        doomed = start(0, "stream");
        start(1, "stream");
        atFirst = new StreamVisitor(vertx, start(2, "gateway").httpPort());
        atSecond = new StreamVisitor(vertx, start(3, "gateway").httpPort());
    }

    @AfterAll
    void stop() throws InterruptedException {
        threads.shutdownNow();
        for (ChildProgram program : started) {
            program.kill();
        }
        vertx.close().await();
    }

    @Test
    void bringsAllThatIsPushedAtOneGatewayToWhoPullsAtTheOther() throws Exception {
        String stream = "crowd";
        Traffic traffic = begin(stream);
        for (Future<Map<String, String>> each : traffic.pushed) {
            assertThat(finished(each)).hasSize(ENTRIES);
        }
        Map<String, String> stored = storedBeforeTheEnd(stream);

        assertThat(stored).hasSize(CONNECTIONS * ENTRIES);
        for (int i = 0; i < CONNECTIONS; i++) {
            assertInOrder(finished(traffic.pulled.get(i)), stored);
            assertThat(traffic.pullers.get(i).closes()).isEmpty();
            assertThat(traffic.pushers.get(i).closes()).isEmpty();
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            String name = name(i);
            assertThat(stored.values().stream().filter(text -> text.startsWith(name + ":")))
                    .containsExactlyElementsOf(IntStream.range(0, ENTRIES)
                            .mapToObj(number -> name + ":" + number)
                            .toList());
        }
    }

    @Test
    void losesNothingThatWasAcknowledgedWhenAnInstanceIsKilled() throws Exception {
        String stream = "survivors";
        Traffic traffic = begin(stream);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> acknowledged(traffic.pushers) > CONNECTIONS * ENTRIES / 5
                        && traffic.pullers.stream().allMatch(NumberedPuller::isBegun));
        assertThat(acknowledged(traffic.pushers)).isLessThan(CONNECTIONS * ENTRIES);

        doomed.kill();

        Map<String, String> acknowledged = new HashMap<>();
        for (Future<Map<String, String>> each : traffic.pushed) {
            finished(each).forEach((text, id) -> acknowledged.put(id, text));
        }
        Map<String, String> stored = storedBeforeTheEnd(stream);
        assertThat(acknowledged).hasSize(CONNECTIONS * ENTRIES);
        assertThat(stored).containsAllEntriesOf(acknowledged);
        for (Future<Map<String, String>> each : traffic.pulled) {
            assertInOrder(finished(each), stored);
        }
        assertClosed(traffic.pushers.stream().map(NumberedPusher::closes).toList());
        assertClosed(traffic.pullers.stream().map(NumberedPuller::closes).toList());
        doomed = start(0, "stream");
    }

    private static int acknowledged(List<NumberedPusher> pushers) {
        return pushers.stream().mapToInt(NumberedPusher::acknowledged).sum();
    }

    /** Who comes back at once may be sent to the dead one before its end is known, and is asked to try again. */
    private static void assertClosed(List<List<Heard.Closed>> ofConnections) {
        List<List<Heard.Closed>> closed =
                ofConnections.stream().filter(closes -> !closes.isEmpty()).toList();
        assertThat(closed).isNotEmpty().allSatisfy(closes -> {
            assertThat(closes.get(0).code()).isEqualTo(SERVICE_RESTART);
            assertThat(closes).extracting(Heard.Closed::code).isSubsetOf(SERVICE_RESTART, TRY_AGAIN_LATER);
        });
    }

    /** A map knows no order of its own. */
    private static void assertInOrder(Map<String, String> pulled, Map<String, String> stored) {
        assertThat(new ArrayList<>(pulled.entrySet())).isEqualTo(new ArrayList<>(stored.entrySet()));
    }

    /** Appends the entry behind which nobody reads on. */
    private Map<String, String> storedBeforeTheEnd(String stream) {
        String end = atFirst.push(stream, NumberedPuller.END);
        Map<String, String> stored = StoredEntries.of(vertx, redisUrl, stream);
        assertThat(stored.remove(end)).isEqualTo(NumberedPuller.END);
        return stored;
    }

    private Traffic begin(String stream) {
        List<NumberedPuller> pullers = connections(i -> new NumberedPuller(atSecond, stream));
        List<NumberedPusher> pushers = connections(i -> new NumberedPusher(atFirst, stream, name(i), ENTRIES, BATCH));
        return new Traffic(pullers, submit(pullers), pushers, submit(pushers));
    }

    private static <T> List<T> connections(IntFunction<T> open) {
        return IntStream.range(0, CONNECTIONS).mapToObj(open).toList();
    }

    private static String name(int connection) {
        return "p" + connection;
    }

    private List<Future<Map<String, String>>> submit(List<? extends Callable<Map<String, String>>> tasks) {
        return tasks.stream().map(threads::submit).toList();
    }

    private static Map<String, String> finished(Future<Map<String, String>> each) throws Exception {
        return each.get(120, TimeUnit.SECONDS);
    }

    /** One after the other: those that look for each other all at once take long to agree who is first. */
    private ChildProgram start(int member, String service) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("LYCEUM_CLUSTER_PORT", clusterPorts.get(member).toString());
        ChildProgram program = ChildProgram.start(directory, all, "--services=" + service);
        started.add(program);
        program.httpPort();
        return program;
    }
}
