package lyceum.gateway.stream;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import lyceum.gateway.route.LiveSocket;
import lyceum.gateway.stream.PieceDecoder.Inbox;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.Delivery;
import lyceum.stream.PullSession.PullEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that pulls (stream contract, section 3.3). It is asked what comes next when the network has taken the last
 * delivery, and the client has acknowledged it, if it does so; so a slow client holds up nobody, and costs one part of one
 * delivery. What the client says is never kept. Lives on one context.
 */
final class PullTalk implements StreamSockets.Talk {

    private static final Logger LOG = LoggerFactory.getLogger(PullTalk.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final StreamSockets sockets;
    private final BundledReader reader;
    private final Manner manner;

    private LiveSocket life;
    private PieceDecoder pieces;
    private PullWriter writer;
    private long keepTimer = -1;
    private boolean isAsking;
    private long deliverySinceNanos;
    private long outageSinceNanos;
    private long pauseMillis;

    /**
     * How a client pulls.
     *
     * @param isOneByOne whether each stream has a pair of messages of its own
     * @param isAcked whether it says something after each pair
     */
    record Manner(boolean isOneByOne, boolean isAcked) {}

    PullTalk(StreamSockets sockets, BundledReader reader, Manner manner) {
        this.sockets = sockets;
        this.reader = reader;
        this.manner = manner;
    }

    @Override
    public void begin(ServerWebSocket socket, HttpConnection connection, Runnable over) {
        sockets.meters().pull.sockets().incrementAndGet();
        life = new LiveSocket(sockets.vertx(), socket, () -> {
            sockets.meters().pull.sockets().decrementAndGet();
            leave();
            over.run();
        });
        writer = new PullWriter(new FrameWriter(connection, sockets.payloads(), sockets.deliveries()), manner);
        pieces = PieceDecoder.of(
                connection, new Inbox(sockets.config().messageBytes(), true, sockets.held(), life::heard, life::close));
        socket.frameHandler(this::hear);
        life.watch(
                sockets.config().pace().ping().toMillis(),
                () -> false,
                why -> life.close(WebSocketCloseStatus.POLICY_VIOLATION, why.getMessage()));
        keepTimer = sockets.vertx().setPeriodic(sockets.config().pace().keep().toMillis(), tick -> keep());
        Loop.whileTrue(this::next).onFailure(this::fail);
    }

    @Override
    public void giveUp() {
        reader.close().onFailure(error -> LOG.debug("a session is over already", error));
    }

    private void hear(WebSocketFrame frame) {
        if (frame.isText() || frame.isBinary()) {
            writer.acknowledge();
        }
    }

    /** @return whether there is more to tell */
    private Future<Boolean> next() {
        if (life.isOver()) {
            return Future.succeededFuture(false);
        }
        isAsking = true;
        return reader.read()
                .onComplete(answered -> isAsking = false)
                .transform(answer -> answer.succeeded() ? take(answer.result()) : retry(answer.cause()));
    }

    private Future<Boolean> take(PullEvent event) {
        outageSinceNanos = 0;
        return switch (event.kind()) {
            case DELIVERED -> write(event.delivery());
            case NOTHING -> Future.succeededFuture(true);
            case IDLE -> end(WebSocketCloseStatus.NORMAL_CLOSURE, "nothing has come for so long");
            case STOPPED -> end(WebSocketCloseStatus.SERVICE_RESTART, "please go on behind the last id");
        };
    }

    private Future<Boolean> write(Delivery part) {
        long bytes = part.bytes().stream().mapToLong(Buffer::length).sum();
        if (part.more() && deliverySinceNanos == 0) {
            deliverySinceNanos = System.nanoTime();
        }
        return writer.write(part)
                .map(written -> {
                    deliverySinceNanos = part.more() ? deliverySinceNanos : 0;
                    life.heard();
                    count(part, bytes);
                    return true;
                })
                .recover(error -> isGone(error) ? Future.succeededFuture(false) : Future.failedFuture(error));
    }

    /** What the network says of a client that has gone may come before the end of its socket. */
    private boolean isGone(Throwable error) {
        return life.isOver() || error instanceof IOException;
    }

    private void count(Delivery part, long bytes) {
        StreamSocketMeters.Flow pull = sockets.meters().pull;
        if (!part.items().isEmpty()) {
            pull.messages().increment();
            pull.entries().increment(part.items().size());
        }
        pull.bytes().increment(bytes);
    }

    /** Nothing was skipped, so the same is asked again, less and less often. */
    private Future<Boolean> retry(Throwable error) {
        if (life.isOver()) {
            return Future.succeededFuture(false);
        }
        if (!(error instanceof Failure failure) || failure.kind().status() != Kind.BUSY.status()) {
            return isUnknown(error) ? lose() : Future.failedFuture(error);
        }
        if (outageSinceNanos == 0) {
            outageSinceNanos = System.nanoTime();
            pauseMillis = FIRST_PAUSE_MILLIS;
        }
        long outageNanos = System.nanoTime() - outageSinceNanos;
        if (outageNanos > sockets.config().outageLimit().toNanos()) {
            return end(WebSocketCloseStatus.TRY_AGAIN_LATER, failure.getMessage());
        }
        return reader.keep().transform(kept -> kept.succeeded() ? pause() : lose());
    }

    private Future<Boolean> pause() {
        Promise<Boolean> paused = Promise.promise();
        sockets.vertx().setTimer(pauseMillis, later -> paused.complete(true));
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
        return paused.future();
    }

    private static boolean isUnknown(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND;
    }

    /** The instance that held the session is gone, or it has forgotten it. */
    private Future<Boolean> lose() {
        return end(WebSocketCloseStatus.SERVICE_RESTART, "the session is lost, please go on behind the last id");
    }

    private Future<Boolean> end(WebSocketCloseStatus status, String reason) {
        life.close(status, reason);
        return Future.succeededFuture(false);
    }

    private void fail(Throwable error) {
        if (error instanceof Failure failure && failure.kind() == Kind.INVALID) {
            life.close(WebSocketCloseStatus.POLICY_VIOLATION, failure.getMessage());
            return;
        }
        if (!(error instanceof Failure)) {
            LOG.error("defect in a pull", error);
        }
        life.close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "internal error");
    }

    /** A client may take long for a delivery, whose other parts are held for it, and as long as it likes to acknowledge it. */
    private void keep() {
        boolean isTooSlow = deliverySinceNanos != 0
                && System.nanoTime() - deliverySinceNanos
                        > sockets.config().pace().message().toNanos();
        if (isTooSlow) {
            life.close(WebSocketCloseStatus.POLICY_VIOLATION, "the delivery took too long");
        } else if (!isAsking) {
            reader.keep().onFailure(gone -> lose());
        }
    }

    private void leave() {
        sockets.vertx().cancelTimer(keepTimer);
        writer.end();
        pieces.deafen();
        giveUp();
    }
}
