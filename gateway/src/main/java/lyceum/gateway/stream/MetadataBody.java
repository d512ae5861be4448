package lyceum.gateway.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.route.Finding;
import lyceum.stream.StreamService;

/** The metadata of a stream as a client sends it: a JSON object, refused in the words of the original. */
final class MetadataBody {

    /** White space is not stored. */
    static final long LIMIT_BYTES = 2L * StreamService.METADATA_BYTES;

    private static final String WHERE = StreamJson.WHERE;

    private MetadataBody() {}

    /**
     * Reads the body; what is wrong is reported together with the query, except for what is no JSON at all.
     *
     * @return the object as it was sent
     * @throws Refusal with 422 where it is no JSON, 400 where it is no UTF-8
     */
    static String read(RoutingContext ctx, StreamQuery query) {
        Buffer body = ctx.body().buffer();
        Optional<JsonNode> value = body == null
                ? Optional.empty()
                : StreamJson.parse(body.getBytes(), ctx.request().getHeader("Content-Type"));
        if (value.isEmpty()) {
            query.report(Finding.missing(WHERE));
            return "";
        }
        if (!value.get().isObject()) {
            query.report(Finding.notAnObject(WHERE));
            return "";
        }
        if (!StreamJson.isFinite(value.get())) {
            query.report(Finding.wrongAt(List.of(WHERE), StreamJson.TOO_LARGE));
        }
        return body.toString();
    }
}
