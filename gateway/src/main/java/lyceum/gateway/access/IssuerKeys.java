package lyceum.gateway.access;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an issuer, as they were when they were last fetched: when they have become old, or when a token names
 * one that is not among them, but not more often than once in a pause, whatever tokens come. What cannot be fetched anew is
 * kept. Lives on one event loop.
 */
public final class IssuerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    /** Each is a request that is held back. */
    private static final int MOST_WAITING = 1000;

    private final Supplier<Future<List<IssuerKey>>> fetch;
    private final Duration maxAge;
    private final Duration minPause;
    private final InstantSource clock;

    private List<IssuerKey> keys = List.of();
    private Instant fetched = Instant.MIN;
    private Instant tried = Instant.MIN;
    private boolean isOutOfReach;
    private Future<Void> fetching = Future.succeededFuture();
    private int waiting;

    /**
     * @param fetch the keys as they are now, within a time limit of its own
     * @param maxAge older ones are fetched anew
     * @param minPause between the beginnings of two fetches
     */
    public IssuerKeys(
            Supplier<Future<List<IssuerKey>>> fetch, Duration maxAge, Duration minPause, InstantSource clock) {
        this.fetch = fetch;
        this.maxAge = maxAge;
        this.minPause = minPause;
        this.clock = clock;
    }

    /**
     * Finds the key of a token. Without an id there must be one key only that it can be.
     *
     * @return the key, known on return if it is known at all; empty where the issuer has none such; or UNAVAILABLE where it
     *     cannot be asked, BUSY where too many wait for that
     */
    Future<Optional<IssuerKey>> find(SignatureAlgorithm algorithm, Optional<String> id) {
        Optional<IssuerKey> known = among(keys, algorithm, id);
        if (known.isPresent()) {
            if (isOld()) {
                refresh();
            }
            return Future.succeededFuture(known);
        }
        refresh();
        return fetching.isComplete() ? told(algorithm, id) : await(algorithm, id);
    }

    /** Fetches the keys, if that may be. */
    public void refresh() {
        Instant now = clock.instant();
        if (!fetching.isComplete() || !isOver(tried, minPause, now)) {
            return;
        }
        tried = now;
        fetching = fetch.get().onSuccess(this::take).onFailure(this::keep).mapEmpty();
    }

    private void take(List<IssuerKey> fresh) {
        keys = fresh;
        fetched = clock.instant();
        isOutOfReach = false;
    }

    private void keep(Throwable error) {
        isOutOfReach = true;
        LOG.warn("the keys of the issuer of tokens cannot be fetched, {} are kept: {}", keys.size(), error.toString());
    }

    private Future<Optional<IssuerKey>> await(SignatureAlgorithm algorithm, Optional<String> id) {
        if (waiting >= MOST_WAITING) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too many tokens are waiting for their key"));
        }
        waiting++;
        return fetching.otherwiseEmpty().onComplete(done -> waiting--).compose(done -> told(algorithm, id));
    }

    private Future<Optional<IssuerKey>> told(SignatureAlgorithm algorithm, Optional<String> id) {
        Optional<IssuerKey> found = among(keys, algorithm, id);
        return found.isEmpty() && isOutOfReach
                ? Future.failedFuture(
                        new Failure(Kind.UNAVAILABLE, "the keys of the token's issuer are out of reach for the moment"))
                : Future.succeededFuture(found);
    }

    private boolean isOld() {
        return isOver(fetched, maxAge, clock.instant());
    }

    private static boolean isOver(Instant begin, Duration time, Instant now) {
        return begin.equals(Instant.MIN) || !begin.plus(time).isAfter(now);
    }

    private static Optional<IssuerKey> among(List<IssuerKey> keys, SignatureAlgorithm algorithm, Optional<String> id) {
        List<IssuerKey> fitting =
                keys.stream().filter(key -> key.fits(algorithm, id)).toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }
}
