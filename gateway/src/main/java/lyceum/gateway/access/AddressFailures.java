package lyceum.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often clients of one address have failed of late, to log in for instance; this gateway's own memory. Who has an IPv6
 * address has its whole /64. Lives on one event loop.
 */
public final class AddressFailures {

    /** Some MiB; beyond that the address that has been quiet for the longest time is forgotten. */
    private static final int MOST_ADDRESSES = 20_000;

    private final int limit;
    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Count> counts;
    private long refused;

    /**
     * @param limit so many within a window; 0 for any number
     * @param window begins with the first of them
     */
    public AddressFailures(int limit, Duration window, InstantSource clock) {
        this(limit, window, clock, MOST_ADDRESSES);
    }

    public AddressFailures(int limit, Duration window, InstantSource clock, int mostAddresses) {
        this.limit = limit;
        this.window = window;
        this.clock = clock;
        this.counts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                return size() > mostAddresses;
            }
        };
    }

    private record Count(int failures, Instant end) {}

    /** @return how long nothing of an address is to be checked; empty where it may be */
    public Optional<Duration> restOfLimit(String address) {
        Instant now = clock.instant();
        Optional<Duration> rest = Optional.ofNullable(counts.get(ClientNetwork.of(address)))
                .filter(count -> limit > 0 && count.failures() >= limit && now.isBefore(count.end()))
                .map(count -> Duration.between(now, count.end()));
        refused += rest.isPresent() ? 1 : 0;
        return rest;
    }

    /** @return how often there was such a rest */
    public long refused() {
        return refused;
    }

    /** Counts a failure. */
    public void count(String address) {
        Instant now = clock.instant();
        counts.compute(
                ClientNetwork.of(address),
                (network, count) -> count == null || !now.isBefore(count.end())
                        ? new Count(1, now.plus(window))
                        : new Count(count.failures() + 1, count.end()));
    }
}
