package lyceum.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lyceum.gateway.stream.JsonFault;
import lyceum.stream.StreamService;

/** The metadata of a stream as a client sends it: a JSON object, refused in the words of the original. */
final class MetadataBody {

    /** White space is not stored. */
    static final long LIMIT_BYTES = 2L * StreamService.METADATA_BYTES;

    private static final String WHERE = "body";

    private MetadataBody() {}

    /**
     * Reads the body; what is wrong is reported together with the query, except for what is no JSON at all.
     *
     * @return the object as it was sent
     * @throws Refusal with 422 where it is no JSON, 400 where it is no UTF-8
     */
    static String read(RoutingContext ctx, StreamQuery query) {
        Buffer body = ctx.body().buffer();
        if (body == null || body.length() == 0) {
            query.report(Finding.missing(WHERE));
            return "";
        }
        if (!isJson(ctx.request().getHeader("Content-Type"))) {
            query.report(Finding.notAnObject(WHERE));
            return "";
        }
        String text = utf8(body);
        JsonNode value = StrictJson.parse(text).orElseThrow(() -> noJson(text));
        if (value.isNull()) {
            query.report(Finding.missing(WHERE));
        } else if (!value.isObject()) {
            query.report(Finding.notAnObject(WHERE));
        }
        return text;
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return true;
        }
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return mediaType.equals("application/json") || mediaType.matches("application/[^/]+\\+json");
    }

    private static String utf8(Buffer body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(400, "There was an error parsing the body");
        }
    }

    private static Refusal noJson(String text) {
        Optional<JsonFault> fault = JsonFault.find(text);
        return Refusal.unprocessable(List.of(
                fault.map(found -> finding(found, text)).orElse(Finding.wrongAt(List.of(WHERE), "this is not JSON"))));
    }

    private static Finding finding(JsonFault fault, String text) {
        JsonObject context = new JsonObject()
                .put("msg", fault.message())
                .put("doc", text)
                .put("pos", fault.position())
                .put("lineno", fault.line())
                .put("colno", fault.column());
        return new Finding(List.of(WHERE, fault.position()), fault.text(), "value_error.jsondecode", context);
    }
}
