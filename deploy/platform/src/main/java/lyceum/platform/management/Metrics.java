package lyceum.platform.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import lyceum.platform.BusMeters;

/**
 * What is counted in one process: Vert.x, the JVM and the bus, beside what services count of themselves. No label takes its value from a client as it is, so that nobody
 * can fill the memory with time series.
 */
public final class Metrics {

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private static final Pattern UUID_AT_THE_END = Pattern.compile("-?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

    /** As Vert.x names it. */
    private static final String RESPONSE_TIME = "vertx.http.server.response.time";

    /** From what nobody notices to where people give up; one more series for each, route, method and status. */
    private static final Duration[] RESPONSE_STEPS = {
        Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** @param build told as {@code lyceum.build}, a gauge of 1 */
    public Metrics(BuildInfo build) {
        registry.config()
                .meterFilter(new Steps(RESPONSE_TIME, RESPONSE_STEPS))
                .meterFilter(MeterFilter.replaceTagValues(Label.HTTP_ROUTE.toString(), Metrics::innermost))
                .meterFilter(MeterFilter.replaceTagValues(Label.POOL_NAME.toString(), Metrics::withoutUuid));
        new FileDescriptorMetrics().bindTo(registry);
        Gauge.builder("lyceum.build", () -> 1)
                .tags("version", build.version(), "commit", build.commit())
                .register(registry);
    }

    /** Counts what happens on event loops and over the bus of a Vert.x that was built with these metrics. */
    public void watch(Vertx vertx) {
        new LoopMeters(registry).watch(vertx);
        BusMeters.count(vertx, registry);
    }

    /** @return what a Vert.x that is measured is built with, beside {@link #options()} */
    public VertxMetricsFactory factory() {
        return new MicrometerMetricsFactory(registry);
    }

    /** @return what a Vert.x that is measured is built with, beside {@link #factory()} */
    public MetricsOptions options() {
        return new MicrometerMetricsOptions()
                // Vert.x keeps registries by name for the whole JVM, and tests start many.
                .setRegistryName(UUID.randomUUID().toString())
                .setLabels(Set.of(Label.HTTP_ROUTE, Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME, Label.EB_SIDE))
                .setServerRequestTagsProvider(Metrics::method)
                .setJvmMetricsEnabled(true)
                .setEnabled(true);
    }

    /** @return where services count what they know of themselves */
    public MeterRegistry registry() {
        return registry;
    }

    /** @return everything in the text format 0.0.4 of Prometheus */
    String scrape() {
        return registry.scrape();
    }

    /** Routers within routers are told one after the other; the last one has the route that has answered. */
    private static String innermost(String route) {
        return route.substring(route.lastIndexOf(">/") + 1);
    }

    /** Some name their threads after an instance, which is another one at each start. */
    private static String withoutUuid(String pool) {
        return UUID_AT_THE_END.matcher(pool).replaceFirst("");
    }

    /** HTTP lets a client invent methods. */
    private static Iterable<Tag> method(HttpRequest request) {
        return List.of(Tag.of(
                "method", METHODS.contains(request.method()) ? request.method().name() : "other"));
    }
}
