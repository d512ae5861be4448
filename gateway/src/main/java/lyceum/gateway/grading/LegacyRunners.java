package lyceum.gateway.grading;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lyceum.gateway.access.AddressFailures;
import lyceum.gateway.access.AddressRange;
import lyceum.gateway.access.TrustedProxies;
import lyceum.gateway.route.Refusal;
import lyceum.grading.RunnerService;
import lyceum.grading.RunnerService.RunnerAnswer;

/**
 * Runners that send the envelope of the original, which has no authentication: it is taken from some networks only, and from
 * no address that has sent too many of late that did not open. What comes of each is counted as {@code
 * lyceum.gateway.runners.legacy}, by {@code outcome}. Lives on one event loop.
 */
public final class LegacyRunners implements AutoCloseable {

    private static final RunnerAnswer UNKNOWN =
            new RunnerAnswer(400, "text/html; charset=utf-8", Buffer.buffer("not application/octet-stream"));

    private final TrustedProxies proxies;
    private final List<AddressRange> networks;
    private final AddressFailures failures;
    private final MeterRegistry registry;
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    private enum Outcome {
        /** It opened, whatever was said to what is in it. */
        OPENED,
        FAILED,
        LIMITED,
        /** It came from another network. */
        OUTSIDE
    }

    public LegacyRunners(
            LegacyRunnersConfig config, TrustedProxies proxies, InstantSource clock, MeterRegistry registry) {
        this.proxies = proxies;
        this.networks = config.networks();
        this.failures = new AddressFailures(config.failures(), config.window(), clock);
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    registry.counter(
                            "lyceum.gateway.runners.legacy",
                            "outcome",
                            outcome.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** @return whether a request has the envelope of the original */
    static boolean isLegacy(HttpServerRequest request) {
        return RunnerService.LEGACY_ENVELOPE.equals(request.getHeader("Content-Type"));
    }

    /**
     * @return what a call is answered from where this envelope is as unknown as where it is switched off; empty where it is
     *     to be opened; fails with 429 where too many of its address did not open
     */
    Optional<RunnerAnswer> refusal(HttpServerRequest request) {
        String client = proxies.clientOf(request);
        if (!isInside(client)) {
            count(Outcome.OUTSIDE);
            return Optional.of(UNKNOWN);
        }
        failures.restOfLimit(client).ifPresent(rest -> {
            count(Outcome.LIMITED);
            throw limited(rest);
        });
        return Optional.empty();
    }

    private boolean isInside(String client) {
        return AddressRange.address(client)
                .filter(address -> networks.stream().anyMatch(range -> range.contains(address)))
                .isPresent();
    }

    private static Refusal limited(Duration rest) {
        long seconds = Math.max(1, rest.plusMillis(999).toSeconds());
        return new Refusal(429, "too many envelopes did not open", Map.of("Retry-After", Long.toString(seconds)));
    }

    /** Takes note of what an envelope was answered. */
    void answered(HttpServerRequest request, RunnerAnswer answer) {
        if (answer.status() == 400) {
            failures.count(proxies.clientOf(request));
            count(Outcome.FAILED);
        } else {
            count(Outcome.OPENED);
        }
    }

    private void count(Outcome outcome) {
        counters.get(outcome).increment();
    }

    /** Takes the counters out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        counters.values().forEach(registry::remove);
    }
}
