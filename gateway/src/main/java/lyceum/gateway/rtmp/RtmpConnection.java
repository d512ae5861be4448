package lyceum.gateway.rtmp;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import lyceum.gateway.stream.HeldBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one connection, from its first byte to its end, and the bounds of what it may cost: it makes messages of bytes
 * (RTMP 1.0, section 5), takes what is held out of the budget, and ends whoever is late, silent or no RTMP. What the messages
 * mean is {@link PublishTalk}'s. Lives on one context.
 */
final class RtmpConnection {

    private static final Logger LOG = LoggerFactory.getLogger(RtmpConnection.class);

    /** Commands have a few hundred bytes; more is for those who may publish. */
    private static final int COMMAND_BYTES = 64 * 1024;

    /** Time for the peer to read why, before the connection ends. */
    private static final long FAREWELL_MILLIS = 1_000;

    /**
     * @param opening until somebody publishes
     * @param silence of somebody who publishes
     * @param messageBytes longest sound or picture
     */
    record Limits(Duration opening, Duration silence, int messageBytes) {}

    private final Vertx vertx;
    private final NetSocket socket;
    private final HeldBytes budget;
    private final Limits limits;
    private final Handshake handshake = new Handshake();
    private final ChunkReader chunks = new ChunkReader(COMMAND_BYTES, this::take);
    private final Answers answers = new Answers();
    private final PublishTalk talk;

    private RtmpPlaces places;
    private long received;
    private long acknowledged;
    private long accounted;
    private long openingTimer = -1;
    private long heardNanos = System.nanoTime();
    private long silenceTimer = -1;
    private boolean isOver;

    RtmpConnection(Vertx vertx, NetSocket socket, Publishers publishers, HeldBytes budget, Limits limits) {
        this.vertx = vertx;
        this.socket = socket;
        this.budget = budget;
        this.limits = limits;
        this.talk = new PublishTalk(this, answers, publishers);
    }

    /** Begins to listen, in one of those places. */
    void begin(RtmpPlaces all) {
        places = all;
        places.await(this);
        startOpeningTimer("nothing was published in time");
        silenceTimer = vertx.setPeriodic(limits.silence().dividedBy(3).toMillis(), tick -> checkSilence());
        socket.exceptionHandler(error -> end(error.toString()));
        socket.closeHandler(end -> {
            end("closed by the peer");
            places.leave(this);
        });
        socket.handler(this::receive);
    }

    private void startOpeningTimer(String why) {
        openingTimer = vertx.setTimer(limits.opening().toMillis(), late -> end(why));
    }

    private void checkSilence() {
        if (talk.isMediaExpected()
                && System.nanoTime() - heardNanos > limits.silence().toNanos()) {
            end("silent for too long");
        }
    }

    private void receive(Buffer bytes) {
        if (isOver) {
            return;
        }
        heardNanos = System.nanoTime();
        try {
            read(bytes);
            talk.passOn();
            account();
        } catch (RtmpFault fault) {
            end(fault.getMessage());
        }
    }

    private void read(Buffer bytes) {
        received += bytes.length();
        if (handshake.isDone()) {
            chunks.feed(bytes);
            acknowledge();
            return;
        }
        handshake.feed(bytes).ifPresent(this::send);
        if (handshake.isDone()) {
            chunks.feed(handshake.rest());
        }
    }

    /** Half a window after the last time, so that nobody ever waits for it (section 5.4.3). */
    private void acknowledge() {
        if (received - acknowledged >= Answers.WINDOW_BYTES / 2) {
            acknowledged = received;
            send(answers.acknowledgement(received));
        }
    }

    private void take(RtmpMessage message) {
        if (isOver) {
            return;
        }
        switch (message.type()) {
            case RtmpMessage.SET_CHUNK_SIZE -> chunks.chunkSize(number(message.payload()) & 0x7FFFFFFFL);
            case RtmpMessage.ABORT -> chunks.abort((int) number(message.payload()));
            default -> talk.take(message);
        }
    }

    private static long number(Buffer payload) {
        if (payload.length() < Integer.BYTES) {
            throw new RtmpFault("a control message is cut");
        }
        return payload.getUnsignedInt(0);
    }

    /** Takes what is held out of the budget or gives it back; ends the connection where there is no room for it. */
    void account() {
        long held = (isOver ? 0 : chunks.heldBytes()) + talk.heldBytes();
        if (held > accounted && !budget.take(held - accounted)) {
            end("there is no room for what is published");
            return;
        }
        if (held < accounted) {
            budget.giveBack(accounted - held);
        }
        accounted = held;
    }

    /** @return where the peer is */
    String address() {
        return socket.remoteAddress().hostAddress();
    }

    /**
     * Somebody publishes: messages may be long now, and there is no hurry any more, as long as some come.
     *
     * @return whether there is a place for one more who does
     */
    boolean expectMedia() {
        if (!places.publish(this)) {
            return false;
        }
        vertx.cancelTimer(openingTimer);
        heardNanos = System.nanoTime();
        chunks.allow(limits.messageBytes());
        return true;
    }

    /** Nobody publishes any more: as at the beginning. */
    void expectPublish() {
        account();
        chunks.allow(COMMAND_BYTES);
        startOpeningTimer("nothing more was published");
        places.await(this);
    }

    /** Sends bytes of chunks; ends the connection where the peer does not read what it is told. */
    void send(Buffer bytes) {
        if (socket.writeQueueFull()) {
            end("answers are not read");
            return;
        }
        socket.write(bytes).onFailure(error -> LOG.debug("not sent: {}", error.toString()));
    }

    /** Nothing more is read until {@link #goOn}; what has been read already still is taken. */
    void hold() {
        socket.pause();
    }

    /** Reads on. The peer was not silent, it was not listened to. */
    void goOn() {
        heardNanos = System.nanoTime();
        socket.resume();
    }

    /** The peer reads why, and usually closes; what it still sends is passed over. */
    void endSoon(String why) {
        finish(why);
        socket.resume();
        vertx.setTimer(FAREWELL_MILLIS, late -> closeSocket());
    }

    private void closeSocket() {
        socket.close().onFailure(error -> LOG.debug("not closed: {}", error.toString()));
    }

    private void end(String why) {
        if (finish(why)) {
            closeSocket();
        }
    }

    private boolean finish(String why) {
        if (isOver) {
            return false;
        }
        LOG.debug("connection of {} ends: {}", socket.remoteAddress(), why);
        vertx.cancelTimer(openingTimer);
        vertx.cancelTimer(silenceTimer);
        talk.end();
        isOver = true;
        account();
        return true;
    }

    /** @return whether nothing is taken any more */
    boolean isOver() {
        return isOver;
    }

    /** Ends it, as others wait. */
    void giveWay() {
        end("too many are connected who do not publish");
    }

    /** Ends it, as the gateway stops. */
    void close() {
        end("the gateway stops");
    }
}
