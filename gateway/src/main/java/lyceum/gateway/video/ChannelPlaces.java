package lyceum.gateway.video;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import lyceum.media.LiveService;
import lyceum.media.LiveService.FindChannel;
import lyceum.media.LiveService.Place;

/** Where channels are, kept for a moment: however many watch, the registry is asked once. Lives on one context. */
public final class ChannelPlaces {

    private static final Duration KEPT = Duration.ofSeconds(1);

    /** Names that are asked for by strangers are no reason to hold more. */
    private static final int MOST = 1_000;

    private final Vertx vertx;
    private final LiveService service;
    private final Map<String, Future<Place>> places = new HashMap<>();

    public ChannelPlaces(Vertx vertx, LiveService service) {
        this.vertx = vertx;
        this.service = service;
    }

    /** @return as {@link LiveService#findChannel} */
    Future<Place> find(String name) {
        Future<Place> known = places.get(name);
        if (known != null) {
            return known;
        }
        Future<Place> found = service.findChannel(new FindChannel(name));
        if (places.size() < MOST) {
            places.put(name, found);
            vertx.setTimer(KEPT.toMillis(), due -> places.remove(name, found));
        }
        return found;
    }

    /** It has changed. */
    void forget(String name) {
        places.remove(name);
    }
}
