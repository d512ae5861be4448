package lyceum.gateway.access;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.POLICY_VIOLATION;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The check at each route: who asks, whether he may do that ({@link AccessTable}), and whether now ({@link Gate}). */
public final class Access {

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);

    private final TokenVerifier tokens;
    private final Map<Operation, Need> needs;
    private final Gate gate;
    private final AuditTrail trail;
    private final Tenures tenures;

    /**
     * @param elicast what the routes of the elicast contract ask for
     * @param social what those of the social contract do
     * @param media what those for pictures and files of the stream contract do
     * @param trail keeps who has done what
     * @param tenures ends what goes on by tokens that have become void
     */
    public Access(
            TokenVerifier tokens,
            Admission elicast,
            Admission social,
            Admission media,
            AuditTrail trail,
            Tenures tenures) {
        this(tokens, AccessTable.of(elicast, social, media), trail, tenures, Gate.OPEN);
    }

    private Access(TokenVerifier tokens, Map<Operation, Need> needs, AuditTrail trail, Tenures tenures, Gate gate) {
        this.tokens = tokens;
        this.needs = needs;
        this.trail = trail;
        this.tenures = tenures;
        this.gate = gate;
    }

    /** @return the same table, for operations behind a gate */
    public Access behind(Gate narrower) {
        return new Access(tokens, needs, trail, tenures, narrower);
    }

    /** @return the same, where who asks now is not counted, because that has been done before */
    public Access withoutCounting() {
        return behind(gate.withoutCounting());
    }

    /** @return a handler that lets through what the table and the gate allow; a failure with 401, 403, 429 or 503 otherwise */
    public Handler<RoutingContext> guard(Operation operation) {
        Need need = needs.get(operation);
        if (need == null) {
            throw new IllegalArgumentException(operation + " is not in the table of access");
        }
        Gate before = gate.before(operation);
        Handler<RoutingContext> check = ctx -> check(ctx, need, before);
        if (!AuditTrail.concerns(operation, need)) {
            return check;
        }
        return ctx -> {
            trail.follow(ctx, operation);
            check.handle(ctx);
        };
    }

    /** @return a handler that lets through what brings what a setting asks for beside the table */
    public Handler<RoutingContext> require(Need need) {
        return need.token() ? ctx -> check(ctx, need, Gate.OPEN) : RoutingContext::next;
    }

    /**
     * Ends a socket when the token that it was opened with becomes void; where none was asked for, never.
     *
     * @return to be run when the socket is over, whoever ended it
     */
    public Runnable holdWhileValid(RoutingContext ctx, ServerWebSocket socket) {
        return begin(
                ctx,
                () -> socket.close((short) POLICY_VIOLATION.code(), "the token has become void")
                        .onFailure(error -> LOG.debug("a client is gone already", error)));
    }

    /** Ends an answer without an end of its own when the token that it was asked for with becomes void. */
    public void holdWhileValid(RoutingContext ctx) {
        Runnable over = begin(
                ctx,
                () -> ctx.request()
                        .connection()
                        .close()
                        .onFailure(error -> LOG.debug("a client is gone already", error)));
        ctx.addEndHandler(ended -> over.run());
    }

    private Runnable begin(RoutingContext ctx, Runnable end) {
        return Caller.of(ctx)
                .map(caller -> tenures.begin(caller.subject(), end))
                .orElse(() -> {});
    }

    /**
     * Nearly always the token is verified and its caller counted before this returns, and a handler that follows still finds
     * the whole body of the request. Else the body waits: what arrives is kept, and the sender is paused.
     */
    private void check(RoutingContext ctx, Need need, Gate before) {
        Future<Optional<Caller>> known = caller(ctx, need, before).transform(told -> count(ctx, before, told));
        if (known.isComplete()) {
            conclude(ctx, need, before, known);
            return;
        }
        ctx.request().pause();
        Context context = ctx.vertx().getOrCreateContext();
        known.onComplete(told -> context.runOnContext(turn -> goOn(ctx, need, before, known)));
    }

    /** Where nothing is needed a token says at most under whose name a request is counted, and a wrong one says nothing. */
    private Future<Optional<Caller>> caller(RoutingContext ctx, Need need, Gate before) {
        if (need.token()) {
            return tokens.verify(PresentedToken.of(ctx)).map(Optional::of);
        }
        Optional<String> token = before.isCounting() ? PresentedToken.of(ctx) : Optional.empty();
        return token.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : tokens.verify(token).map(Optional::of).otherwise(Optional.empty());
    }

    /** A wrong token is counted, too, before it is refused: by where it comes from. */
    private static Future<Optional<Caller>> count(RoutingContext ctx, Gate before, AsyncResult<Optional<Caller>> told) {
        return before.count(ctx, told.succeeded() ? told.result() : Optional.empty())
                .compose(counted ->
                        told.succeeded() ? Future.succeededFuture(told.result()) : Future.failedFuture(told.cause()));
    }

    private static void goOn(RoutingContext ctx, Need need, Gate before, Future<Optional<Caller>> known) {
        if (ctx.response().closed()) {
            // Nobody is there any more.
            return;
        }
        // What was kept comes in a later turn of the event loop, when the handlers that follow are there.
        ctx.request().resume();
        conclude(ctx, need, before, known);
    }

    /** A listener would run on the context of whoever completed the future, which may be that of another request. */
    private static void conclude(RoutingContext ctx, Need need, Gate before, Future<Optional<Caller>> known) {
        if (known.failed()) {
            ctx.fail(known.cause());
            return;
        }
        if (need.token()) {
            Caller caller = known.result().orElseThrow();
            caller.enter(ctx);
            if (!need.isMetBy(caller)) {
                ctx.fail(new Refusal(403));
                return;
            }
        }
        try {
            before.enter(ctx);
        } catch (Refusal full) {
            ctx.fail(full);
            return;
        }
        ctx.next();
    }
}
