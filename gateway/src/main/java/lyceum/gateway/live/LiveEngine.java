package lyceum.gateway.live;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.socket.engineio.server.Emitter;
import io.socket.engineio.server.EngineIoServer;
import io.socket.engineio.server.EngineIoServerOptions;
import io.socket.engineio.server.EngineIoSocket;
import io.socket.socketio.server.SocketIoServer;
import io.socket.socketio.server.SocketIoServerOptions;
import io.socket.socketio.server.SocketIoSocket;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library, confined: Engine.IO and Socket.IO of one gateway, of which everything is done on one context, so that none of
 * their locks is ever waited for. What is not said to be callable from anywhere is called on that context.
 */
final class LiveEngine {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEngine.class);

    /** Old clients of the original get it; a proxy may know by it where the next poll belongs. */
    private static final String COOKIE = "io=%s; Path=/; HttpOnly; SameSite=Lax";

    private static final Buffer BAD_REQUEST = Buffer.buffer("\"Bad request\"");

    private final ContextInternal context;
    private final LiveConfig config;
    private final LiveNamespaces namespaces;
    private final LiveConnections all;
    private final LiveMeters meters;
    private final LiveTimers timers;
    private final FlushRound round = new FlushRound(this::runLater);
    private final EngineIoServer engine;
    private final Map<String, LiveConnection> connections = new HashMap<>();

    private Opening opening;
    private LiveConnection opened;

    /**
     * How a connection begins.
     *
     * @param socket that it begins with, or null where it begins with a poll
     */
    record Opening(EngineQuery query, MultiMap headers, MultiMap parameters, LiveWebSocket socket) {}

    LiveEngine(
            Vertx vertx,
            ContextInternal context,
            LiveConfig config,
            LiveNamespaces namespaces,
            LiveConnections all,
            LiveMeters meters) {
        this.context = context;
        this.config = config;
        this.namespaces = namespaces;
        this.all = all;
        this.meters = meters;
        this.timers = new LiveTimers(context);
        this.engine = new EngineIoServer(options());
        // Listeners are called in this order; the one in the middle joins old clients to their first namespace.
        engine.on("connection", args -> guard(() -> open((EngineIoSocket) args[0])));
        // LiveConnection lets go of who joins no namespace: the library would stop listening before anything is over,
        // and would never hear the end of a client that does not poll.
        SocketIoServer server = new SocketIoServer(
                engine, SocketIoServerOptions.newFromDefault().setConnectionTimeout(LiveTimers.NEVER.toMillis()));
        engine.on("connection", args -> guard(() -> opened.interpose()));
        for (String name : NamespaceSlots.NAMES) {
            server.namespace(name).on("connection", args -> guard(() -> join((SocketIoSocket) args[0])));
        }
    }

    private EngineIoServerOptions options() {
        EngineIoServerOptions options = EngineIoServerOptions.newFromDefault()
                .setCorsHandlingDisabled(true)
                .setPingInterval(config.pingInterval().toMillis())
                .setPingTimeout(config.pingTimeout().toMillis());
        options.setScheduledExecutorService(timers);
        return options;
    }

    /** Does something on the context, now where this is it already. May be called anywhere. */
    void run(Runnable action) {
        context.emit(ignored -> action.run());
    }

    /** Does something on the context later, when nothing else is going on. May be called anywhere. */
    void runLater(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }

    LiveConfig config() {
        return config;
    }

    LiveNamespaces namespaces() {
        return namespaces;
    }

    LiveMeters meters() {
        return meters;
    }

    LiveTimers timers() {
        return timers;
    }

    FlushRound round() {
        return round;
    }

    /** Answers a request of a client that polls. */
    void poll(PollExchange exchange, Opening begin) {
        String sid = begin.query().sid();
        LiveConnection connection = sid == null ? null : connections.get(sid);
        begin(connection, begin, () -> handle(exchange));
        LiveConnection of = connection == null ? opened : connection;
        if (of != null && exchange.transport() != null) {
            of.carriedBy(exchange.transport());
        }
    }

    private void handle(PollExchange exchange) {
        try {
            engine.handleRequest(exchange.request(), exchange.response());
            if (opened != null) {
                exchange.response().addHeader("Set-Cookie", COOKIE.formatted(opened.id()));
            }
            exchange.handled();
        } catch (IOException | RuntimeException e) {
            // It throws whatever it stumbles over in what a client has sent.
            LOG.debug("a poll made no sense", e);
            meters.refused.increment();
            exchange.fail(new PollAnswer(400, Map.of("Content-Type", "text/plain; charset=utf-8"), BAD_REQUEST));
        }
    }

    /** The client has not waited for its answer. */
    void drop(PollExchange exchange) {
        exchange.drop();
    }

    /** Begins with a WebSocket, or takes it for a connection that is there. */
    void take(Opening begin) {
        LiveWebSocket socket = begin.socket();
        String sid = begin.query().sid();
        LiveConnection connection = sid == null ? null : connections.get(sid);
        if (sid != null && (connection == null || !connection.mayUpgrade(socket))) {
            socket.close(WebSocketCloseStatus.POLICY_VIOLATION);
            return;
        }
        begin(connection, begin, () -> engine.handleWebSocket(socket));
    }

    /** @param message text or bytes of a WebSocket */
    void hear(LiveWebSocket socket, Object message) {
        timers.within(socket.timers(), () -> socket.hear(message));
    }

    private void begin(LiveConnection connection, Opening begin, Runnable action) {
        opening = begin;
        opened = null;
        LiveTimers.Group group = connection == null ? new LiveTimers.Group() : connection.timers();
        if (begin.socket() != null) {
            begin.socket().timers(group);
        }
        timers.within(group, action);
    }

    private void open(EngineIoSocket socket) {
        opened = new LiveConnection(this, socket, opening);
        connections.put(socket.getId(), opened);
        all.add(socket.getId(), this);
        opened.begin();
    }

    /** A connection is gone. */
    void forget(LiveConnection connection) {
        connections.remove(connection.id());
        all.remove(connection.id());
        timers.end(connection.timers());
    }

    LiveConnections all() {
        return all;
    }

    private void join(SocketIoSocket socket) {
        connections.get(socket.getClient().getConnection().getId()).joined(socket);
    }

    /** Lets go of all connections, which come back by themselves somewhere else. */
    void close() {
        List.copyOf(connections.values())
                .forEach(connection -> connection.end(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
    }

    /** The library swallows what listeners throw. */
    private static void guard(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("defect in a listener of the engine", e);
        }
    }

    /** The library has two kinds of listeners, which a lambda cannot tell apart. */
    static Emitter.Listener listener(Consumer<Object> listener) {
        return args -> guard(() -> listener.accept(args.length == 0 ? null : args[0]));
    }
}
