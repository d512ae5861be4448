package lyceum.stream.internal;

import io.vertx.core.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that readers do not get because they cannot be converted (contract, section 8, decision 20): all are counted, and
 * the operator is told of one for each stream and minute. Lives on one context.
 */
final class LeftOut {

    private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

    private static final Duration SILENCE = Duration.ofMinutes(1);

    /** So many streams are remembered as told of. */
    private static final int MOST_STREAMS = 1000;

    private final StreamMetrics metrics;
    private final LongSupplier clock;
    private final Map<String, Long> toldNanos = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_STREAMS;
        }
    };

    /** @param clock nanoseconds since whenever, as {@link System#nanoTime} */
    LeftOut(StreamMetrics metrics, LongSupplier clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param why it was left out */
    void add(String stream, EntryId id, Failure why) {
        metrics.unconvertible.increment();
        long nowNanos = clock.getAsLong();
        Long last = toldNanos.get(stream);
        if (last == null || nowNanos - last >= SILENCE.toNanos()) {
            toldNanos.put(stream, nowNanos);
            // Names are the clients' own, line breaks included.
            LOG.warn("entry left out stream={} id={}: {}", Json.encode(stream), id, why.getMessage());
        }
    }
}
