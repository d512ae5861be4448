package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import lyceum.platform.tracing.TestCollector;
import lyceum.platform.tracing.TestCollector.Span;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One request through gateway, bus, service, PostgreSQL and sandbox: as its trace, and as its log lines, tell it. */
class TracesIT {

    private static final String SENDER = "00f067aa0ba902b7";

    @TempDir
    static Path data;

    private static final TestCollector COLLECTOR = new TestCollector();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Vertx vertx;
    private static Suite suite;

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final String parent = "00-" + trace + "-" + SENDER + "-01";

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        Map<String, String> environment = Map.of(
                "LYCEUM_POSTGRES_URL",
                TestPostgres.freshDatabase(vertx),
                "LYCEUM_REDIS_URL",
                TestRedis.freshDatabase(vertx),
                "LYCEUM_DATA_DIR",
                data.toString(),
                "LYCEUM_HTTP_PORT",
                "0",
                "LYCEUM_RTMP_PORT",
                "off",
                "LYCEUM_MANAGEMENT_PORT",
                "0",
                "LYCEUM_TRACES_URL",
                COLLECTOR.url(),
                // What is not continued here is not to be seen.
                "LYCEUM_TRACES_SHARE",
                "0");
        suite = SmallHouse.start(environment, Set.of("sandbox", "elicast", "account", "stream", "gateway"))
                .await();
    }

    @AfterAll
    static void stop() {
        suite.close().eventually(vertx::close).await();
        COLLECTOR.close();
    }

    @Test
    void followsARequestToTheDatabaseAndIntoTheSandbox() throws Exception {
        HttpResponse<String> answer = send(request("/code/run?token=secret")
                .header("traceparent", parent)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("code=print%28%27private%27%29")));

        assertThat(answer.body()).contains("private");
        await().until(() -> !named("POST /code/run").isEmpty());
        Span request = named("POST /code/run").get(0);
        List<Span> asked = named("lyceum.elicast.runCode");
        Span run = named("sandbox run").get(0);
        assertThat(request.parent()).isEqualTo(SENDER);
        assertThat(asked).hasSize(2).extracting(Span::parent).contains(request.id());
        assertThat(named("lyceum.sandbox.run")).hasSize(2).extracting(Span::id).contains(run.parent());
        assertThat(run.attributes())
                .containsOnly(Map.entry("lyceum.language", "python3"), Map.entry("lyceum.verdict", "accepted"));
        assertThat(named("Query"))
                .anySatisfy(query -> assertThat(query.attributes().get("db.query.text"))
                        .startsWith("INSERT INTO code_run")
                        .contains("$1"))
                .allSatisfy(query -> assertThat(asked).extracting(Span::id).contains(query.parent()));
        assertThat(COLLECTOR.spans().toString()).doesNotContain("private", "secret");
    }

    @Test
    void followsARequestToRedis() throws Exception {
        send(request("/streams")
                .header("Authorization", "Bearer " + administrator())
                .GET());

        send(request("/streams")
                .header("traceparent", parent)
                .header("Authorization", "Bearer " + administrator())
                .GET());

        await().until(() -> !named("GET /streams").isEmpty());
        assertThat(named("Command"))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.attributes())
                        .containsEntry("db.system", "redis")
                        .containsOnlyKeys("db.system", "db.namespace", "db.operation.name"));
    }

    @Test
    void beginsNoTraceWhereTheShareIsZero() throws Exception {
        send(request("/elicast").GET());
        send(request("/elicast").header("traceparent", parent).GET());

        await().until(() -> !named("GET /elicast").isEmpty());
        assertThat(COLLECTOR.spans().stream().filter(span -> span.name().equals("GET /elicast")))
                .extracting(Span::trace)
                .containsOnly(trace);
    }

    @Test
    void writesTheIdsOfARequestIntoTheLinesOfAService() throws Exception {
        ListAppender<ILoggingEvent> written = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger("lyceum.audit");
        LogQueue queue = new LogQueue();
        queue.setContext(log.getLoggerContext());
        queue.addAppender(written);
        written.start();
        queue.start();
        log.addAppender(queue);
        try {
            HttpResponse<String> answer = send(request("/accounts/grace")
                    .header("X-Request-Id", "r-traced.1")
                    .header("traceparent", parent)
                    .header("Authorization", "Bearer " + administrator())
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"roles\": [\"student\"], \"password\": \"correct horse\"}")));

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("r-traced.1");
            // That of the service, and that of the gateway when the answer is out and the trace over.
            await().until(() -> written.list.size() == 2);
            assertThat(written.list).extracting(TracesIT::json).allSatisfy(line -> {
                assertThat(line.getString("formattedMessage")).contains("grace");
                assertThat(line.getJsonObject("mdc").getMap()).containsEntry("request", "r-traced.1");
            });
            assertThat(json(written.list.get(0)).getJsonObject("mdc").getMap()).containsEntry("trace", trace);
        } finally {
            log.detachAppender(queue);
            queue.stop();
        }
    }

    private static String administrator() throws Exception {
        HttpResponse<String> answer = send(request("/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=eve&password=eve&roles=admin")));
        return new JsonObject(answer.body()).getString("access_token");
    }

    /** As production writes it. */
    private static JsonObject json(ILoggingEvent event) {
        return new JsonObject(
                new String(LogForm.JSON.encoder(new LoggerContext()).encode(event), StandardCharsets.UTF_8));
    }

    private List<Span> named(String name) {
        return COLLECTOR.spans(trace, name);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + suite.httpPort() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
