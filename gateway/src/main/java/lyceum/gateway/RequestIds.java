package lyceum.gateway;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import lyceum.gateway.route.Operation;
import lyceum.platform.RequestId;
import lyceum.platform.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every request an id: the client's own {@code X-Request-Id} where it is well formed, else a new one. It stands in
 * the answer, in each log line, and crosses the bus.
 */
final class RequestIds implements Handler<RoutingContext> {

    private static final String HEADER = "X-Request-Id";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Logger LOG = LoggerFactory.getLogger(RequestIds.class);

    @Override
    public void handle(RoutingContext ctx) {
        String id = id(ctx.request().getHeader(HEADER));
        RequestId.enter(id);
        ctx.response().putHeader(HEADER, id);
        if (Trace.id() != null) {
            ctx.addHeadersEndHandler(answered -> tellRoute(ctx));
        }
        if (LOG.isDebugEnabled()) {
            logAtEnd(ctx);
        }
        ctx.next();
    }

    private static String id(String sent) {
        if (sent != null && WELL_FORMED.matcher(sent).matches()) {
            return sent;
        }
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static void tellRoute(RoutingContext ctx) {
        Optional.ofNullable(ctx.currentRoute())
                .flatMap(Operation::of)
                .ifPresent(operation -> Trace.answeredAt(operation.path()));
    }

    /** The query is left out: it may hold a token. */
    private static void logAtEnd(RoutingContext ctx) {
        long startNanos = System.nanoTime();
        ctx.addEndHandler(ended -> LOG.debug(
                "{} {} -> {} in {} ms",
                ctx.request().method(),
                ctx.request().path(),
                ended.succeeded() ? ctx.response().getStatusCode() : "gone",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos)));
    }
}
