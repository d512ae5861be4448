package lyceum.gateway.form;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import lyceum.gateway.route.Overrun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of one request, read as a form. */
public final class FormBody {

    private static final String URLENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";

    /** Each value of a multipart form may be as long as a whole urlencoded one; four such values are plenty. */
    private static final int MULTIPART_FACTOR = 4;

    private static final Logger LOG = LoggerFactory.getLogger(FormBody.class);

    private final HttpServerRequest request;
    private final FormDecoder decoder;
    private final long limitBytes;
    private final Promise<Void> whole = Promise.promise();

    private long readBytes;

    private FormBody(HttpServerRequest request, FormSink form, long valueLimitBytes, long multipartLimitBytes) {
        ContentType type = ContentType.parse(request.getHeader("Content-Type"));
        boolean multipart =
                type.mediaType().equals(MULTIPART) && !type.boundary().isEmpty();
        this.request = request;
        this.limitBytes = multipart ? multipartLimitBytes : valueLimitBytes;
        if (multipart) {
            decoder = new MultipartDecoder(form, type.boundary(), valueLimitBytes);
        } else if (type.mediaType().equals(URLENCODED)) {
            decoder = new UrlencodedDecoder(form, type.charset());
        } else {
            decoder = FormDecoder.NO_FORM;
        }
    }

    /**
     * Reads the whole body; another content type has no fields. Where that fails, what is left of the body is read and
     * forgotten, so that the client gets to read the answer; one that goes on for ever is cut off.
     *
     * @param valueLimitBytes a urlencoded body, or a value of a multipart one, of this length is already too long
     * @return done when all sinks have ended; fails with {@link FormTooLarge}, {@link UnreadableForm}, with what a sink
     *     throws, or where the client goes away
     */
    public static Future<Void> read(HttpServerRequest request, FormSink form, long valueLimitBytes) {
        return read(request, form, valueLimitBytes, MULTIPART_FACTOR * valueLimitBytes);
    }

    /** As the other one, where a multipart body of this length is already too long. */
    public static Future<Void> read(
            HttpServerRequest request, FormSink form, long valueLimitBytes, long multipartLimitBytes) {
        FormBody body;
        try {
            body = new FormBody(request, form, valueLimitBytes, multipartLimitBytes);
        } catch (UnreadableForm e) {
            return Future.failedFuture(e);
        }
        request.exceptionHandler(body.whole::tryFail)
                .endHandler(ended -> body.end())
                .handler(body::take)
                .resume();
        return body.whole.future();
    }

    private void take(Buffer chunk) {
        readBytes += chunk.length();
        if (whole.future().isComplete()) {
            cutOffBeyondReason();
            return;
        }
        try {
            if (readBytes >= limitBytes) {
                throw new FormTooLarge(limitBytes, readBytes);
            }
            decoder.feed(chunk.getBytes());
        } catch (RuntimeException e) {
            whole.tryFail(e);
            request.resume();
        }
    }

    private void cutOffBeyondReason() {
        if (Overrun.isEndless(readBytes, limitBytes)) {
            request.connection().close().onFailure(error -> LOG.debug("a client is gone already", error));
        }
    }

    private void end() {
        if (whole.future().isComplete()) {
            return;
        }
        try {
            decoder.end();
            whole.tryComplete();
        } catch (RuntimeException e) {
            whole.tryFail(e);
        }
    }
}
