package lyceum.gateway.rtmp;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.gateway.stream.HeldBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that publishes: handshake, commands, then sound and pictures (RTMP 1.0, section 7). Only what a publisher
 * asks is answered; whoever wants to play is sent to HLS. Lives on one context.
 */
final class RtmpConnection {

    private static final Logger LOG = LoggerFactory.getLogger(RtmpConnection.class);

    static final String APPLICATION = "live";

    /** Commands have a few hundred bytes; more is for those who may publish. */
    private static final int COMMAND_BYTES = 64 * 1024;

    private static final int CHUNK_BYTES = 4096;
    private static final int WINDOW_BYTES = 2_500_000;
    private static final int DYNAMIC = 2;

    private static final int CONTROL = 2;
    private static final int ANSWERS = 3;
    private static final int STATUS = 5;
    private static final int STREAM = 1;

    private static final String ERROR = "error";

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
    private final Publishers publishers;
    private final HeldBytes budget;
    private final Limits limits;
    private final Handshake handshake = new Handshake();
    private final ChunkReader chunks = new ChunkReader(COMMAND_BYTES, this::take);
    private final ChunkWriter writer = new ChunkWriter();

    private Optional<String> token = Optional.empty();
    private String program = "";
    private boolean isConnected;
    private boolean isOpening;
    private Stage stage;
    private Buffer tags = Buffer.buffer();
    private long received;
    private long acknowledged;
    private long accounted;
    private long openingTimer;
    private long heardNanos = System.nanoTime();
    private long silenceTimer;
    private boolean isOver;

    RtmpConnection(Vertx vertx, NetSocket socket, Publishers publishers, HeldBytes budget, Limits limits) {
        this.vertx = vertx;
        this.socket = socket;
        this.publishers = publishers;
        this.budget = budget;
        this.limits = limits;
    }

    /** Begins to listen. */
    void begin(Runnable closed) {
        openingTimer = vertx.setTimer(limits.opening().toMillis(), late -> end("nothing was published in time"));
        silenceTimer = vertx.setPeriodic(limits.silence().dividedBy(3).toMillis(), tick -> checkSilence());
        socket.exceptionHandler(error -> end(error.toString()));
        socket.closeHandler(end -> {
            end("closed by the peer");
            closed.run();
        });
        socket.handler(this::receive);
    }

    private void checkSilence() {
        boolean isOurs = stage != null && stage.isFull();
        if (stage != null
                && !isOurs
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
            passOn();
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
        if (received - acknowledged >= WINDOW_BYTES / 2) {
            acknowledged = received;
            control(RtmpMessage.ACKNOWLEDGEMENT, Buffer.buffer().appendInt((int) received));
        }
    }

    /** All that came with one read goes on together. */
    private void passOn() {
        if (stage == null || tags.length() == 0) {
            return;
        }
        stage.write(tags);
        tags = Buffer.buffer();
        if (stage.isFull()) {
            socket.pause();
        }
    }

    private void account() {
        long held = isOver ? 0 : chunks.heldBytes() + tags.length() + (stage == null ? 0 : stage.heldBytes());
        if (held > accounted && !budget.take(held - accounted)) {
            end("there is no room for what is published");
            return;
        }
        if (held < accounted) {
            budget.giveBack(accounted - held);
        }
        accounted = held;
    }

    private void take(RtmpMessage message) {
        if (isOver) {
            return;
        }
        switch (message.type()) {
            case RtmpMessage.SET_CHUNK_SIZE -> chunks.chunkSize(number(message.payload()) & 0x7FFFFFFFL);
            case RtmpMessage.ABORT -> chunks.abort((int) number(message.payload()));
            case RtmpMessage.COMMAND -> command(Amf0.read(message.payload(), 0));
            case RtmpMessage.COMMAND_AMF3 -> command(Amf0.read(message.payload(), 1));
            default -> media(message);
        }
    }

    private static long number(Buffer payload) {
        if (payload.length() < Integer.BYTES) {
            throw new RtmpFault("a control message is cut");
        }
        return payload.getUnsignedInt(0);
    }

    private void media(RtmpMessage message) {
        if (stage != null) {
            FlvWriter.tag(message).ifPresent(tags::appendBuffer);
        }
    }

    private void command(List<Object> values) {
        if (values.size() < 2 || !(values.get(0) instanceof String name) || !(values.get(1) instanceof Double number)) {
            throw new RtmpFault("a command without name and number");
        }
        switch (name) {
            case "connect" -> connect(number, values);
            case "releaseStream", "FCPublish" -> answer("_result", number, null, null);
            case "createStream" -> createStream(number);
            case "publish" -> publish(values);
            case "play", "play2" -> refuse("NetStream.Play.Failed", "watch it as HLS or DASH, over HTTP");
            case "FCUnpublish", "deleteStream", "closeStream" -> unpublish();
            default -> LOG.debug("a command that is not answered: {}", name);
        }
    }

    private void connect(Double number, List<Object> values) {
        Map<?, ?> facts = values.size() > 2 && values.get(2) instanceof Map<?, ?> members ? members : Map.of();
        ConnectAddress application = ConnectAddress.of(text(facts, "app"));
        ConnectAddress address = ConnectAddress.of(text(facts, "tcUrl"));
        program = text(facts, "flashVer");
        token = application.token().or(address::token);
        if (!application.path().equals(APPLICATION)) {
            answer("_error", number, null, status(ERROR, "NetConnection.Connect.Rejected", "the application is live"));
            endSoon("another application");
            return;
        }
        isConnected = true;
        control(RtmpMessage.WINDOW_SIZE, Buffer.buffer().appendInt(WINDOW_BYTES));
        control(
                RtmpMessage.PEER_BANDWIDTH,
                Buffer.buffer().appendInt(WINDOW_BYTES).appendByte((byte) DYNAMIC));
        control(RtmpMessage.SET_CHUNK_SIZE, Buffer.buffer().appendInt(CHUNK_BYTES));
        writer.chunkSize(CHUNK_BYTES);
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("fmsVer", "FMS/3,0,1,123");
        server.put("capabilities", 31.0);
        Map<String, Object> status = status("status", "NetConnection.Connect.Success", "Connection succeeded.");
        status.put("objectEncoding", 0.0);
        answer("_result", number, server, status);
    }

    private static String text(Map<?, ?> facts, String name) {
        return facts.get(name) instanceof String text ? text : "";
    }

    private void createStream(Double number) {
        requireConnected();
        answer("_result", number, null, (double) STREAM);
    }

    private void requireConnected() {
        if (!isConnected) {
            throw new RtmpFault("a command before connect");
        }
    }

    private void publish(List<Object> values) {
        requireConnected();
        if (stage != null || isOpening) {
            throw new RtmpFault("a second publish");
        }
        ConnectAddress key = ConnectAddress.of(values.size() > 3 && values.get(3) instanceof String name ? name : "");
        isOpening = true;
        // Nothing is read before it is known whether it is wanted.
        socket.pause();
        publishers
                .open(new Publishers.Request(
                        key.path(),
                        key.token().or(() -> token),
                        socket.remoteAddress().hostAddress(),
                        program))
                .onComplete(opened -> {
                    isOpening = false;
                    if (opened.succeeded()) {
                        enter(opened.result());
                    } else {
                        refuse(opened.cause());
                    }
                });
    }

    private void enter(Stage opened) {
        if (isOver) {
            leave(opened);
            return;
        }
        vertx.cancelTimer(openingTimer);
        stage = opened;
        heardNanos = System.nanoTime();
        chunks.allow(limits.messageBytes());
        stage.watch(this::goOn, this::refuse);
        stage.write(FlvWriter.beginning());
        send(status(status("status", "NetStream.Publish.Start", "Start publishing")));
        socket.resume();
    }

    private void goOn() {
        if (!isOver && stage != null) {
            account();
            heardNanos = System.nanoTime();
            socket.resume();
        }
    }

    private void refuse(Throwable error) {
        if (error instanceof PublishRefused refused) {
            refuse(refused.code(), refused.getMessage());
        } else {
            LOG.error("defect in publishing", error);
            refuse(PublishRefused.FAILED, "internal error");
        }
    }

    private void refuse(String code, String text) {
        if (!isOver) {
            send(status(status(ERROR, code, text)));
            endSoon(text);
        }
    }

    private void unpublish() {
        if (stage == null) {
            return;
        }
        passOn();
        Stage last = stage;
        stage = null;
        leave(last);
        account();
        send(status(status("status", "NetStream.Unpublish.Success", "Stop publishing")));
        chunks.allow(COMMAND_BYTES);
        openingTimer = vertx.setTimer(limits.opening().toMillis(), late -> end("nothing more was published"));
    }

    private static void leave(Stage left) {
        left.end().onFailure(error -> LOG.debug("a publish ends by itself: {}", error.getMessage()));
    }

    private static Map<String, Object> status(String level, String code, String text) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("level", level);
        status.put("code", code);
        status.put("description", text);
        return status;
    }

    private Buffer status(Map<String, Object> status) {
        return writer.write(STATUS, RtmpMessage.COMMAND, STREAM, Amf0.write("onStatus", 0.0, null, status));
    }

    private void answer(String name, Double number, Object first, Object second) {
        send(writer.write(ANSWERS, RtmpMessage.COMMAND, 0, Amf0.write(name, number, first, second)));
    }

    private void control(int type, Buffer payload) {
        send(writer.write(CONTROL, type, 0, payload));
    }

    private void send(Buffer bytes) {
        if (socket.writeQueueFull()) {
            throw new RtmpFault("answers are not read");
        }
        socket.write(bytes).onFailure(error -> LOG.debug("not sent: {}", error.toString()));
    }

    /** The peer reads why, and usually closes; what it still sends is passed over. */
    private void endSoon(String why) {
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
        if (stage != null) {
            passOn();
            leave(stage);
            stage = null;
        }
        isOver = true;
        account();
        return true;
    }

    /** Ends it, as the gateway stops. */
    void close() {
        end("the gateway stops");
    }
}
