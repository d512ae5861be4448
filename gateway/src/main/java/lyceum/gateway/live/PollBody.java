package lyceum.gateway.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** The body of a POST, up to a limit, as it arrives; one that takes too long is of no use to anybody. */
final class PollBody {

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int limitBytes;
    private final Promise<Buffer> whole = Promise.promise();

    private Buffer bytes = Buffer.buffer();

    /** A body that cannot be. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String text) {
            super(text, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private PollBody(Vertx vertx, HttpServerRequest request, int limitBytes) {
        this.vertx = vertx;
        this.request = request;
        this.limitBytes = limitBytes;
    }

    /** @return the body; fails with {@link Refused}, or with something else where the client is gone */
    static Future<Buffer> of(Vertx vertx, HttpServerRequest request, int limitBytes, Duration limit) {
        return new PollBody(vertx, request, limitBytes).read(limit);
    }

    private Future<Buffer> read(Duration limit) {
        long timer = vertx.setTimer(limit.toMillis(), late -> {
            whole.tryFail(new Refused(408, "The body took too long"));
            // What is still to come is not waited for either.
            request.connection().close();
        });
        request.handler(this::take)
                .exceptionHandler(error -> {
                    vertx.cancelTimer(timer);
                    whole.tryFail(error);
                })
                .endHandler(end -> {
                    vertx.cancelTimer(timer);
                    whole.tryComplete(bytes);
                });
        if (declared() > limitBytes) {
            refuse();
        }
        return whole.future();
    }

    private long declared() {
        String length = request.getHeader("Content-Length");
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }

    private void take(Buffer part) {
        if (bytes.length() + part.length() > limitBytes) {
            refuse();
        } else if (!whole.future().isComplete()) {
            bytes.appendBuffer(part);
        }
    }

    /** The rest is read and dropped for a while: a client that still sends would not see the answer otherwise. */
    private void refuse() {
        bytes = Buffer.buffer();
        whole.tryFail(new Refused(413, "The body has more than %d bytes".formatted(limitBytes)));
    }
}
