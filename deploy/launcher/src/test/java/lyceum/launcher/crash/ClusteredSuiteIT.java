package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lyceum.launcher.crash.Visitor.Answer;
import lyceum.launcher.wire.ChildProgram;
import lyceum.platform.FreePort;
import lyceum.platform.TestPostgres;
import lyceum.platform.management.Announcer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway with one service in one process, others in another: what the clients see of it, also when that one is killed, or
 * does not answer.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ClusteredSuiteIT {

    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(3);
    /** What an answer may take beyond the reply timeout on a busy machine. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** Requests of one domain at once: fewer than a visitor sends. */
    private static final int ROOM = 20;

    private static final long SPARE_BYTES = 200L << 20;

    private static final String SOUND = "data:audio/webm;base64,";
    private static final int VOICE_BYTES = 3_000_000;

    @TempDir
    static Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Visitor visitor = new Visitor(vertx);
    private final int gatewayPort = FreePort.next();
    private final int servicesPort = FreePort.next();
    private final Map<String, String> settings = new HashMap<>();

    private final List<ChildProgram> started = new ArrayList<>();

    private ChildProgram services;
    private ChildProgram gateway;
    private int port;

    @BeforeAll
    void start() throws IOException {
        settings.put("LYCEUM_POSTGRES_URL", TestPostgres.freshDatabase(vertx));
        settings.put("LYCEUM_REPLY_TIMEOUT", REPLY_TIMEOUT.toSeconds() + "s");
        settings.put("LYCEUM_CLUSTER_SECRET", "the secret of the tests, long enough");
        settings.put("LYCEUM_CLUSTER_MEMBERS", "127.0.0.1:%d,127.0.0.1:%d".formatted(gatewayPort, servicesPort));
        settings.put("LYCEUM_ROUTE_CONCURRENCY", Integer.toString(ROOM));
        services = startServices();
        gateway = start(gatewayPort, "--services=gateway,social");
        services.httpPort();
        port = gateway.httpPort();
        awaitServing();
    }

    @AfterAll
    void stop() throws InterruptedException {
        for (ChildProgram program : started) {
            program.kill();
        }
        vertx.close().await();
    }

    @Test
    void keepsALessonWithAVoiceOfManyPieces() {
        byte[] sound = new byte[VOICE_BYTES];
        new Random(3).nextBytes(sound);
        String voice = SOUND + Base64.getEncoder().encodeToString(sound);

        Answer read = visitor.get(port, "/elicast/" + save(voice)).await();

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().getJsonObject("elicast").getJsonArray("voice_blobs"))
                .isEqualTo(JsonArray.of(voice));
    }

    @Test
    void runsCode() {
        Answer run = visitor.post(port, "/code/run", Map.of("code", "print('안녕' * 2)"))
                .await();

        assertThat(run.json().getString("output")).isEqualTo("안녕안녕\n");
        assertThat(run.json().getInteger("exit_code")).isZero();
    }

    @Test
    void waitsForAProgramThatTakesLongerThanOtherAnswersMay() {
        String program = "import time; time.sleep(%d); print('awake')".formatted(REPLY_TIMEOUT.toSeconds() + 1);

        Answer run = visitor.post(port, "/code/run", Map.of("code", program)).await();

        assertThat(run.status()).as(run.text()).isEqualTo(200);
        assertThat(run.json().getString("output")).isEqualTo("awake\n");
    }

    @Test
    void tellsHowBothProcessesAre() {
        String token = visitor.post(port, "/token", Map.of("username", "ada", "password", "ada", "roles", "admin"))
                .await()
                .json()
                .getString("access_token");

        await().atMost(Announcer.SILENCE).untilAsserted(() -> {
            Answer told = visitor.get(port, "/services?token=" + token).await();
            assertThat(told.json().getJsonArray("processes"))
                    .extracting(
                            one -> ((JsonObject) one).getJsonArray("services").contains("gateway"))
                    .containsExactlyInAnyOrder(true, false);
        });
    }

    @Test
    void cutsSound() throws IOException {
        Answer split = split(SOUND + Base64.getEncoder().encodeToString(tone()));

        assertThat(split.status()).as(split.text()).isEqualTo(200);
        assertThat(split.json().getJsonArray("outputs"))
                .singleElement()
                .asString()
                .startsWith(SOUND + "GkXf");
    }

    @Test
    void tellsInTheWordsOfTheContractWhyAServiceRefuses() {
        assertRefused(visitor.get(port, "/elicast/999999").await(), 404, "elicast -- Not exist");
        assertRefused(
                visitor.post(port, "/log/submit", Map.of("ticket", "x".repeat(36), "data", "1"))
                        .await(),
                404,
                "ticket -- Not exist");
        assertThat(split(SOUND + "AAAA").status()).isEqualTo(400);
    }

    @Test
    void protectsALesson() {
        String lesson = "/elicast/" + save(SOUND);
        String token = visitor.post(port, "/token", Map.of("username", "op", "password", "op", "roles", "admin"))
                .await()
                .json()
                .getString("access_token");

        assertThat(visitor.asBearer(token, HttpMethod.PUT, port, lesson + "/protection")
                        .await()
                        .status())
                .isEqualTo(204);
        assertRefused(visitor.send(HttpMethod.DELETE, port, lesson, Map.of()).await(), 404, "elicast -- Not exist");
        assertThat(visitor.asBearer(token, HttpMethod.DELETE, port, lesson + "/protection")
                        .await()
                        .status())
                .isEqualTo(204);
        assertThat(visitor.send(HttpMethod.DELETE, port, lesson, Map.of())
                        .await()
                        .text())
                .isEqualTo("{}");
    }

    @Test
    void asksToComeBackWhileTheServicesAreGoneAndServesWhenTheyAreBack() throws Exception {
        long lesson = save(SOUND);
        long children = services.children();
        Future<Answer> run = visitor.post(port, "/code/run", Map.of("code", "while True: pass"));
        await().until(() -> services.children() > children);

        services.kill();

        assertUnavailable(run);
        assertUnavailable(visitor.get(port, "/elicast"));
        assertUnavailable(visitor.get(port, "/elicast/" + lesson));
        assertUnavailable(visitor.post(port, "/log/ticket", Map.of("name", "Ada")));
        assertUnavailable(visitor.post(port, "/code/run", Map.of("code", "")));
        services = startServices();
        services.httpPort();
        awaitServing();
        assertThat(visitor.get(port, "/elicast/" + lesson).await().status()).isEqualTo(200);
    }

    @Test
    void keepsTheOtherDomainsGoingWhileAServiceDoesNotAnswer() throws Exception {
        assertThat(visitor.get(port, "/latest_clicks").await().status()).isEqualTo(200);
        long bytesBefore = gateway.residentBytes();

        services.pause();
        try {
            List<Future<Answer>> lessons = askForLessons(3 * ROOM);
            assertThat(measured("lyceum_gateway_requests{domain=\"lessons\"}")).isLessThanOrEqualTo(ROOM);
            // More than a domain may have under way, one after the other: none of them waits for the lessons.
            for (int i = 0; i < 2 * ROOM; i++) {
                assertThat(visitor.get(port, "/latest_clicks").await().status()).isEqualTo(200);
            }
            for (Future<Answer> lesson : lessons) {
                assertUnavailable(lesson);
            }
            assertThat(measured("lyceum_gateway_requests_refused_total{domain=\"lessons\"}"))
                    .isPositive();
            assertThat(measured("lyceum_bus_breaker{contract=\"ElicastService\"}"))
                    .isEqualTo(1);

            double refusedBefore = measured("lyceum_bus_refused_total{contract=\"ElicastService\"}");
            for (Future<Answer> lesson : askForLessons(ROOM)) {
                assertUnavailable(lesson);
            }
            // All but the one that tries again.
            assertThat(measured("lyceum_bus_refused_total{contract=\"ElicastService\"}") - refusedBefore)
                    .isGreaterThanOrEqualTo(ROOM - 2);
            assertThat(gateway.residentBytes()).isLessThan(bytesBefore + SPARE_BYTES);
        } finally {
            services.goOn();
        }

        awaitServing();
        assertThat(measured("lyceum_bus_breaker{contract=\"ElicastService\"}")).isZero();
        assertThat(measured("lyceum_gateway_requests{domain=\"lessons\"}")).isZero();
    }

    private List<Future<Answer>> askForLessons(int times) {
        return Stream.generate(() -> visitor.get(port, "/elicast")).limit(times).toList();
    }

    private double measured(String series) {
        String metrics =
                visitor.get(gateway.managementPort(), "/metrics").await().text();
        return metrics.lines()
                .filter(line -> line.startsWith(series + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody measures " + series));
    }

    private ChildProgram startServices() throws IOException {
        return start(servicesPort, "--services=sandbox,media,account,elicast");
    }

    private ChildProgram start(int clusterPort, String chosen) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("LYCEUM_CLUSTER_PORT", Integer.toString(clusterPort));
        ChildProgram program = ChildProgram.start(directory, all, chosen);
        started.add(program);
        return program;
    }

    /** One node learns a moment later than another what is served. */
    private void awaitServing() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> visitor.get(port, "/elicast").await().status() == 200);
    }

    private void assertUnavailable(Future<Answer> asked) throws Exception {
        Answer answer = asked.await(REPLY_TIMEOUT.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
        assertThat(answer.headers().get("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    private static void assertRefused(Answer answer, int status, String text) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(text);
    }

    private long save(String voice) {
        Map<String, String> form = Map.of(
                "title",
                "two houses",
                "ots",
                "[]",
                "voice_blobs",
                JsonArray.of(voice).encode());
        Answer saved = visitor.send(HttpMethod.PUT, port, "/elicast", form).await();
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return saved.json().getJsonObject("elicast").getLong("id");
    }

    private Answer split(String sound) {
        List<Integer> segment = List.of(0, 500);
        return visitor.post(
                        port,
                        "/audio/split",
                        Map.of(
                                "segments",
                                JsonArray.of(segment).encode(),
                                "audio_blobs",
                                JsonArray.of(sound).encode()))
                .await();
    }

    private static byte[] tone() throws IOException {
        try (InputStream sound = ClusteredSuiteIT.class.getResourceAsStream("/crash/tone.webm")) {
            return sound.readAllBytes();
        }
    }
}
