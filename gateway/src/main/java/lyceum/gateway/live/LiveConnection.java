package lyceum.gateway.live;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.socket.engineio.server.Emitter;
import io.socket.engineio.server.EngineIoSocket;
import io.socket.engineio.server.parser.Packet;
import io.socket.engineio.server.transport.Polling;
import io.socket.socketio.server.SocketIoSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lyceum.gateway.live.LiveEngine.Opening;

/**
 * One client, by whatever its packets are carried. What is said over a WebSocket goes straight to it, the library's words
 * as well as ours; while the client polls, the library keeps it. Lives on the context of its engine.
 */
final class LiveConnection {

    private static final int OLD = 3;

    /** A client says {@code probe}, if anything. */
    private static final int LONGEST_PING = 128;

    /** A client asks once, and then waits for the answer. */
    private static final int MOST_PINGS = 16;

    /** A client tries once. */
    private static final int MOST_UPGRADES = 10;

    private static final Future<?> NO_TIMER = CompletableFuture.completedFuture(null);

    private final LiveEngine engine;
    private final EngineIoSocket socket;
    private final LiveTimers.Group timers;
    private final PacketGate gate;
    private final Unpolled unpolled = new Unpolled();
    /** Empty but of old clients, and of the least size: there are as many as there are sockets. */
    private final Deque<String> pings = new ArrayDeque<>(1);

    private final List<Object> shared = new ArrayList<>(1);

    private Future<?> idle = NO_TIMER;
    private Polling polling;
    private LiveWebSocket webSocket;
    private LiveWebSocket candidate;
    private int upgrades;
    private boolean isMute;
    private boolean isOver;

    LiveConnection(LiveEngine engine, EngineIoSocket socket, Opening opening) {
        this.engine = engine;
        this.socket = socket;
        this.timers = engine.timers().current();
        this.webSocket = opening.socket();
        this.gate = new PacketGate(this, engine, opening);
    }

    /** @return a packet of Socket.IO as one of Engine.IO */
    static String message(String packet) {
        return "4" + packet;
    }

    String id() {
        return socket.getId();
    }

    LiveTimers.Group timers() {
        return timers;
    }

    /** @return whether nothing can be said any more */
    boolean isMute() {
        return isMute;
    }

    /** @return what all sessions here share, one of each kind */
    <T> T shared(Class<T> kind, Supplier<T> first) {
        for (Object one : shared) {
            if (kind.isInstance(one)) {
                return kind.cast(one);
            }
        }
        T made = first.get();
        shared.add(made);
        return made;
    }

    /** Listens before the library does. */
    void begin() {
        (webSocket == null ? engine.all().polling : engine.all().webSockets).incrementAndGet();
        socket.on("packet", LiveEngine.listener(packet -> heard((Packet<?>) packet)));
        socket.on("flush", LiveEngine.listener(packets -> ((Collection<?>) packets).forEach(this::translate)));
        if (webSocket == null) {
            socket.on("drain", LiveEngine.listener(sent -> unpolled.clear()));
            socket.on("upgrade", LiveEngine.listener(transport -> upgraded()));
        }
        socket.on("close", LiveEngine.listener(reason -> over()));
        endSoonIfIdle();
        if (isOld()) {
            gate.joinDefault();
        }
    }

    boolean isOld() {
        return socket.getProtocolVersion() == OLD;
    }

    /** Stands between the library's two layers from now on: what a client has made up never reaches the upper one. */
    void interpose() {
        List<Emitter.Listener> upper = socket.listeners("data");
        socket.off("data");
        socket.on("data", LiveEngine.listener(gate::hear));
        gate.passOnTo(packet -> upper.forEach(listener -> listener.call(packet)));
    }

    void joined(SocketIoSocket joined) {
        gate.joined(joined);
        if (!gate.isEmpty()) {
            idle.cancel(false);
            idle = NO_TIMER;
        }
    }

    void left(JoinedSession session) {
        if (gate.remove(session) && !isOver) {
            endSoonIfIdle();
        }
    }

    /** One timer at a time: a client may leave as often as it joins. */
    private void endSoonIfIdle() {
        idle.cancel(false);
        engine.timers()
                .within(timers, () -> idle = later(engine.config().patience().join(), this::endIfIdle));
    }

    private void endIfIdle() {
        if (gate.isEmpty()) {
            end(WebSocketCloseStatus.NORMAL_CLOSURE);
        }
    }

    void carriedBy(Polling transport) {
        polling = transport;
    }

    /** @return whether a WebSocket may take over; it has to make haste then */
    boolean mayUpgrade(LiveWebSocket next) {
        boolean isBusy = webSocket != null || (candidate != null && !candidate.isOver());
        if (isBusy || ++upgrades > MOST_UPGRADES) {
            return false;
        }
        candidate = next;
        engine.timers().within(timers, () -> later(engine.config().patience().upgrade(), () -> giveUp(next)));
        return true;
    }

    private void giveUp(LiveWebSocket next) {
        if (webSocket != next) {
            next.close();
        }
    }

    private void upgraded() {
        engine.all().polling.decrementAndGet();
        engine.all().webSockets.incrementAndGet();
        webSocket = candidate;
        candidate = null;
    }

    private Future<?> later(Duration pause, Runnable action) {
        return engine.timers().schedule(action, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void heard(Packet<?> packet) {
        engine.meters().in.increment();
        // It may be answered.
        hasRoom(1, 0);
        if (isOld() && Packet.PING.equals(packet.type) && !isMute) {
            asked(String.valueOf(packet.data));
        }
    }

    /** What it asks is kept until the answer is taken: a client that never polls is not to fill the memory with it. */
    private void asked(String ping) {
        if (ping.length() > LONGEST_PING) {
            engine.meters().refused.increment();
            endLater();
        } else if (pings.size() == MOST_PINGS) {
            letGo();
        } else {
            pings.add(ping);
        }
    }

    /** Makes of a packet of the library what this client expects. */
    @SuppressWarnings("unchecked")
    private void translate(Object flushed) {
        Packet<Object> packet = (Packet<Object>) flushed;
        if (packet.data instanceof String text && Packet.MESSAGE.equals(packet.type)) {
            packet.data = gate.outgoing(text);
            if (packet.data == null) {
                packet.type = Packet.NOOP;
            }
        } else if (Packet.PONG.equals(packet.type)) {
            // The library forgets what came with the question.
            packet.data = pings.poll();
        } else if (isOld() && Packet.PING.equals(packet.type)) {
            // Old clients ask; after an upgrade the library does so, too.
            packet.type = Packet.NOOP;
        }
    }

    void send(String packet) {
        if (isAboutToSend(1, packet.length())) {
            if (webSocket == null) {
                socket.send(new Packet<>(Packet.MESSAGE, packet));
            } else {
                webSocket.write(message(packet));
            }
        }
    }

    void send(EncodedEvents events) {
        if (isAboutToSend(events.packets().size(), events.characters())) {
            if (webSocket == null) {
                events.packets().forEach(packet -> socket.send(new Packet<>(Packet.MESSAGE, packet)));
            } else {
                webSocket.outlet().write(events.frames());
            }
        }
    }

    /**
     * @param characters of all of the packets
     * @return whether there is somebody to say it to
     */
    private boolean isAboutToSend(int packets, long characters) {
        if (isMute || !hasRoom(packets, characters)) {
            return false;
        }
        engine.meters().out.increment(packets);
        return true;
    }

    /** @return whether the client takes what is said; one that does not is let go of */
    private boolean hasRoom(int packets, long characters) {
        boolean isBehind;
        if (webSocket == null) {
            unpolled.add(packets, characters);
            isBehind = unpolled.isBehind(engine.config().lag());
        } else {
            isBehind = webSocket.outlet().isBehind(engine.config().lag());
        }
        if (isBehind && !isMute) {
            letGo();
        }
        return !isBehind;
    }

    private void letGo() {
        engine.meters().laggards.increment();
        isMute = true;
        engine.runLater(this::hangUp);
    }

    private void hangUp() {
        if (webSocket != null) {
            webSocket.outlet().hangUp();
        }
        end(WebSocketCloseStatus.TRY_AGAIN_LATER);
    }

    /** Ends it when nothing else is going on; nothing more is said. */
    void endLater() {
        isMute = true;
        engine.runLater(() -> end(WebSocketCloseStatus.NORMAL_CLOSURE));
    }

    /** Ends it without a word of Socket.IO, so that the client comes back by itself. */
    void end(WebSocketCloseStatus status) {
        isMute = true;
        if (isOver) {
            return;
        }
        if (webSocket != null) {
            webSocket.close(status);
        } else {
            polling.onError(null);
        }
    }

    private void over() {
        if (!isOver) {
            isOver = true;
            isMute = true;
            (webSocket == null ? engine.all().polling : engine.all().webSockets).decrementAndGet();
            engine.forget(this);
        }
    }
}
