package lyceum.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lyceum.gateway.connection.Connections;

/**
 * Writes a body piece by piece: whoever does not read is cut off after the limit of a piece. An end in good order would
 * wait until what is on its way is read.
 *
 * @param stallLimit how long the client may take for one piece
 */
public record StallLimitedBody(HttpServerResponse response, HttpConnection connection, Duration stallLimit) {

    /** @return the body of a request, which may stand still for so long */
    public static StallLimitedBody of(RoutingContext ctx, Duration stallLimit) {
        return new StallLimitedBody(ctx.response(), ctx.request().connection(), stallLimit);
    }

    /** @return done when the client has taken it; fails where it is gone or does not read */
    public Future<Void> write(Buffer bytes) {
        return response.write(bytes)
                .timeout(stallLimit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(error -> Future.failedFuture(error instanceof TimeoutException ? cut() : error));
    }

    private Refusal cut() {
        cutOff();
        return new Refusal(408, "the client does not read");
    }

    /** The client gets nothing more; what is being written fails. */
    public void cutOff() {
        Connections.cut(connection);
    }

    /** @return done when the body is whole */
    public Future<Void> end() {
        return response.end();
    }
}
