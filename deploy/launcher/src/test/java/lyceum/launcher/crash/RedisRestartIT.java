package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import lyceum.launcher.crash.Visitor.Answer;
import lyceum.launcher.wire.Heard;
import lyceum.launcher.wire.Socket;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that is killed, away or slow: what clients are told, what becomes of entries, and how much is held meanwhile. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class RedisRestartIT {

    private static final int CONNECTIONS = 4;
    private static final int ENTRIES = 10_000;
    private static final int BATCH = 50;

    /** What a server may say that cannot go on now: an error of its own, started again, to be tried later. */
    private static final List<Integer> NOT_NOW = List.of(1011, 1012, 1013);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int HEAP_MEBIBYTES = 256;
    private static final long MOST_RESIDENT_BYTES = 1L << 30;
    private static final int ENTRY_BYTES = 1 << 20;
    private static final int FLOODS = 20;
    private static final Duration SLOW_TIME = Duration.ofSeconds(20);

    /** An answer takes two of them. */
    private static final Duration DELAY = Duration.ofMillis(500);

    @TempDir
    static Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Visitor http = new Visitor(vertx);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private RestartableRedis redis;
    private ChildProgram program;
    private StreamVisitor visitor;
    private String token;

    @BeforeAll
    void start() throws IOException {
        redis = new RestartableRedis(vertx, directory.resolve("redis"));
        Map<String, String> settings = new HashMap<>();
        settings.put("LYCEUM_POSTGRES_URL", TestPostgres.freshDatabase(vertx));
        settings.put("LYCEUM_REDIS_URL", redis.url());
        settings.put("LYCEUM_JWT_SECRET", StreamVisitor.SECRET);
        settings.put("LYCEUM_STREAM_MAX_ENTRIES", "1000000");
        settings.put("JAVA_TOOL_OPTIONS", "-Xmx%dm".formatted(HEAP_MEBIBYTES));
        program = ChildProgram.start(directory, settings);
        visitor = new StreamVisitor(vertx, program.httpPort());
        token = StreamVisitor.token(vertx);
    }

    @AfterAll
    void stop() throws Exception {
        threads.shutdownNow();
        program.kill();
        redis.kill();
        vertx.close().await();
    }

    @Test
    void keepsWhatWasAcknowledgedWhenRedisIsKilledAndGoesOnWhenItIsBack() throws Exception {
        String stream = "restarted";
        List<NumberedPuller> pullers = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> new NumberedPuller(visitor, stream))
                .toList();
        List<Future<Map<String, String>>> pulled = submit(pullers);
        List<NumberedPusher> pushers = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> new NumberedPusher(visitor, stream, "p" + i, ENTRIES, BATCH))
                .toList();
        List<Future<Map<String, String>>> pushed = submit(pushers);
        await().atMost(PATIENCE).until(() -> acknowledged(pushers) > CONNECTIONS * ENTRIES / 5);
        assertThat(acknowledged(pushers)).isLessThan(CONNECTIONS * ENTRIES);

        redis.kill();
        awaitReadiness(503);
        redis.start();

        Map<String, String> acknowledged = new HashMap<>();
        for (Future<Map<String, String>> each : pushed) {
            finished(each).forEach((text, id) -> acknowledged.put(id, text));
        }
        String end = visitor.push(stream, NumberedPuller.END);
        Map<String, String> stored = StoredEntries.of(vertx, redis.ownUrl(), stream);
        assertThat(stored.remove(end)).isEqualTo(NumberedPuller.END);
        assertThat(acknowledged).hasSize(CONNECTIONS * ENTRIES);
        assertThat(stored).containsAllEntriesOf(acknowledged);
        for (Future<Map<String, String>> each : pulled) {
            assertThat(new ArrayList<>(finished(each).entrySet())).isEqualTo(new ArrayList<>(stored.entrySet()));
        }
        assertThat(pushers).allSatisfy(pusher -> assertNotNow(pusher.closes()));
        assertThat(pullers).allSatisfy(puller -> assertNotNow(puller.closes()));
        awaitReadiness(200);
    }

    @Test
    void saysThatRedisIsAwayAndServesWhenItIsBack() throws Exception {
        visitor.push("away", "before");

        redis.kill();
        awaitReadiness(503);

        assertThat(readiness().text()).contains("redis");
        assertUnavailable("/streams");
        assertUnavailable("/streams/away");
        assertUnavailable("/data/away");
        assertRefused("/data/away/push?ack=true");
        assertThat(http.get(program.httpPort(), "/ping").await().status()).isEqualTo(503);
        redis.start();
        awaitReadiness(200);
        assertThat(get("/data/away").text()).isEqualTo("before");
        visitor.push("away", "after");
        assertThat(get("/data/away").text()).isEqualTo("after");
    }

    /** Clients push as fast as they are let, while an answer of Redis takes a second or more. */
    @Test
    void holdsLittleWhileRedisIsSlow() throws Exception {
        AtomicBoolean isFlooded = new AtomicBoolean(true);
        AtomicLong sent = new AtomicLong();
        redis.proxy().delay(DELAY);
        List<Future<Integer>> floods = submit(IntStream.range(0, FLOODS)
                .mapToObj(i -> (Callable<Integer>) () -> flood("slow", isFlooded, sent))
                .toList());

        await().during(SLOW_TIME)
                .atMost(SLOW_TIME.plus(PATIENCE))
                .untilAsserted(() -> assertThat(program.residentBytes()).isLessThan(MOST_RESIDENT_BYTES));

        assertThat(program.isAlive()).as(program.output()).isTrue();
        assertThat(http.get(program.httpPort(), "/openapi.yaml").await().status())
                .isEqualTo(200);
        isFlooded.set(false);
        redis.proxy().delay(Duration.ZERO);
        long acknowledged = 0;
        for (Future<Integer> each : floods) {
            acknowledged += each.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
        }
        assertThat(acknowledged).isPositive().isLessThanOrEqualTo(sent.get());
        awaitReadiness(200);
        assertThat(visitor.push("slow", "after")).isNotEmpty();
        assertThat(program.output()).doesNotContain("OutOfMemoryError");
    }

    /** Pushes until it is told to end or is closed. @return how many entries were acknowledged */
    private int flood(String stream, AtomicBoolean isFlooded, AtomicLong sent) {
        int acknowledged = 0;
        int ours = 0;
        try (Socket socket = visitor.open("/data/%s/push?ack=true".formatted(stream))) {
            while (isFlooded.get() && isSent(socket)) {
                sent.incrementAndGet();
                ours++;
            }
            while (acknowledged < ours) {
                Heard heard = socket.hear(PATIENCE).orElseThrow(() -> new AssertionError("neither ack nor close"));
                if (heard instanceof Heard.Closed closed) {
                    assertNotNow(List.of(closed));
                    return acknowledged;
                }
                acknowledged++;
            }
        }
        return acknowledged;
    }

    /** A socket that is not read keeps its sender waiting. */
    private static boolean isSent(Socket socket) {
        try {
            socket.send(Buffer.buffer(new byte[ENTRY_BYTES])).await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            throw new AssertionError("not taken for " + PATIENCE, e);
        } catch (RuntimeException closed) {
            return false;
        }
    }

    private static int acknowledged(List<NumberedPusher> pushers) {
        return pushers.stream().mapToInt(NumberedPusher::acknowledged).sum();
    }

    private static void assertNotNow(List<Heard.Closed> closes) {
        assertThat(closes).allSatisfy(closed -> {
            assertThat(closed.code()).isIn(NOT_NOW);
            assertThat(closed.reason()).isNotBlank();
        });
    }

    private void assertUnavailable(String path) {
        Answer answer = get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
        assertThat(new JsonObject(answer.text()).getValue("detail")).isNotNull();
    }

    /** Before it is accepted, or behind that. */
    private void assertRefused(String target) {
        Socket.Opening opening = visitor.tryOpen(target);
        if (opening.socket() == null) {
            assertThat(opening.status()).isEqualTo(503);
            return;
        }
        try (Socket socket = opening.socket()) {
            socket.send(Buffer.buffer("lost"));
            Optional<Heard> heard = socket.hear(PATIENCE);
            assertThat(heard).get().isInstanceOf(Heard.Closed.class);
            assertNotNow(List.of((Heard.Closed) heard.get()));
        }
    }

    private Answer get(String path) {
        return http.asBearer(token, HttpMethod.GET, program.httpPort(), path).await();
    }

    private void awaitReadiness(int status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(readiness().status()).isEqualTo(status));
    }

    private Answer readiness() {
        return http.get(program.managementPort(), "/health/ready").await();
    }

    private <T> List<Future<T>> submit(List<? extends Callable<T>> tasks) {
        return tasks.stream().map(threads::submit).toList();
    }

    private static Map<String, String> finished(Future<Map<String, String>> each) throws Exception {
        return each.get(120, TimeUnit.SECONDS);
    }
}
