package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import lyceum.launcher.crash.Visitor.Answer;
import lyceum.launcher.wire.ChildProgram;
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
    private static final int PUPILS = 20;
    private static final int CLICKS = 50;

    /** Gateway and stream-service may hold 32 MiB each for clients, the newest entries take 32; the rest is the house. */
    private static final int HEAP_MEBIBYTES = 256;

    private static final long MOST_RESIDENT_BYTES = 600L << 20;
    private static final int ENTRY_BYTES = 1 << 20;
    private static final int FLOODS = 20;
    private static final Duration SLOW_TIME = Duration.ofSeconds(12);

    /** Of each piece of up to 64 KiB that goes to Redis, and of each answer. */
    private static final Duration DELAY = Duration.ofMillis(100);

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

    @Test
    void letsClassesReactMeanwhile() throws Exception {
        WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(PUPILS));
        List<Pupil> pupils = new ArrayList<>();
        for (int i = 0; i < PUPILS; i++) {
            pupils.add(
                    Pupil.enter(vertx, client, program.httpPort(), "pupil " + i).await());
        }
        long timer = vertx.setPeriodic(
                100,
                tick -> pupils.stream().filter(pupil -> pupil.sent() < CLICKS).forEach(Pupil::click));
        await().atMost(PATIENCE).until(() -> clicked(pupils) > PUPILS * CLICKS / 5);

        redis.kill();
        awaitReadiness(503);
        redis.start();

        await().atMost(PATIENCE).until(() -> clicked(pupils) == PUPILS * CLICKS);
        vertx.cancelTimer(timer);
        assertThat(pupils).noneMatch(Pupil::isClosed);
        assertThat(get("/api/current_stats").json().getInteger("click_count_total"))
                .isEqualTo(PUPILS * CLICKS);
        awaitReadiness(200);
    }

    private static int clicked(List<Pupil> pupils) {
        return pupils.stream().mapToInt(Pupil::acknowledged).sum();
    }

    /** Clients push as fast as they are let, and come again when they are closed. */
    @Test
    void holdsLittleWhileRedisIsSlow() throws Exception {
        AtomicBoolean isFlooded = new AtomicBoolean(true);
        AtomicLong sent = new AtomicLong();
        redis.proxy().delay(DELAY);
        List<Future<Void>> floods = submit(IntStream.range(0, FLOODS)
                .mapToObj(i -> flood("slow", isFlooded, sent))
                .toList());

        await().during(SLOW_TIME)
                .atMost(SLOW_TIME.plus(PATIENCE))
                .untilAsserted(() -> assertThat(program.residentBytes()).isLessThan(MOST_RESIDENT_BYTES));

        assertThat(program.isAlive()).as(program.output()).isTrue();
        assertThat(http.get(program.httpPort(), "/openapi.yaml").await().status())
                .isEqualTo(200);
        assertThat(sent).hasValueGreaterThan(FLOODS);
        isFlooded.set(false);
        redis.proxy().delay(Duration.ZERO);
        for (Future<Void> each : floods) {
            each.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
        }
        awaitReadiness(200);
        assertThat(visitor.push("slow", "after")).isNotEmpty();
        assertThat(program.output()).doesNotContain("OutOfMemoryError");
    }

    private Callable<Void> flood(String stream, AtomicBoolean isFlooded, AtomicLong sent) {
        return () -> {
            while (isFlooded.get()) {
                try (Socket socket = visitor.open("/data/%s/push?ack=true".formatted(stream))) {
                    int ours = 0;
                    while (isFlooded.get() && isSent(socket)) {
                        sent.incrementAndGet();
                        ours++;
                    }
                    hearAnswers(socket, ours);
                }
            }
            return null;
        };
    }

    /** All are acknowledged, or it is told why no more are. */
    private static void hearAnswers(Socket socket, int sent) {
        for (int acknowledged = 0; acknowledged < sent; acknowledged++) {
            Heard heard =
                    socket.hear(PATIENCE).orElseThrow(() -> new AssertionError("neither acknowledged nor closed"));
            if (heard instanceof Heard.Closed closed) {
                assertNotNow(List.of(closed));
                return;
            }
        }
    }

    /** A socket that is not read keeps its sender waiting. @return false where it was closed */
    private static boolean isSent(Socket socket) {
        Future<?> written = socket.send(Buffer.buffer(new byte[ENTRY_BYTES]))
                .toCompletionStage()
                .toCompletableFuture();
        try {
            written.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException closed) {
            return false;
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("not taken for " + PATIENCE, e);
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
