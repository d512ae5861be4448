package lyceum.gateway.video;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a stream is filmed as long as somebody watches it: its filming ends when nobody does for a while, and its
 * channel can be found for longer. Lives on one context.
 */
public final class Filming {

    private static final Logger LOG = LoggerFactory.getLogger(Filming.class);

    /** However many watch, it is asked for so often. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final int MOST = 1_000;

    private final Vertx vertx;
    private final HlsRoutes.Films films;
    private final Set<String> asked = new HashSet<>();

    public Filming(Vertx vertx, HlsRoutes.Films films) {
        this.vertx = vertx;
        this.films = films;
    }

    /** Somebody watches a stream, and does not wait for this. */
    void keep(String stream) {
        if (asked.size() < MOST && asked.add(stream)) {
            vertx.setTimer(INTERVAL.toMillis(), due -> asked.remove(stream));
            films.begin(stream)
                    .onFailure(error -> LOG.debug("stream={} is not filmed: {}", stream, error.getMessage()));
        }
    }
}
