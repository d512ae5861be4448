package lyceum.platform.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.vertx.core.Context;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map.Entry;
import java.util.function.BiConsumer;
import lyceum.platform.Trace;

/**
 * Makes spans of what Vert.x tells. Why not vertx-opentelemetry: that tells whole URLs, account names of databases and texts of
 * failures, and is loaded at each start.
 */
final class SpanTracer implements VertxTracer<Span, Span> {

    private static final TextMapGetter<Iterable<Entry<String, String>>> GETTER = new Headers();
    private static final TextMapSetter<BiConsumer<String, String>> SETTER = BiConsumer::accept;

    private final Tracer tracer;
    private final TextMapPropagator propagator;

    SpanTracer(OpenTelemetry telemetry) {
        tracer = telemetry.getTracer("lyceum");
        propagator = telemetry.getPropagators().getTextMapPropagator();
    }

    private static final class Headers implements TextMapGetter<Iterable<Entry<String, String>>> {

        @Override
        public String get(Iterable<Entry<String, String>> headers, String key) {
            if (headers != null) {
                for (Entry<String, String> header : headers) {
                    if (header.getKey().equalsIgnoreCase(key)) {
                        return header.getValue();
                    }
                }
            }
            return null;
        }
    }

    @Override
    public <R> Span receiveRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            Iterable<Entry<String, String>> headers,
            TagExtractor<R> tags) {
        if (policy == TracingPolicy.IGNORE) {
            return null;
        }
        io.opentelemetry.context.Context parent =
                propagator.extract(io.opentelemetry.context.Context.root(), headers, GETTER);
        if (policy == TracingPolicy.PROPAGATE && Span.fromContextOrNull(parent) == null) {
            return null;
        }
        String name = SpanTags.name(request, operation);
        Span span = begin(
                name,
                parent,
                kind == SpanKind.RPC
                        ? io.opentelemetry.api.trace.SpanKind.SERVER
                        : io.opentelemetry.api.trace.SpanKind.CONSUMER);
        SpanTags.tell(span, request, tags);
        Trace.enter(context, new ActiveSpan(parent.with(span), span, name));
        return span;
    }

    @Override
    public <R> void sendResponse(Context context, R response, Span span, Throwable failure, TagExtractor<R> tags) {
        if (span != null) {
            Trace.leave(context);
            end(span, response, failure, tags);
        }
    }

    @Override
    public <R> Span sendRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            BiConsumer<String, String> headers,
            TagExtractor<R> tags) {
        ActiveSpan active = (ActiveSpan) Trace.active(context);
        boolean isWanted = active == null ? policy == TracingPolicy.ALWAYS : active.admitsChild();
        if (policy == TracingPolicy.IGNORE || request == null || !isWanted) {
            return null;
        }
        io.opentelemetry.context.Context parent =
                active == null ? io.opentelemetry.context.Context.root() : active.context();
        Span span = begin(
                SpanTags.name(request, operation),
                parent,
                kind == SpanKind.RPC
                        ? io.opentelemetry.api.trace.SpanKind.CLIENT
                        : io.opentelemetry.api.trace.SpanKind.PRODUCER);
        SpanTags.tell(span, request, tags);
        propagator.inject(parent.with(span), headers, SETTER);
        return span;
    }

    @Override
    public <R> void receiveResponse(Context context, R response, Span span, Throwable failure, TagExtractor<R> tags) {
        if (span != null) {
            end(span, response, failure, tags);
        }
    }

    private Span begin(String name, io.opentelemetry.context.Context parent, io.opentelemetry.api.trace.SpanKind kind) {
        return tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan();
    }

    private static <R> void end(Span span, R response, Throwable failure, TagExtractor<R> tags) {
        SpanTags.tell(span, response, tags);
        SpanTags.tell(span, failure);
        span.end();
    }
}
