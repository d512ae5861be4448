package lyceum.gateway.media;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one request as the one input of a media job. Where the job takes no more of it the client is told at once; what
 * it still sends is read and forgotten, so that it gets to read the answer, and one that goes on for ever is cut off.
 */
final class JobBody {

    /** A client that has sent so much in vain is not waiting for an answer. */
    private static final long PATIENCE_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(JobBody.class);

    private final HttpServerRequest request;
    private final JobWriter writer;
    private final Promise<Job> received = Promise.promise();
    private long bytesInVain;

    private JobBody(HttpServerRequest request, JobWriter writer) {
        this.request = request;
        this.writer = writer;
    }

    /** @return the job that has all of it; or the failures of {@link JobWriter#finish}, or where the client goes away */
    static Future<Job> read(HttpServerRequest request, JobWriter writer) {
        JobBody body = new JobBody(request, writer);
        writer.write(0, Buffer.buffer());
        request.exceptionHandler(body.received::tryFail)
                .endHandler(ended -> body.end())
                .handler(body::take)
                .resume();
        return body.received.future();
    }

    private void take(Buffer chunk) {
        if (received.future().isComplete()) {
            bytesInVain += chunk.length();
            cutOffBeyondReason();
        } else if (writer.isBroken()) {
            end();
        } else {
            for (int sent = 0; sent < chunk.length(); sent += MediaService.PIECE_BYTES) {
                writer.write(0, chunk.slice(sent, Math.min(chunk.length(), sent + MediaService.PIECE_BYTES)));
            }
        }
    }

    private void cutOffBeyondReason() {
        if (bytesInVain >= PATIENCE_BYTES) {
            request.connection().close().onFailure(error -> LOG.debug("a client is gone already", error));
        }
    }

    private void end() {
        if (!received.future().isComplete()) {
            writer.finish().onSuccess(received::tryComplete).onFailure(received::tryFail);
        }
    }
}
