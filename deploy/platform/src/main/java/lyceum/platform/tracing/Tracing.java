package lyceum.platform.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.spi.VertxTracerFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import lyceum.platform.management.BuildInfo;

/** Traces of one process, told to a collector until it is closed. */
public final class Tracing implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    /** Says the same as {@link SpanQueue}, past our log. Held, for else its level is forgotten. */
    private static final Logger EXPORTER_LOG = Logger.getLogger("io.opentelemetry.exporter");

    private final OpenTelemetrySdk sdk;

    private Tracing(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /**
     * @param url where traces are told
     * @param config of which that is the address
     * @param services that this process has, by name
     * @param meters get how many spans were told and dropped
     */
    public static Tracing to(
            URI url, TracesConfig config, List<String> services, BuildInfo build, MeterRegistry meters) {
        EXPORTER_LOG.setLevel(Level.OFF);
        Resource resource = Resource.create(Attributes.builder()
                .put("service.name", "lyceum")
                .put("service.version", build.version())
                .put("service.instance.id", UUID.randomUUID().toString())
                .put(AttributeKey.stringArrayKey("lyceum.services"), services)
                .build());
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.share())))
                .addSpanProcessor(new SpanQueue(exporter(url), meters))
                .build();
        return new Tracing(OpenTelemetrySdk.builder()
                .setTracerProvider(provider)
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build());
    }

    /** What is not taken at once is not told again: the next spans wait already. */
    private static SpanExporter exporter(URI url) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(url.toString())
                .setConnectTimeout(CONNECT_LIMIT)
                .setTimeout(ANSWER_LIMIT)
                .setRetryPolicy(null)
                .build();
    }

    /** @return what a Vert.x that is traced is built with */
    public VertxTracerFactory factory() {
        return options -> new SpanTracer(sdk);
    }

    /** Tells what waits; blocks for some seconds at most. */
    @Override
    public void close() {
        sdk.shutdown().join(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    }
}
