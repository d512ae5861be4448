package lyceum.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.LongPredicate;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of one request, held as a whole. */
public final class WholeBody {

    private static final Logger LOG = LoggerFactory.getLogger(WholeBody.class);

    private final HttpServerRequest request;
    private final long limitBytes;
    private final LongPredicate room;
    private final Promise<Buffer> whole = Promise.promise();

    private Buffer body = Buffer.buffer();
    private long readBytes;

    private WholeBody(HttpServerRequest request, long limitBytes, LongPredicate room) {
        this.request = request;
        this.limitBytes = limitBytes;
        this.room = room;
    }

    /**
     * Reads the whole body. Where it is too long the rest is read and forgotten, so that the client gets to read the
     * answer; one that goes on for ever is cut off.
     *
     * @return the bytes; or a {@link Refusal} with 413 where there are more of them than the limit; or a failure where the
     *     client goes away
     */
    public static Future<Buffer> read(HttpServerRequest request, long limitBytes) {
        return read(request, limitBytes, bytes -> true);
    }

    /**
     * As {@link #read(HttpServerRequest, long)}, and BUSY where there is no room for it.
     *
     * @param room asked for each piece whether so many bytes more may be held
     */
    public static Future<Buffer> read(HttpServerRequest request, long limitBytes, LongPredicate room) {
        WholeBody body = new WholeBody(request, limitBytes, room);
        request.exceptionHandler(body.whole::tryFail)
                .endHandler(ended -> body.end())
                .handler(body::take)
                .resume();
        return body.whole.future();
    }

    private void take(Buffer chunk) {
        readBytes += chunk.length();
        if (readBytes > limitBytes) {
            forget(new Refusal(413, "the body has more than %d bytes".formatted(limitBytes)));
        } else if (!whole.future().isComplete()) {
            if (room.test(chunk.length())) {
                body.appendBuffer(chunk);
            } else {
                forget(new Failure(Kind.BUSY, "too much is said at once"));
            }
        }
        if (Overrun.isEndless(readBytes, limitBytes)) {
            request.connection().close().onFailure(error -> LOG.debug("a client is gone already", error));
        }
    }

    private void forget(Throwable reason) {
        body = Buffer.buffer();
        whole.tryFail(reason);
    }

    private void end() {
        whole.tryComplete(body);
    }
}
