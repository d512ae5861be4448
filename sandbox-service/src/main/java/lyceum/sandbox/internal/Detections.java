package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers what was found out about each language: for good, or for a minute where it may be another thing then. Few are
 * tried at once, since that takes from the same machine as runs. Lives on one context.
 */
final class Detections {

    private static final int AT_ONCE = 2;
    private static final Duration DOUBTFUL = Duration.ofMinutes(1);

    private final Function<LanguageDefinition, Future<Usability>> probe;
    private final InstantSource clock;
    private final Map<String, Detection> detections = new HashMap<>();
    private final Deque<Detection> waiting = new ArrayDeque<>();
    private int running;

    /** @param probe finds out; does not fail */
    Detections(Function<LanguageDefinition, Future<Usability>> probe, InstantSource clock) {
        this.probe = probe;
        this.clock = clock;
    }

    /** @return what is known of a language that somebody wants to use now: it is the next one to be tried */
    Future<Usability> ofWanted(LanguageDefinition language) {
        Detection detection = detection(language);
        if (waiting.remove(detection)) {
            waiting.addFirst(detection);
        }
        begin();
        return detection.found.future();
    }

    /** @return what is known of a language, which is tried when the others before it have been */
    Future<Usability> of(LanguageDefinition language) {
        Detection detection = detection(language);
        begin();
        return detection.found.future();
    }

    private Detection detection(LanguageDefinition language) {
        Detection known = detections.get(language.name());
        if (known != null && !known.isStale(clock.instant())) {
            return known;
        }
        Detection fresh = new Detection(language);
        detections.put(language.name(), fresh);
        waiting.addLast(fresh);
        return fresh;
    }

    private void begin() {
        while (running < AT_ONCE && !waiting.isEmpty()) {
            Detection next = waiting.removeFirst();
            running++;
            probe.apply(next.language).onComplete(ended -> {
                running--;
                next.end(ended.result(), clock.instant());
                begin();
            });
        }
    }

    /** One language, being tried or known. */
    private static final class Detection {

        private final LanguageDefinition language;
        private final Promise<Usability> found = Promise.promise();
        private Instant doubtfulFrom = Instant.MAX;

        Detection(LanguageDefinition language) {
            this.language = language;
        }

        boolean isStale(Instant now) {
            return !now.isBefore(doubtfulFrom);
        }

        void end(Usability usability, Instant now) {
            doubtfulFrom = usability.lasts() ? Instant.MAX : now.plus(DOUBTFUL);
            found.complete(usability);
        }
    }
}
