package lyceum.platform.tracing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A collector that takes OTLP over HTTP as protobuf, and keeps what it is told (opentelemetry-proto, trace/v1). */
public final class TestCollector implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> resources = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final HttpServer server;

    /** @param parent id of the span it belongs to; empty for none */
    public record Span(String trace, String id, String parent, String name, Map<String, String> attributes) {}

    public TestCollector() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body)))
                .listen(0, "127.0.0.1")
                .await();
    }

    private void take(HttpServerRequest request, Buffer body) {
        if (status.get() == 200 && request.path().equals("/v1/traces")) {
            ProtobufMessage.of(body).messages(1).forEach(this::take);
        }
        request.response()
                .setStatusCode(status.get())
                .putHeader("Content-Type", "application/x-protobuf")
                .end();
    }

    private void take(ProtobufMessage ofResource) {
        ofResource.messages(1).forEach(resource -> resources.add(attributes(resource, 1)));
        ofResource.messages(2).stream()
                .flatMap(scope -> scope.messages(2).stream())
                .forEach(span -> spans.add(new Span(
                        hex(span.bytes(1)),
                        hex(span.bytes(2)),
                        hex(span.bytes(4)),
                        span.text(5),
                        attributes(span, 9))));
    }

    private static Map<String, String> attributes(ProtobufMessage owner, int number) {
        return owner.messages(number).stream()
                .collect(Collectors.toMap(
                        each -> each.text(1), each -> value(each.messages(2).get(0))));
    }

    private static String value(ProtobufMessage value) {
        if (value.fields().containsKey(5)) {
            return value.messages(5).get(0).messages(1).stream()
                    .map(TestCollector::value)
                    .collect(Collectors.joining(","));
        }
        return value.fields().containsKey(3) ? Long.toString(value.number(3)) : value.text(1);
    }

    private static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Answers so from now on; only with 200 it takes anything. */
    public void answer(int code) {
        status.set(code);
    }

    /** @return all spans so far */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** @return spans of a trace that have a name */
    public List<Span> spans(String trace, String name) {
        return spans.stream()
                .filter(span -> span.trace().equals(trace) && span.name().equals(name))
                .toList();
    }

    /** @return what is known of those who told it */
    public List<Map<String, String>> resources() {
        return List.copyOf(resources);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
