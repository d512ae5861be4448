package lyceum.stream.internal;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import lyceum.platform.Bus;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.AppendedFact;
import lyceum.stream.StreamService.CreatedFact;
import lyceum.stream.StreamService.DeletedFact;

/** Tells the house what happens to streams; what is appended is told in sums. Lives on one context. */
final class Announcer {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Sums of more streams are told at once. */
    private static final int MOST_SUMS = 10_000;

    private final Vertx vertx;
    private final Bus bus;
    private final Map<String, AppendedFact> sums = new HashMap<>();

    Announcer(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    void created(String stream) {
        bus.publish(StreamService.CREATED, new CreatedFact(stream));
    }

    void deleted(String stream) {
        bus.publish(StreamService.DELETED, new DeletedFact(stream));
    }

    void appended(String stream, int bytes, String id) {
        if (sums.isEmpty()) {
            vertx.setTimer(INTERVAL.toMillis(), due -> tell());
        } else if (sums.size() >= MOST_SUMS) {
            tell();
        }
        sums.merge(
                stream,
                new AppendedFact(stream, 1, bytes, id),
                (sum, next) -> new AppendedFact(stream, sum.entries() + 1, sum.bytes() + bytes, id));
    }

    /** Tells what has not been told yet. */
    void tell() {
        sums.values().forEach(sum -> bus.publish(StreamService.APPENDED, sum));
        sums.clear();
    }
}
