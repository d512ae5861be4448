package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of one request that is JSON. */
final class SandboxBody {

    private static final String MEDIA_TYPE = "application/json";

    /** A client that has sent so many times what it may is not waiting for an answer. */
    private static final int PATIENCE_FACTOR = 3;

    private static final Logger LOG = LoggerFactory.getLogger(SandboxBody.class);

    private final HttpServerRequest request;
    private final long limitBytes;
    private final Promise<byte[]> whole = Promise.promise();

    private Buffer body = Buffer.buffer();
    private long readBytes;

    private SandboxBody(HttpServerRequest request, long limitBytes) {
        this.request = request;
        this.limitBytes = limitBytes;
    }

    /**
     * Reads the whole body. Where it is too long the rest is read and forgotten, so that the client gets to read the
     * answer; one that goes on for ever is cut off.
     *
     * @return the bytes; or a {@link Refusal} with 413 where there are more of them than the limit, 415 where they are not
     *     said to be JSON, which the form of a foreign page cannot say; or a failure where the client goes away
     */
    static Future<byte[]> read(HttpServerRequest request, long limitBytes) {
        if (!isJson(request.getHeader("Content-Type"))) {
            return Future.failedFuture(new Refusal(415, "the Content-Type is not " + MEDIA_TYPE));
        }
        SandboxBody body = new SandboxBody(request, limitBytes);
        request.exceptionHandler(body.whole::tryFail)
                .endHandler(ended -> body.end())
                .handler(body::take)
                .resume();
        return body.whole.future();
    }

    private static boolean isJson(String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE);
    }

    private void take(Buffer chunk) {
        readBytes += chunk.length();
        if (readBytes <= limitBytes) {
            body.appendBuffer(chunk);
            return;
        }
        body = Buffer.buffer();
        whole.tryFail(new Refusal(413, "the body has more than %d bytes".formatted(limitBytes)));
        if (readBytes >= PATIENCE_FACTOR * limitBytes) {
            request.connection().close().onFailure(error -> LOG.debug("a client is gone already", error));
        }
    }

    private void end() {
        if (readBytes <= limitBytes) {
            whole.tryComplete(body.getBytes());
        }
    }
}
