package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lyceum.launcher.wire.ChildProgram;
import lyceum.platform.FreePort;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways and two instances of social-service, each in a process of its own, of which one of each kind is killed. {@code
 * -Dlyceum.class.members=200} puts 400 into the class whose gateway is killed.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(300)
class ClassesOverTwoOfEachIT {

    private static final int CLICKING = 50;
    private static final int CLICKS = 40;
    private static final long PAUSE_MILLIS = 100;
    private static final int NAMED = Integer.getInteger("lyceum.class.members", 60);
    private static final int OTHERS = NAMED;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(CLICKING + NAMED + OTHERS));
    private final Visitor http = new Visitor(vertx);
    private final List<Integer> clusterPorts =
            IntStream.range(0, 4).map(i -> FreePort.next()).boxed().toList();
    private final Map<String, String> settings = new HashMap<>();
    private final List<ChildProgram> started = new ArrayList<>();

    private ChildProgram doomedService;
    private ChildProgram doomedGateway;
    private int firstPort;
    private int secondPort;

    @BeforeAll
    void start() throws IOException {
        settings.put("LYCEUM_POSTGRES_URL", TestPostgres.freshDatabase(vertx));
        settings.put("LYCEUM_JWT_SECRET", StreamVisitor.SECRET);
        settings.put(
                "LYCEUM_CLUSTER_MEMBERS",
                String.join(
                        ",",
                        clusterPorts.stream().map(port -> "127.0.0.1:" + port).toList()));
        doomedService = start(0, "social");
        start(1, "social");
        doomedGateway = start(2, "gateway");
        firstPort = doomedGateway.httpPort();
        secondPort = start(3, "gateway").httpPort();
    }

    @AfterAll
    void stop() throws InterruptedException {
        for (ChildProgram program : started) {
            program.kill();
        }
        vertx.close().await();
    }

    @Test
    @Order(1)
    void countsEveryClickOnceAndShowsAllInOneOrderWhenAServiceIsKilled() throws Exception {
        List<Pupil> pupils =
                enter(CLICKING, i -> Pupil.enter(vertx, client, i % 2 == 0 ? firstPort : secondPort, "c" + i));
        List<Pupil> witnesses = List.of(pupils.get(0), pupils.get(1));
        long timer = vertx.setPeriodic(
                PAUSE_MILLIS,
                tick -> pupils.stream().filter(pupil -> pupil.sent() < CLICKS).forEach(Pupil::click));
        await().atMost(PATIENCE).until(() -> acknowledged(pupils) > CLICKING * CLICKS / 4);
        assertThat(acknowledged(pupils)).isLessThan(CLICKING * CLICKS);

        doomedService.kill();

        await().atMost(PATIENCE).until(() -> acknowledged(pupils) == CLICKING * CLICKS);
        vertx.cancelTimer(timer);
        assertThat(pupils).noneMatch(Pupil::isClosed);
        await().atMost(PATIENCE)
                .until(() ->
                        witnesses.stream().allMatch(pupil -> pupil.comments().size() == CLICKING * CLICKS));
        assertThat(witnesses.get(0).comments())
                .doesNotHaveDuplicates()
                .isEqualTo(witnesses.get(1).comments());
        assertCounted(CLICKING * CLICKS, witnesses.get(0).comments());
        doomedService = start(0, "social");
    }

    @Test
    @Order(2)
    void tellsOnceThatEveryoneOfAKilledGatewayHasLeft() throws Exception {
        int before = get("/api/online_users").size();
        List<Pupil> others = enter(OTHERS, i -> Pupil.enter(vertx, client, secondPort, null));
        List<Pupil> doomed = enter(NAMED, i -> Pupil.enter(vertx, client, firstPort, "n" + i));
        Pupil witness = others.get(0);
        await().atMost(PATIENCE)
                .until(() -> witness.userCount() == before + OTHERS + NAMED
                        && witness.notices().stream()
                                        .filter(text -> text.endsWith(" ist beigetreten."))
                                        .count()
                                == NAMED);
        // Those of the test before that came through the first gateway leave, too.
        int left = (int) get("/api/online_users").stream()
                .map(JsonObject.class::cast)
                .filter(user ->
                        user.getString("name") != null && user.getString("name").startsWith("c"))
                .filter(user -> Integer.parseInt(user.getString("name").substring(1)) % 2 == 0)
                .count();

        doomedGateway.kill();

        await().atMost(LEAVE_LIMIT)
                .until(() -> others.stream().allMatch(pupil -> pupil.userCount() == before - left + OTHERS));
        for (Pupil pupil : others) {
            assertThat(pupil.notices().stream().filter(text -> text.matches("n\\d+ hat verlassen\\.")))
                    .hasSize(doomed.size())
                    .doesNotHaveDuplicates();
        }
        assertThat(get("/api/online_users")).hasSize(before - left + OTHERS);
        doomedGateway = start(2, "gateway");
    }

    private void assertCounted(int clicks, List<String> comments) {
        JsonObject stats = object("/api/current_stats");
        assertThat(stats.getInteger("click_count_total")).isEqualTo(clicks);
        assertThat(get("/api/users").stream().map(JsonObject.class::cast).toList())
                .hasSize(CLICKING)
                .allSatisfy(user -> assertThat(user.getInteger("click_count")).isEqualTo(CLICKS));
        assertThat(get("/api/latest_hours").stream()
                        .map(JsonObject.class::cast)
                        .mapToInt(hour -> hour.getInteger("click_count"))
                        .sum())
                .isEqualTo(clicks);
        List<String> newestFirst = get("/api/latest_clicks").stream()
                .map(click -> ((JsonObject) click).getString("comment"))
                .toList();
        List<String> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        assertThat(oldestFirst).isEqualTo(comments);
    }

    private static int acknowledged(List<Pupil> pupils) {
        return pupils.stream().mapToInt(Pupil::acknowledged).sum();
    }

    private static List<Pupil> enter(int count, IntFunction<Future<Pupil>> enter) {
        List<Future<Pupil>> entering = IntStream.range(0, count).mapToObj(enter).toList();
        return entering.stream().map(pupil -> pupil.await()).toList();
    }

    private JsonArray get(String path) {
        return http.get(secondPort, path).await().body().toJsonArray();
    }

    private JsonObject object(String path) {
        return http.get(secondPort, path).await().json();
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
