package lyceum.gateway.stream;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.ArrayDeque;
import java.util.Queue;
import lyceum.gateway.route.LiveSocket;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.stream.PieceDecoder.Inbox;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.StreamService.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that pushes (stream contract, section 3.2). Its messages go on in pieces as they arrive, several of them at
 * once; while there is no room for the next piece nothing is read of it. What Redis has is acknowledged in order. What was
 * heard whole is stored also if the client is gone by then. Lives on one context.
 */
final class PushTalk implements StreamSockets.Talk {

    /** Who does not take so much of its acknowledgements is not read any more. */
    private static final int UNTAKEN_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(PushTalk.class);

    private final StreamSockets sockets;
    private final HeldBytes held;
    private final PushLane lane;
    private final boolean isAcked;
    private final PushReader reader;
    private final Queue<Message> unanswered = new ArrayDeque<>();

    private LiveSocket life;
    private PieceDecoder pieces;
    private long keepTimer = -1;
    private boolean isQuiet = true;
    private PushPiece waiting;
    private long messageBytes;
    private int messageEntries;
    private long messageSinceNanos;
    private long untakenBytes;
    private boolean isBroken;
    private boolean isLaneClosed;

    /** How a client pushes. */
    record Manner(PushPath path, boolean isBatch, boolean isAcked) {}

    /** A message that has been passed on whole. */
    private record Message(Future<Stored> answer, int entries, long bytes) {}

    PushTalk(StreamSockets sockets, PushLane lane, Manner manner) {
        this.sockets = sockets;
        this.held = sockets.held();
        this.lane = lane;
        this.isAcked = manner.isAcked();
        this.reader = new PushReader(
                manner.path(), manner.isBatch(), sockets.config().messageBytes(), held, sockets.heldHeaders());
    }

    @Override
    public void begin(ServerWebSocket socket, HttpConnection connection, Runnable over) {
        sockets.meters().push.sockets().incrementAndGet();
        life = new LiveSocket(sockets.vertx(), socket, () -> {
            sockets.meters().push.sockets().decrementAndGet();
            leave();
            over.run();
        });
        pieces = PieceDecoder.of(
                connection, new Inbox(sockets.config().messageBytes(), false, held, life::heard, this::refuse));
        socket.frameHandler(this::hear);
        life.watch(sockets.config().pace().ping().toMillis(), this::isHeldByUs, this::refuse);
        keepTimer = sockets.vertx().setPeriodic(sockets.config().pace().keep().toMillis(), tick -> keep());
    }

    @Override
    public void giveUp() {
        closeLane();
    }

    private boolean isHeldByUs() {
        return pieces.isShut() && untakenBytes <= UNTAKEN_BYTES;
    }

    private void hear(WebSocketFrame frame) {
        if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
            return;
        }
        if (life.isOver() || isBroken) {
            held.giveBack(frame.binaryData().length());
            return;
        }
        try {
            reader.read(frame).ifPresent(this::offer);
            notePace();
        } catch (BadMessage bad) {
            refuse(bad.status(), bad.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("defect in a push", defect);
            refuse(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "internal error");
        }
    }

    private void notePace() {
        if (!reader.isInMessage()) {
            messageSinceNanos = 0;
        } else if (messageSinceNanos == 0) {
            messageSinceNanos = System.nanoTime();
        }
    }

    /** Of what a client has begun to say maybe nothing is heard before it has said a good part of it. */
    private void noteBeginning() {
        if (messageSinceNanos == 0 && pieces.isInMessage()) {
            messageSinceNanos = System.nanoTime();
        }
    }

    private void offer(PushPiece piece) {
        if (hasRoom(piece)) {
            send(piece);
        } else {
            waiting = piece;
            pieces.hold();
        }
    }

    private boolean hasRoom(PushPiece piece) {
        return untakenBytes <= UNTAKEN_BYTES && lane.hasRoom(piece);
    }

    private void send(PushPiece piece) {
        isQuiet = false;
        messageEntries += piece.entries().size();
        messageBytes += piece.bytes().length();
        Future<Stored> answer = lane.send(piece);
        if (piece.isLast()) {
            unanswered.add(new Message(answer, messageEntries, messageBytes));
            messageEntries = 0;
            messageBytes = 0;
        }
        answer.onComplete(answered -> held.giveBack(piece.bytes().length()))
                .onSuccess(stored -> answered())
                .onFailure(this::fail);
    }

    private void answered() {
        while (!unanswered.isEmpty() && unanswered.peek().answer().succeeded()) {
            take(unanswered.remove());
        }
        goOn();
    }

    private void take(Message message) {
        Stored stored = message.answer().result();
        int refused = stored.refused().size();
        StreamSocketMeters.Flow push = sockets.meters().push;
        push.messages().increment();
        push.entries().increment(message.entries() - refused);
        push.bytes().increment(message.bytes());
        sockets.meters().refused.increment(refused);
        if (refused > 0) {
            isBroken = true;
            refuse(WebSocketCloseStatus.POLICY_VIOLATION, PushRefusal.text(stored));
        } else if (isAcked && !life.isOver()) {
            acknowledge(String.join(",", stored.ids()));
        }
    }

    private void acknowledge(String ids) {
        untakenBytes += ids.length();
        life.writeText(ids).onComplete(taken -> {
            untakenBytes -= ids.length();
            life.heard();
            goOn();
        });
    }

    /** A part of a message is of no use when the rest will not come. */
    private void goOn() {
        if (waiting != null && (isBroken || life.isOver() && !waiting.isLast())) {
            drop();
        }
        if (waiting != null && hasRoom(waiting)) {
            PushPiece next = waiting;
            waiting = null;
            send(next);
            pieces.release();
        }
        if (life.isOver() && waiting == null && lane.isIdle()) {
            closeLane();
        }
    }

    private void drop() {
        if (waiting != null) {
            int bytes = waiting.bytes().length();
            waiting = null;
            held.giveBack(bytes);
        }
    }

    private void keep() {
        noteBeginning();
        boolean isTooSlow = messageSinceNanos != 0
                && System.nanoTime() - messageSinceNanos
                        > sockets.config().pace().message().toNanos();
        if (isTooSlow && !pieces.isShut()) {
            refuse(WebSocketCloseStatus.POLICY_VIOLATION, "the message took too long");
        } else if (isQuiet && lane.isIdle() && !isBroken) {
            lane.keep().onSuccess(kept -> goOn()).onFailure(this::fail);
        }
        isQuiet = true;
    }

    /** The session is broken: nothing more can be pushed, and what is unanswered is stored or not. */
    private void fail(Throwable error) {
        if (isBroken) {
            goOn();
            return;
        }
        isBroken = true;
        pieces.hold();
        goOn();
        if (!(error instanceof Failure failure)) {
            LOG.error("defect in a push", error);
            refuse(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "internal error");
        } else if (failure.kind() == Kind.UNAVAILABLE) {
            askWhy(failure);
        } else {
            refuse(status(failure.kind()), failure.getMessage());
        }
    }

    private static WebSocketCloseStatus status(Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> WebSocketCloseStatus.SERVICE_RESTART;
            case BUSY -> WebSocketCloseStatus.TRY_AGAIN_LATER;
            case CONFLICT, INTERNAL -> WebSocketCloseStatus.INTERNAL_SERVER_ERROR;
            default -> WebSocketCloseStatus.POLICY_VIOLATION;
        };
    }

    /** Either the store is not there, or the instance that held the session. */
    private void askWhy(Failure failure) {
        isLaneClosed = true;
        lane.close()
                .onSuccess(there -> refuse(WebSocketCloseStatus.TRY_AGAIN_LATER, failure.getMessage()))
                .onFailure(gone -> refuse(WebSocketCloseStatus.SERVICE_RESTART, "the session is lost"));
    }

    private void refuse(Refusal why) {
        refuse(WebSocketCloseStatus.POLICY_VIOLATION, why.getMessage());
    }

    private void refuse(WebSocketCloseStatus status, String reason) {
        life.close(status, reason);
    }

    private void leave() {
        sockets.vertx().cancelTimer(keepTimer);
        reader.drop();
        pieces.deafen();
        goOn();
    }

    private void closeLane() {
        if (!isLaneClosed) {
            isLaneClosed = true;
            lane.close().onFailure(error -> LOG.debug("a session is over already", error));
        }
    }
}
