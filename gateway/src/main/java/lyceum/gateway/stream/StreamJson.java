package lyceum.gateway.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.Refusal;

/** A body of the stream contract that should be JSON, refused in the words of the original (section 2.2). */
public final class StreamJson {

    /** Where findings are, that are about a body. */
    public static final String WHERE = "body";

    /** Said of a value that is not {@link #isFinite}. */
    public static final String TOO_LARGE = "a number in it is too large";

    /** Each value and each name is one; a tree of them takes some hundred bytes for each, whatever the body's length. */
    public static final int MOST_TOKENS = 200_000;

    /** Most levels of a document. */
    public static final int DEEPEST = 500;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StreamJson() {}

    /**
     * @param body may be long: this takes its time
     * @param contentType as the request has it, may be null, which stands for JSON
     * @return the value, its bytes where they are said to be something else; empty where there is no body, or it is null
     * @throws Refusal with 422 where it is no JSON, 400 where it is no UTF-8
     */
    public static Optional<JsonNode> parse(byte[] body, String contentType) {
        if (body.length == 0) {
            return Optional.empty();
        }
        if (!isJson(contentType)) {
            return Optional.of(BinaryNode.valueOf(body));
        }
        return Optional.of(parse(utf8(body))).filter(value -> !value.isNull());
    }

    /** @return whether no number in it is beyond those that a double can be: it would become a text */
    public static boolean isFinite(JsonNode value) {
        if (value.isFloatingPointNumber()) {
            return Double.isFinite(value.doubleValue());
        }
        for (JsonNode item : value) {
            if (!isFinite(item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return true;
        }
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return mediaType.equals("application/json") || mediaType.matches("application/[^/]+\\+json");
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(400, "There was an error parsing the body");
        }
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode value = MAPPER.readTree(text);
            if (value.isMissingNode()) {
                throw noJson(text);
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw wrong(
                    "more than %d parts, deeper than %d, or a number that is too long".formatted(MOST_TOKENS, DEEPEST));
        } catch (JsonProcessingException e) {
            throw noJson(text);
        }
    }

    private static Refusal noJson(String text) {
        return JsonFault.find(text)
                .map(fault -> Refusal.unprocessable(List.of(finding(fault, text))))
                .orElseGet(() -> wrong("this is not JSON"));
    }

    private static Refusal wrong(String message) {
        return Refusal.unprocessable(List.of(Finding.wrongAt(List.of(WHERE), message)));
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
