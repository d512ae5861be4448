package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.StallLimitedBody;
import lyceum.platform.Loop;
import lyceum.stream.Delivery;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.StreamService.Read;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries as they are read: the next part is asked for when the client has taken the last one. Where they begin is
 * told before them all, in {@code entry-offset}.
 */
final class EntriesBody {

    private static final Logger LOG = LoggerFactory.getLogger(EntriesBody.class);

    private static final int KEEPS_PER_LEASE = 3;

    private final StreamAccess streams;
    private final Vertx vertx;
    private final HttpServerResponse response;
    private final StallLimitedBody body;
    private final Duration timeLimit;

    private Delivery part;
    private OpenedSession rest;

    /** @param config how long the client may take for one part, and for all: what it does not fetch is held for it */
    EntriesBody(StreamAccess streams, RoutingContext ctx, StreamRoutesConfig config) {
        this.streams = streams;
        this.vertx = ctx.vertx();
        this.response = ctx.response();
        this.body = StallLimitedBody.of(ctx, config.stallLimit());
        this.timeLimit = config.timeLimit();
    }

    /** @return done when all is written; fails where the client is gone or does not read, or the rest cannot be had */
    Future<Void> write(Read read) {
        part = read.first();
        rest = read.rest();
        long keeping = rest == null ? -1 : vertx.setPeriodic(interval(), due -> keep());
        long ending = rest == null ? -1 : vertx.setTimer(timeLimit.toMillis(), late -> body.cutOff());
        return begin().compose(begun -> Loop.whileTrue(this::writePart))
                .compose(all -> response.end())
                .onComplete(end -> {
                    vertx.cancelTimer(keeping);
                    vertx.cancelTimer(ending);
                })
                .onFailure(error -> leave());
    }

    private static long interval() {
        return PullSession.LEASE.dividedBy(KEEPS_PER_LEASE).toMillis();
    }

    private Future<Void> begin() {
        Optional<String> offsets = EntryOffsets.header(part.items());
        if (offsets.isEmpty()) {
            String message = "entry-offset would be longer than %d bytes; ask for fewer entries"
                    .formatted(EntryOffsets.HEADER_BYTES);
            return Future.failedFuture(Refusal.unprocessable(List.of(Finding.wrong("query", "count", message))));
        }
        response.setChunked(true)
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("entry-offset", offsets.get());
        return Future.succeededFuture();
    }

    /** @return whether there is more to write */
    private Future<Boolean> writePart() {
        Buffer bytes = Buffer.buffer();
        part.bytes().forEach(bytes::appendBuffer);
        Future<Void> taken = bytes.length() == 0 ? Future.succeededFuture() : body.write(bytes);
        return taken.compose(written -> part.more() ? readNext().map(true) : Future.succeededFuture(false));
    }

    private Future<Void> readNext() {
        return session()
                .readPull(new ReadPull(rest.id()))
                .onSuccess(event -> part = event.delivery())
                .mapEmpty();
    }

    /** The client may take longer for a part than a session lives that nobody asks. */
    private void keep() {
        session().keepPull(new KeepPull(rest.id())).onFailure(EntriesBody::left);
    }

    private void leave() {
        if (rest != null) {
            session().closePull(new ClosePull(rest.id())).onFailure(EntriesBody::left);
        }
    }

    private static void left(Throwable error) {
        LOG.debug("a session is left to its lease", error);
    }

    private PullSession session() {
        return streams.pulling().apply(rest.instance());
    }
}
