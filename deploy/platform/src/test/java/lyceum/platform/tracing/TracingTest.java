package lyceum.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.LogLines;
import lyceum.platform.Trace;
import lyceum.platform.management.BuildInfo;
import lyceum.platform.tracing.TestCollector.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingTest {

    private static final String SENDERS = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENDERS_SPAN = "b7ad6b7169203331";
    private static final String PARENT = "00-" + SENDERS + "-" + SENDERS_SPAN + "-01";

    /** A contract; public, for the bus is in another package. */
    public interface CountingService {

        Future<Counted> count(Count question);

        record Count(boolean isPossible) {}

        record Counted(String trace) {}
    }

    private final TestCollector collector = new TestCollector();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Vertx vertx;
    private Tracing tracing;

    @AfterEach
    void stop() {
        vertx.close().await();
        tracing.close();
        collector.close();
    }

    @Test
    void tellsOfARequestAndOfWhatItAsks() {
        int port = serve(1, collector.url());

        String trace = ask(port, "/count/grace?token=secret", Map.of());

        await().until(() -> collector.spans().size() == 3);
        Span request = collector.spans(trace, "GET /count/{id}").get(0);
        List<Span> ofBus = collector.spans(trace, "lyceum.platform.tracing.count");
        assertThat(request.parent()).isEmpty();
        assertThat(request.attributes())
                .containsOnly(
                        Map.entry("http.request.method", "GET"),
                        Map.entry("url.scheme", "http"),
                        Map.entry("http.route", "/count/{id}"),
                        Map.entry("http.response.status_code", "200"));
        assertThat(ofBus).extracting(Span::parent).contains(request.id()).hasSize(2);
        assertThat(collector.spans().toString()).doesNotContain("secret", "grace");
        assertThat(collector.resources().get(0))
                .containsEntry("service.name", "lyceum")
                .containsEntry("lyceum.services", "gateway,account")
                .containsKey("service.instance.id");
    }

    @Test
    void goesOnWithTheTraceOfTheSenderAndBeginsNoneItself() {
        int port = serve(0, collector.url());

        assertThat(ask(port, "/count/grace", Map.of())).isNotEqualTo(SENDERS);
        assertThat(ask(port, "/count/grace", Map.of("traceparent", PARENT))).isEqualTo(SENDERS);

        await().until(() -> collector.spans().size() == 3);
        assertThat(collector.spans()).extracting(Span::trace).containsOnly(SENDERS);
        assertThat(collector.spans(SENDERS, "GET /count/{id}").get(0).parent()).isEqualTo(SENDERS_SPAN);
    }

    @Test
    void ignoresATraceThatCannotBe() {
        int port = serve(0, collector.url());

        assertThat(ask(port, "/count/grace", Map.of("traceparent", "00-0-0-01")))
                .matches("[0-9a-f]{32}");

        tracing.close();
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void tellsTheKindOfAFailureAndNotItsText() {
        int port = serve(1, collector.url());

        ask(port, "/fail/grace", Map.of());

        await().until(() -> collector.spans().size() == 3);
        assertThat(collector.spans())
                .anySatisfy(span -> assertThat(span.attributes()).containsEntry("error.type", "busy"));
        assertThat(collector.spans().toString()).doesNotContain("there is no room for grace");
    }

    @Test
    void tellsOfStepsThatAreNoQuestions() {
        int port = serve(1, collector.url());

        String trace = ask(port, "/step", Map.of());

        await().until(() -> collector.spans().size() == 2);
        assertThat(collector.spans(trace, "a step").get(0).attributes())
                .containsOnly(Map.entry("lyceum.kind", "short"), Map.entry("lyceum.end", "good"));
    }

    @Test
    void tellsNothingOfWhatASocketAsksForHours() {
        int port = serve(1, collector.url());

        ask(port, "/many", Map.of());

        await().until(() -> collector.spans().size() > ActiveSpan.MOST_CHILDREN);
        assertThat(collector.spans()).hasSize(ActiveSpan.MOST_CHILDREN + 1);
    }

    @Test
    void dropsAndCountsWhatTheCollectorDoesNotTakeAndSaysSoOnce() {
        try (LogLines lines = LogLines.of(SpanQueue.class)) {
            collector.answer(500);
            int port = serve(1, collector.url());

            ask(port, "/step", Map.of());
            await().until(() -> meters.counter("lyceum.traces.dropped").count() == 2);
            ask(port, "/step", Map.of());
            await().until(() -> meters.counter("lyceum.traces.dropped").count() == 4);

            assertThat(lines.lines()).hasSize(1).first().asString().contains("does not take them");
        }
        assertThat(meters.counter("lyceum.traces.exported").count()).isZero();
    }

    @Test
    void answersAsEverWhereNobodyCollects() {
        int port = serve(1, "http://127.0.0.1:9");

        assertThat(ask(port, "/count/grace", Map.of())).matches("[0-9a-f]{32}");

        await().until(() -> meters.counter("lyceum.traces.dropped").count() == 3);
    }

    private int serve(double share, String url) {
        TracesConfig config = new TracesConfig(Optional.of(URI.create(url + "/v1/traces")), share);
        tracing = Tracing.to(
                config.url().orElseThrow(),
                config,
                List.of("gateway", "account"),
                new BuildInfo("1", "c", "now"),
                meters);
        vertx = Vertx.builder().withTracer(tracing.factory()).build();
        Bus bus = new Bus(vertx, Duration.ofSeconds(5));
        bus.serve(
                        CountingService.class,
                        question -> question.isPossible()
                                ? Future.succeededFuture(new CountingService.Counted(Trace.id()))
                                : Future.failedFuture(new Failure(Kind.BUSY, "there is no room for grace")))
                .await();
        CountingService counting = bus.proxy(CountingService.class);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> answer(request, counting))
                .listen(0, "127.0.0.1")
                .await();
        return server.actualPort();
    }

    private void answer(HttpServerRequest request, CountingService counting) {
        String path = request.path();
        Future<String> text;
        if (path.equals("/step")) {
            Trace.begin(Vertx.currentContext(), "a step", Map.of("lyceum.kind", "short", "person", "grace"))
                    .end(Map.of("lyceum.end", "good"), null);
            text = Future.succeededFuture(Trace.id());
        } else if (path.equals("/many")) {
            for (int i = 0; i < 2 * ActiveSpan.MOST_CHILDREN; i++) {
                Trace.begin(Vertx.currentContext(), "a step", Map.of()).end(Map.of(), null);
            }
            text = Future.succeededFuture(Trace.id());
        } else {
            Trace.answeredAt(path.replace("/grace", "/{id}"));
            text = counting.count(new CountingService.Count(path.startsWith("/count")))
                    .map(CountingService.Counted::trace);
        }
        text.onSuccess(request.response()::end)
                .onFailure(error -> request.response().setStatusCode(503).end());
    }

    /** @return the id of the trace as it is known where the answer was made */
    private String ask(int port, String path, Map<String, String> headers) {
        // Of another Vert.x: what is traced there is not to be seen here.
        Vertx other = Vertx.vertx();
        try {
            return other.createHttpClient()
                    .request(HttpMethod.GET, port, "127.0.0.1", path)
                    .compose(request -> {
                        headers.forEach(request::putHeader);
                        return request.send();
                    })
                    .compose(response -> response.body())
                    .await()
                    .toString();
        } finally {
            other.close().await();
        }
    }
}
