package lyceum.gateway.stream;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import lyceum.stream.StreamService.OpenedSession;

/** The bundles of this gateway's readers, one for each instance of stream-service. Lives on one context. */
final class ReaderBundles {

    private final Vertx vertx;
    private final StreamAccess streams;
    private final Map<String, ReaderBundle> bundles = new HashMap<>();

    ReaderBundles(Vertx vertx, StreamAccess streams) {
        this.vertx = vertx;
        this.streams = streams;
    }

    /** @return a session's reader, until it is closed */
    BundledReader reader(OpenedSession session) {
        String instance = session.instance();
        ReaderBundle bundle = bundles.computeIfAbsent(
                instance, first -> new ReaderBundle(vertx, streams.bundling().apply(instance)));
        return new BundledReader(
                bundle, streams.pulling().apply(instance), session.id(), () -> bundles.remove(instance, bundle));
    }
}
