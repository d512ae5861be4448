package lyceum.gateway.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.LessonPage;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.social.SocialService;
import lyceum.social.SocialService.ClassState;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.ClickPage;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.EventPage;
import lyceum.social.SocialService.FindClass;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.Hours;
import lyceum.social.SocialService.ListNewest;
import lyceum.social.SocialService.ListNext;
import lyceum.social.SocialService.Online;
import lyceum.social.SocialService.OnlinePage;
import lyceum.social.SocialService.User;
import lyceum.social.SocialService.UserPage;
import lyceum.social.Stats;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has happened in a class, over HTTP (contract, section 5; http-production.json). */
@TestInstance(Lifecycle.PER_CLASS)
class SocialRoutesTest {

    private TestGateway gateway;
    private Scripted<SocialService> social;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Map.of());
        social = new Scripted<>(gateway.vertx, SocialService.class);
        new Scripted<>(gateway.vertx, ElicastService.class).on(ListLessons.class, new LessonPage(List.of()));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @BeforeEach
    void script() {
        social.on(ListNewest.class, page -> Future.succeededFuture(new ClickPage(List.of())))
                .on(FindClass.class, question -> Future.failedFuture(Failure.notFound("nobody was there")));
    }

    private HttpResponse<Buffer> get(String path) {
        return gateway.get(path).send().await();
    }

    private Object body(String path) {
        HttpResponse<Buffer> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        return Json.decodeValue(response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api?x=1", "/api/api"})
    void tellsTheVersion(String path) {
        assertThat(get(path).bodyAsString()).isEqualTo("{\"version\":\"1.0\"}");
    }

    @ParameterizedTest
    @CsvSource({"/api/latest_clicks?since=0&limit=5,''", "/latest_clicks,''", "/api/classes/a-1/latest_clicks,a-1"})
    void listsClicks(String path, String className) {
        social.on(
                ListNewest.class,
                question -> Future.succeededFuture(new ClickPage(
                        question.className().equals(className)
                                ? List.of(new Click(9, "Ä", "x", null, 5), new Click(8, "B", null, "y", 4))
                                : List.of())));

        assertThat(get(path).bodyAsString())
                .isEqualTo("[{\"user\":\"Ä\",\"comment\":\"x\",\"style\":null,\"timestamp\":5},"
                        + "{\"user\":\"B\",\"comment\":null,\"style\":\"y\",\"timestamp\":4}]");
    }

    @Test
    void listsEvents() {
        social.on(ListNewest.class, new EventPage(List.of(new Event(3, "A", "sas", 5))));

        assertThat(body("/api/latest_events"))
                .isEqualTo(new JsonArray("[{\"user\":\"A\",\"name\":\"sas\",\"timestamp\":5}]"));
    }

    @Test
    void listsHours() {
        social.on(FindClass.class, new Hours(List.of(new Hour(3600, 1, 2, 3, 4), new Hour(7200, 0, 0, 3, 4))));

        assertThat(body("/api/latest_hours"))
                .isEqualTo(new JsonArray("[{\"timestamp\":3600,\"click_count\":1,\"event_count\":2,"
                        + "\"click_count_total\":3,\"event_count_total\":4},{\"timestamp\":7200,\"click_count\":0,"
                        + "\"event_count\":0,\"click_count_total\":3,\"event_count_total\":4}]"));
    }

    @Test
    void listsUsers() {
        social.on(ListNext.class, new UserPage(List.of(new User(1, "A", 2, 3))));

        assertThat(body("/api/users"))
                .isEqualTo(new JsonArray("[{\"name\":\"A\",\"click_count\":2,\"event_count\":3}]"));
    }

    @Test
    void listsWhoIsThere() {
        social.on(ListNext.class, new OnlinePage(List.of(new Online(1, null, 0, 0), new Online(4, "A", 1, 2))));

        assertThat(body("/api/online_users"))
                .isEqualTo(new JsonArray("[{\"name\":null,\"click_count_session\":0,\"event_count_session\":0},"
                        + "{\"name\":\"A\",\"click_count_session\":1,\"event_count_session\":2}]"));
    }

    @Test
    void tellsCounters() {
        social.on(FindClass.class, new ClassState(7, new Stats(6, 5, 4, 3, 2, 1), 8));

        assertThat(get("/api/current_stats").bodyAsString())
                .isEqualTo("{\"click_count_total\":6,\"click_count_today\":5,\"click_count_hour\":4,"
                        + "\"event_count_total\":3,\"event_count_today\":2,\"event_count_hour\":1}");
    }

    @Test
    void tellsNoughtsOfAClassThatNobodyHasEntered() {
        assertThat(((JsonObject) body("/api/classes/x/current_stats")).fieldNames())
                .hasSize(6);
        assertThat(((JsonObject) body("/api/current_stats")).getMap().values()).containsOnly(0);
    }

    @Test
    void listsNoMoreThanTheNewest() {
        social.on(
                ListNewest.class,
                question -> Future.succeededFuture(new ClickPage(LongStream.range(0, question.count())
                        .mapToObj(i -> new Click(Math.min(question.before(), 100_000) - 1 - i, "A", "x", "y", 1))
                        .toList())));

        JsonArray clicks = (JsonArray) body("/api/latest_clicks");

        assertThat(clicks).hasSize(SocialService.LISTED);
        List<ListNewest> asked = social.asked(ListNewest.class);
        assertThat(asked.subList(asked.size() - 20, asked.size()))
                .extracting(ListNewest::before)
                .containsExactlyElementsOf(LongStream.range(0, 20)
                        .mapToObj(i -> i == 0 ? Long.MAX_VALUE : 100_000 - i * 500)
                        .toList());
    }

    @Test
    void listsAllUsersPageAfterPage() {
        social.on(
                ListNext.class,
                question -> Future.succeededFuture(new UserPage(LongStream.rangeClosed(
                                question.after() + 1, Math.min(question.after() + question.count(), 1_000))
                        .mapToObj(i -> new User(i, "u" + i, i, 0))
                        .toList())));

        JsonArray users = (JsonArray) body("/api/users");

        assertThat(users.stream().map(user -> ((JsonObject) user).getString("name")))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1_000).mapToObj(i -> "u" + i).toList());
    }

    @Test
    void breaksOffAListWhoseRestCannotBeRead() {
        social.on(
                ListNewest.class,
                question -> question.before() == Long.MAX_VALUE
                        ? Future.succeededFuture(new ClickPage(LongStream.range(0, 500)
                                .mapToObj(i -> new Click(1_000 - i, "A", "x", "y", 1))
                                .toList()))
                        : RehearsedClass.unavailable());

        assertThatThrownBy(() -> get("/api/latest_clicks")).isInstanceOf(HttpClosedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest_clicks", "latest_hours", "current_stats"})
    void saysThatItCannotBeToldNow(String path) {
        social.on(ListNewest.class, question -> RehearsedClass.unavailable())
                .on(FindClass.class, question -> RehearsedClass.unavailable());

        HttpResponse<Buffer> response = get("/api/" + path);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.getHeader("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/latest_clicks",
                "/api/latest_events",
                "/api/latest_hours",
                "/api/users",
                "/api/online_users",
                "/api/current_stats",
                "/api/classes/a/users",
                "/users"
            })
    void answersHeadWithoutABody(String path) {
        HttpResponse<Buffer> response =
                gateway.request(HttpMethod.HEAD, path).send().await();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.body()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api",
        "PUT,/api",
        "OPTIONS,/api",
        "OPTIONS,/api/current_stats",
        "PUT,/api/users",
        "DELETE,/api/latest_clicks",
        "POST,/latest_hours",
        "PATCH,/api/classes/a/online_users"
    })
    void allowsReadingOnly(String method, String path) {
        HttpResponse<Buffer> response =
                gateway.request(HttpMethod.valueOf(method), path).send().await();

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo("GET,HEAD");
        assertThat(response.bodyAsString()).isEqualTo("405: Method Not Allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/",
                "/api/nope",
                "/api/latest_clicks/",
                "/api/users/A",
                "/api/socket.io",
                "/api/classes/a.b/users",
                "/api/classes//users",
                "/api/classes/a",
                "/api/classes/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/users",
                "/",
                "/version",
                "/version.json"
            })
    void knowsNoOtherPath(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    /** Clients of elicast may have {@code http://host/api} as their endpoint. */
    @Test
    void leavesThePrefixToTheRoutesOfLessons() {
        for (String path : List.of("/elicast", "/api/elicast")) {
            HttpResponse<Buffer> response = get(path);
            assertThat(response.bodyAsJsonObject()).isEqualTo(new JsonObject("{\"elicasts\":[]}"));
            assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        }
        assertThat(gateway.request(HttpMethod.OPTIONS, "/api/elicast")
                        .send()
                        .await()
                        .getHeader("Allow"))
                .isEqualTo("GET, PUT, OPTIONS");
    }

    @Test
    void allowsNoOtherOrigin() {
        HttpResponse<Buffer> response = gateway.get("/api/current_stats")
                .putHeader("Origin", "http://other.example")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().names())
                .noneMatch(name -> name.toLowerCase().startsWith("access-control"));
    }

    @Test
    void asksForATokenWhereThatIsRequired() {
        try (TestGateway strict = new TestGateway(Map.of("LYCEUM_AUTH_SOCIAL", "required"))) {
            new Scripted<>(strict.vertx, SocialService.class)
                    .on(FindClass.class, new ClassState(7, new Stats(6, 5, 4, 3, 2, 1), 8));

            HttpResponse<Buffer> refused =
                    strict.get("/api/current_stats").send().await();
            HttpResponse<Buffer> told = strict.get("/api/current_stats")
                    .bearerTokenAuthentication(TestGateway.token(strict.vertx, "ada"))
                    .send()
                    .await();

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.bodyAsString()).isEqualTo("401: Unauthorized");
            assertThat(told.bodyAsJsonObject().getInteger("click_count_total")).isEqualTo(6);
            assertThat(strict.get("/api").send().await().statusCode()).isEqualTo(200);
        }
    }
}
