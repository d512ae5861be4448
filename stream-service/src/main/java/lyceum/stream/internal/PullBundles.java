package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import lyceum.stream.PullBundle;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.StreamService.Done;

/** The rules of {@link PullBundle}: which bundles this instance has. Lives on one context. */
final class PullBundles implements PullBundle {

    private final Vertx vertx;
    private final Function<String, Future<PullEvent>> pulls;
    private final Duration lease;
    private final Sessions<Bundle> bundles;

    /**
     * @param pulls asks a session of this instance what is next, as {@link PullSession#readPull}
     * @param lease {@link PullSession#LEASE}
     * @param most that may be open
     */
    PullBundles(Vertx vertx, Function<String, Future<PullEvent>> pulls, Duration lease, int most) {
        this.vertx = vertx;
        this.pulls = pulls;
        this.lease = lease;
        this.bundles = new Sessions<>(vertx, lease, most, Bundle::end);
    }

    /** @return those that are open */
    Sessions<?> sessions() {
        return bundles;
    }

    @Override
    public Future<OpenedBundle> openBundle(OpenBundle order) {
        return bundles.open(id -> Future.succeededFuture(new Bundle(vertx, lease.dividedBy(2), pulls)))
                .map(OpenedBundle::new);
    }

    @Override
    public Future<News> readBundle(ReadBundle question) {
        return bundles.ask(question.id(), bundle -> bundle.read(question.sessions()));
    }

    @Override
    public Future<Done> closeBundle(CloseBundle order) {
        bundles.end(order.id());
        return Future.succeededFuture(new Done());
    }

    /** Ends all. */
    void stop() {
        bundles.close();
    }
}
