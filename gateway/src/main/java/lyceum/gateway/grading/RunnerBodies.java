package lyceum.gateway.grading;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.WholeBody;
import lyceum.gateway.stream.HeldBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies of runners while they are read and answered. Anybody may send one, and who it is is in it; so they take room as
 * their bytes come, never what they announce, those of one address half of it at most (or one body), and each has a time to
 * be there. Lives on one event loop.
 */
public final class RunnerBodies {

    private static final Logger LOG = LoggerFactory.getLogger(RunnerBodies.class);

    /** The longest one needs three megabits a second. */
    public static final Duration WITHIN = Duration.ofSeconds(30);

    private static final int ADDRESSES = 2;

    private final HeldBytes held;
    private final Function<HttpServerRequest, String> clients;
    private final Duration within;

    /** Of addresses that have any. */
    private final Map<String, Long> heldOfClients = new HashMap<>();

    /**
     * @param held of all of them
     * @param clients tells the address of who asks
     * @param within how long one may take to come
     */
    public RunnerBodies(HeldBytes held, Function<HttpServerRequest, String> clients, Duration within) {
        this.held = held;
        this.clients = clients;
        this.within = within;
    }

    /**
     * Reads a body and does something with it; until that is done it is held.
     *
     * @return what was done; BUSY where there is no room, a {@link Refusal} with 408 where it does not come in time, and
     *     as {@link WholeBody#read} fails
     */
    <T> Future<T> use(RoutingContext ctx, long limitBytes, Function<Buffer, Future<T>> work) {
        Room room = new Room(clients.apply(ctx.request()), Math.max(held.limit() / ADDRESSES, limitBytes));
        Promise<Buffer> whole = Promise.promise();
        long timer = ctx.vertx().setTimer(within.toMillis(), due -> giveUp(ctx, whole));
        WholeBody.read(ctx.request(), limitBytes, bytes -> !whole.future().isComplete() && room.take(bytes))
                .onComplete(read -> ctx.vertx().cancelTimer(timer))
                .onSuccess(whole::tryComplete)
                .onFailure(whole::tryFail);
        return whole.future().compose(work).onComplete(done -> room.giveBack());
    }

    /** Behind the answer it hangs up: what still comes is nothing to wait for. */
    private void giveUp(RoutingContext ctx, Promise<Buffer> whole) {
        ctx.addEndHandler(answered ->
                ctx.request().connection().close().onFailure(error -> LOG.debug("a runner is gone already", error)));
        whole.tryFail(new Refusal(
                408,
                "the body did not come within %d seconds".formatted(within.toSeconds()),
                Map.of("Connection", "close")));
    }

    /** What one body takes. */
    private final class Room {

        private final String client;
        private final long share;
        private long bytes;

        Room(String client, long share) {
            this.client = client;
            this.share = share;
        }

        boolean take(long more) {
            long ofClient = heldOfClients.getOrDefault(client, 0L);
            if (ofClient >= share || !held.take(more)) {
                return false;
            }
            bytes += more;
            heldOfClients.put(client, ofClient + more);
            return true;
        }

        void giveBack() {
            held.giveBack(bytes);
            heldOfClients.computeIfPresent(client, (same, all) -> all > bytes ? all - bytes : null);
        }
    }
}
