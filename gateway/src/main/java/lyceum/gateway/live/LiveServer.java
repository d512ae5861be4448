package lyceum.gateway.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.live.EngineQuery.Wrong;
import lyceum.gateway.live.LiveEngine.Opening;
import lyceum.gateway.route.WebSocketHandshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one gateway: of one verticle, on its context. Several in one process know of each other, so that a
 * request is answered wherever it arrives: it is read there, and done where its connection lives. Refusals are worded as
 * the original does: status 400 and a JSON text.
 */
public final class LiveServer {

    private static final Logger LOG = LoggerFactory.getLogger(LiveServer.class);

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String METHODS = "OPTIONS, GET, POST";
    private static final List<String> OF_THE_HANDSHAKE =
            List.of("Connection", "Upgrade", "Sec-WebSocket-Extensions", "Sec-WebSocket-Key", "Sec-WebSocket-Version");

    private final Vertx vertx;
    private final LiveConfig config;
    private final Origins origins;
    private final LiveConnections connections;
    private final LiveMeters meters;
    private final LiveEngine engine;
    private Asked lastBegun;
    private boolean isClosing;
    private long refused;

    /**
     * Made on the context of its verticle.
     *
     * @param registry gets what is counted of sockets
     */
    public LiveServer(Vertx vertx, LiveConfig config, LiveNamespaces namespaces, MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config;
        this.origins = new Origins(config.origins());
        this.connections = LiveConnections.of(vertx);
        this.meters = connections.enter(registry);
        Context context = vertx.getOrCreateContext();
        this.engine = new LiveEngine(vertx, (ContextInternal) context, config, namespaces, connections, meters);
    }

    /** @return sockets of all gateways of this process */
    public int connected() {
        return connections.size();
    }

    /** @return how often somebody was sent away because of that limit */
    public long refused() {
        return refused;
    }

    /** @return whether a request with this query goes on with a session; a handshake has none */
    public static boolean isOfSession(MultiMap query) {
        return EngineQuery.hasSession(query);
    }

    /**
     * Answers at a path, for all methods.
     *
     * @param path with the slash at its end; without it there is nothing
     */
    public void addTo(Router router, String path) {
        router.route(path).handler(ctx -> {
            if (ctx.request().path().endsWith("/")) {
                answer(ctx);
            } else {
                ctx.next();
            }
        });
    }

    /**
     * Lets go of all sockets, which come back by themselves somewhere else, and takes no new ones. On the context of the
     * verticle, before its HTTP server stops.
     */
    public Future<Void> close() {
        if (isClosing) {
            return Future.succeededFuture();
        }
        isClosing = true;
        Promise<Void> closed = Promise.promise();
        engine.run(() -> {
            engine.close();
            connections.leave();
            closed.complete();
        });
        return closed.future();
    }

    private void answer(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        String origin = request.getHeader("Origin");
        if (origin != null && !origins.accept(origin, request)) {
            refuse(request, 400, origin + " is not an accepted origin.");
            return;
        }
        if (origin != null) {
            request.response()
                    .putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Allow-Credentials", "true")
                    .putHeader("Vary", "Origin");
        }
        HttpMethod method = request.method();
        if (method == HttpMethod.OPTIONS) {
            answerPreflight(request);
        } else if (method != HttpMethod.GET && method != HttpMethod.POST) {
            request.response().putHeader("Allow", METHODS);
            refuse(request, 405, "Method Not Allowed");
        } else {
            try {
                admit(ctx, asked(ctx));
            } catch (Wrong wrong) {
                refuse(request, 400, wrong.getMessage());
            }
        }
    }

    private static void answerPreflight(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("Access-Control-Allow-Methods", METHODS);
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null) {
            response.putHeader("Access-Control-Allow-Headers", headers);
        }
        response.putHeader("Content-Type", TEXT).end("OK");
    }

    /** Clients of one kind begin with the same words, of which all of them together keep one copy. */
    private Asked asked(RoutingContext ctx) throws Wrong {
        if (lastBegun != null && lastBegun.text().equals(ctx.request().query())) {
            return lastBegun;
        }
        Asked asked = Asked.of(ctx);
        if (asked.engine().sid() == null) {
            lastBegun = asked;
        }
        return asked;
    }

    private void admit(RoutingContext ctx, Asked asked) throws Wrong {
        EngineQuery query = asked.engine();
        HttpServerRequest request = ctx.request();
        LiveEngine owner = query.sid() == null ? engine : connections.owner(query.sid());
        boolean isGet = request.method() == HttpMethod.GET;
        if (owner == null) {
            throw new Wrong("Invalid session " + query.sid());
        } else if (query.isWebSocket() && !(isGet && WebSocketHandshake.isGiven(request))) {
            throw new Wrong("Invalid websocket upgrade");
        } else if (query.sid() == null && !isGet) {
            throw new Wrong("Bad handshake method");
        } else if (query.sid() == null && (isClosing || connections.size() >= config.connections())) {
            refused++;
            request.response().putHeader("Retry-After", "5");
            refuse(request, 503, "Too many connections");
        } else if (query.isWebSocket()) {
            upgrade(request, asked, owner);
        } else {
            poll(request, asked, owner);
        }
    }

    private void upgrade(HttpServerRequest request, Asked asked, LiveEngine owner) {
        ContextInternal here = (ContextInternal) vertx.getOrCreateContext();
        // What Vert.x-Web gives as WebSocket does not lead to the channel.
        Channel channel = ((HttpServerConnection) request.connection())
                .channelHandlerContext()
                .channel();
        MessageReader reader = MessageReader.before(channel, config.messageBytes());
        request.toWebSocket()
                .onSuccess(socket -> {
                    LiveWebSocket taken = bridge(channel, reader, asked.engine(), owner, here);
                    Opening opening = new Opening(asked.engine(), toldApart(request), asked.parameters(), taken);
                    owner.run(() -> owner.take(opening));
                    reader.catchUp();
                })
                // Vert.x has answered it, or the client is gone.
                .onFailure(error -> {
                    reader.withdraw();
                    LOG.debug("a handshake failed", error);
                });
    }

    /** @return the headers that tell of the client; they are kept as long as it is there, those of the handshake are not */
    private static MultiMap toldApart(HttpServerRequest request) {
        MultiMap kept = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        OF_THE_HANDSHAKE.forEach(kept::remove);
        return kept;
    }

    private static LiveWebSocket bridge(
            Channel channel, MessageReader reader, EngineQuery query, LiveEngine owner, ContextInternal here) {
        FrameOutlet outlet = FrameOutlet.of(channel, owner.round());
        LiveWebSocket taken = new LiveWebSocket(query, outlet, status -> here.emit(ignored -> reader.close(status)));
        reader.takeOver(message -> owner.run(() -> owner.hear(taken, message)), () -> owner.runLater(taken::end));
        return taken;
    }

    private void poll(HttpServerRequest request, Asked asked, LiveEngine owner) {
        EngineQuery query = asked.engine();
        Future<Buffer> body = request.method() == HttpMethod.POST
                ? PollBody.of(
                        vertx, request, config.messageBytes(), config.patience().body())
                : Future.succeededFuture(Buffer.buffer());
        body.compose(bytes -> request.method() == HttpMethod.POST
                        ? exchange(request, asked.withoutScript(), owner, packets(request, query, bytes))
                        : exchange(request, asked, owner, bytes))
                .onSuccess(answer -> write(request, answer))
                .onFailure(error -> refuse(request, error));
    }

    /** @return what a client says, in the one form that the engine reads */
    private static Buffer packets(HttpServerRequest request, EngineQuery query, Buffer body) {
        if (query.jsonp() != null) {
            return JsonpForm.packets(body);
        }
        return isBinary(request, query) ? PayloadV3.asText(body) : StrictUtf8.checked(body);
    }

    private static boolean isBinary(HttpServerRequest request, EngineQuery query) {
        String type = request.getHeader("Content-Type");
        return query.eio() == 3 && type != null && type.startsWith("application/octet-stream");
    }

    private Future<PollAnswer> exchange(HttpServerRequest request, Asked asked, LiveEngine owner, Buffer body) {
        // Completed there, heard of here.
        Promise<PollAnswer> answered = ((ContextInternal) vertx.getOrCreateContext()).promise();
        PollExchange exchange =
                new PollExchange(vertx, asked.engine(), request.method().name(), body, answered);
        request.response().closeHandler(gone -> owner.runLater(() -> owner.drop(exchange)));
        Opening opening = new Opening(asked.engine(), request.headers(), asked.parameters(), null);
        owner.run(() -> owner.poll(exchange, opening));
        return answered.future();
    }

    private void write(HttpServerRequest request, PollAnswer answer) {
        HttpServerResponse response = request.response();
        if (!response.closed()) {
            answer.headers().forEach(response::putHeader);
            response.setStatusCode(answer.status())
                    .putHeader("Cache-Control", "no-store")
                    .end(answer.body())
                    .onFailure(error -> LOG.debug("a client is gone", error));
        }
    }

    private void refuse(HttpServerRequest request, Throwable error) {
        if (error instanceof PollBody.Refused refused) {
            refuse(request, refused.status(), refused.getMessage());
        } else if (error instanceof IllegalArgumentException) {
            refuse(request, 400, "Bad request");
        } else {
            LOG.debug("a client is gone", error);
        }
    }

    private void refuse(HttpServerRequest request, int status, String text) {
        meters.refused.increment();
        HttpServerResponse response = request.response();
        if (!response.closed()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", TEXT)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .end(Json.encode(text))
                    .onFailure(error -> LOG.debug("a client is gone", error));
        }
    }
}
