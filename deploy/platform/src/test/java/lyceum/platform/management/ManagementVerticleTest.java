package lyceum.platform.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lyceum.platform.Readiness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementVerticleTest {

    private static final BuildInfo BUILD = new BuildInfo("1.2.3", "abc123", "2026-01-02T03:04:05Z");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Lifecycle lifecycle = new Lifecycle();
    private final Readiness readiness = new Readiness();
    private final Metrics metrics = new Metrics(BUILD);

    private Vertx vertx;
    private ManagementVerticle management;

    @BeforeEach
    void start() {
        vertx = Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(metrics.options()))
                .withMetrics(metrics.factory())
                .build();
        metrics.watch(vertx);
        management = verticle(0);
        vertx.deployVerticle(management).await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void livesFromTheStart() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void hasStartedOnceEverythingServes() throws Exception {
        assertThat(get("/health/started").statusCode()).isEqualTo(503);

        lifecycle.serve();

        assertThat(get("/health/started").statusCode()).isEqualTo(200);
    }

    @Test
    void isReadyWhileEveryCheckIsOk() throws Exception {
        readiness.add("sandbox", () -> Future.succeededFuture("bubblewrap 0.8"));
        lifecycle.serve();

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject("""
                                {"ready": true, "phase": "serving",
                                 "checks": {"sandbox": {"ok": true, "text": "bubblewrap 0.8"}}}"""));
    }

    @Test
    void saysWhyItIsNotReady() throws Exception {
        readiness.add("database", () -> Future.succeededFuture("PostgreSQL 17"));
        readiness.add("sandbox", () -> Future.failedFuture("no user namespaces here"));
        readiness.add("thrower", () -> {
            throw new IllegalStateException("thrown");
        });
        lifecycle.serve();

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        JsonObject checks = new JsonObject(answer.body()).getJsonObject("checks");
        assertThat(checks.getJsonObject("database").getBoolean("ok")).isTrue();
        assertThat(checks.getJsonObject("sandbox"))
                .isEqualTo(new JsonObject("{\"ok\": false, \"text\": \"no user namespaces here\"}"));
        assertThat(checks.getJsonObject("thrower").getString("text")).isEqualTo("thrown");
    }

    @Test
    void isNotReadyWhenACheckDoesNotAnswerInTime() throws Exception {
        readiness.add("silent", () -> Promise.<String>promise().future());
        lifecycle.serve();
        Instant asked = Instant.now();

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Duration.between(asked, Instant.now()))
                .isLessThan(ManagementVerticle.CHECK_LIMIT.plus(Duration.ofSeconds(2)));
        assertThat(answer.body()).contains("\"silent\":{\"ok\":false");
    }

    @Test
    void isNotReadyWhileItStartsAndWhileItDrains() throws Exception {
        assertThat(get("/health/ready").body()).isEqualTo("{\"ready\":false,\"phase\":\"starting\"}");

        lifecycle.serve();
        assertThat(lifecycle.drain()).isTrue();
        lifecycle.serve();

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).isEqualTo("{\"ready\":false,\"phase\":\"draining\"}");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(lifecycle.drain()).isFalse();
    }

    @Test
    void measuresVertxAndTheJvmForPrometheus() throws Exception {
        get("/health/live");

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("jvm_memory_used_bytes", "jvm_gc_", "jvm_threads_live_threads", "vertx_http_server_requests")
                .contains("route=\"/health/live\"", "method=\"GET\"");
    }

    @Test
    void tellsWhatTheChecksFind() throws Exception {
        readiness.add("database", () -> Future.succeededFuture("PostgreSQL 17"));
        readiness.add("sandbox", () -> Future.failedFuture("no user namespaces here"));

        assertThat(get("/metrics").body())
                .contains("lyceum_ready{check=\"database\"} 1.0", "lyceum_ready{check=\"sandbox\"} 0.0")
                .contains("lyceum_serving 0.0");

        readiness.add("sandbox", () -> Future.succeededFuture("namespaces"));
        lifecycle.serve();

        assertThat(get("/metrics").body()).contains("lyceum_ready{check=\"sandbox\"} 1.0", "lyceum_serving 1.0");
    }

    @Test
    void tellsHowManyRequestsTookHowLong() throws Exception {
        get("/info");

        assertThat(get("/metrics").body())
                .containsPattern(
                        "vertx_http_server_response_time_seconds_bucket\\{[^}]*route=\"/info\"[^}]*le=\"0.5\"}")
                .contains("lyceum_build{commit=\"abc123\",version=\"1.2.3\"} 1.0", "process_files_open_files");
    }

    @Test
    void tellsHowLateEventLoopsAre() {
        // What no code of ours may do.
        vertx.runOnContext(
                task -> LockSupport.parkNanos(Duration.ofMillis(1_200).toNanos()));

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(lag(metrics)).isGreaterThan(0.1));
    }

    /** @return the greatest of late, in seconds */
    private static double lag(Metrics metrics) {
        return metrics.registry().get("lyceum.loop.lag").timer().max(TimeUnit.SECONDS);
    }

    @Test
    void countsMethodsThatNobodyKnowsAsOne() throws Exception {
        for (int number = 0; number < 5; number++) {
            HttpRequest invented = HttpRequest.newBuilder(uri("/info"))
                    .method("INVENTED" + number, BodyPublishers.noBody())
                    .build();
            http.send(invented, BodyHandlers.discarding());
        }

        assertThat(get("/metrics").body()).contains("method=\"other\"").doesNotContain("INVENTED");
    }

    @Test
    void tellsWhatItWasBuiltFrom() throws Exception {
        assertThat(new JsonObject(get("/info").body()).mapTo(BuildInfo.class)).isEqualTo(BUILD);
    }

    @Test
    void namesTheSettingOfAPortThatIsTaken() {
        int taken = management.port();
        Vertx other = Vertx.vertx();

        assertThatThrownBy(() -> other.deployVerticle(verticle(taken)).await())
                .hasMessageContaining("cannot listen at 127.0.0.1:%d (LYCEUM_MANAGEMENT_PORT)", taken);

        other.close().await();
    }

    private ManagementVerticle verticle(int port) {
        return new ManagementVerticle(new ManagementConfig("127.0.0.1", port), lifecycle, readiness, metrics, BUILD);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(management.port(), path));
    }
}
