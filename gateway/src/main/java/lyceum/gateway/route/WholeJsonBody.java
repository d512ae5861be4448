package lyceum.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** The body of one request that is JSON. */
public final class WholeJsonBody {

    private static final String MEDIA_TYPE = "application/json";

    private WholeJsonBody() {}

    /**
     * Reads the whole body.
     *
     * @return the bytes; or a {@link Refusal} with 415 where they are not said to be JSON, which the form of a foreign page
     *     cannot say; or what {@link WholeBody} fails with
     */
    public static Future<byte[]> read(HttpServerRequest request, long limitBytes) {
        return isJson(request.getHeader("Content-Type"))
                ? WholeBody.read(request, limitBytes).map(Buffer::getBytes)
                : Future.failedFuture(new Refusal(415, "the Content-Type is not " + MEDIA_TYPE));
    }

    private static boolean isJson(String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE);
    }
}
