package lyceum.gateway.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.JsonBody;
import lyceum.gateway.route.Offload;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.stream.StreamJson;

/**
 * A document as a client sends it: a JSON object, asked for one member after the other, as lenient as the original
 * (pydantic 1.10): numbers are taken as texts and texts as numbers, unknown members are ignored, a member may be null.
 * Everything that is wrong is told at once.
 *
 * <p>Ask for every member, then {@link #end}; what was returned for a wrong member means nothing.
 */
final class DocumentForm {

    private static final String WHERE = StreamJson.WHERE;

    /** Python's {@code int} takes these. */
    private static final String INTEGER = "[+-]?\\d(?:_?\\d){0,999}";

    private final ObjectNode members;
    private final List<Finding> findings = new ArrayList<>();

    private DocumentForm(ObjectNode members) {
        this.members = members;
    }

    /** @return the body that was read by {@link JsonBody#reader}; 422 where it is no object, or none at all */
    static Future<DocumentForm> read(RoutingContext ctx) {
        return value(ctx).map(value -> of(value.orElseThrow(() -> refusal(Finding.missing(WHERE)))));
    }

    /** @return the body that was read, or nothing; 422 where it is no object */
    static Future<Optional<DocumentForm>> readIfAny(RoutingContext ctx) {
        return value(ctx).map(value -> value.map(DocumentForm::of));
    }

    private static Future<Optional<JsonNode>> value(RoutingContext ctx) {
        Buffer body = ctx.body().buffer();
        String contentType = ctx.request().getHeader("Content-Type");
        return body == null
                ? Future.succeededFuture(Optional.empty())
                : Offload.work(ctx.vertx(), body.length(), () -> StreamJson.parse(body.getBytes(), contentType));
    }

    private static DocumentForm of(JsonNode value) {
        if (value instanceof ObjectNode members) {
            return new DocumentForm(members);
        }
        throw refusal(Finding.notAnObject(WHERE));
    }

    private static Refusal refusal(Finding finding) {
        return Refusal.unprocessable(List.of(finding));
    }

    /** @return the text; null where it is null or absent */
    String text(String name) {
        JsonNode value = members.path(name);
        return isNone(value) ? null : text(value, List.of(WHERE, name));
    }

    /** @return the texts; null where there is null or nothing */
    List<String> texts(String name) {
        JsonNode value = members.path(name);
        if (isNone(value)) {
            return null;
        }
        if (!value.isArray()) {
            report(List.of(WHERE, name), "value is not a valid list", "type_error.list");
            return null;
        }
        List<String> texts = new ArrayList<>();
        value.forEach(item -> texts.add(text(item, List.of(WHERE, name, texts.size()))));
        return texts;
    }

    private String text(JsonNode value, List<Object> place) {
        if (value.isNull()) {
            report(place, "none is not an allowed value", "type_error.none.not_allowed");
        } else if (value.isContainerNode()) {
            report(place, "str type expected", "type_error.str");
        } else if (value.isBoolean()) {
            return value.booleanValue() ? "True" : "False";
        }
        return value.isFloatingPointNumber() ? PythonFloat.text(value.doubleValue()) : value.asText();
    }

    /** @return the number, where it is none of the whole ones rounded towards zero; null where it is null or absent */
    Long integer(String name) {
        JsonNode value = members.path(name);
        if (isNone(value)) {
            return null;
        }
        Optional<BigInteger> number = integer(value);
        if (number.isEmpty()) {
            report(Finding.notAnInteger(WHERE, name));
            return null;
        }
        if (number.get().bitLength() >= Long.SIZE) {
            report(
                    number.get().signum() > 0
                            ? Finding.above(WHERE, name, Long.MAX_VALUE)
                            : Finding.below(WHERE, name, Long.MIN_VALUE));
        }
        return number.get().longValue();
    }

    private static Optional<BigInteger> integer(JsonNode value) {
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue() ? BigInteger.ONE : BigInteger.ZERO);
        }
        if (value.isNumber() && StreamJson.isFinite(value)) {
            return Optional.of(value.decimalValue().toBigInteger());
        }
        return Optional.of(value.asText().strip())
                .filter(text -> value.isTextual() && text.matches(INTEGER))
                .map(text -> new BigInteger(text.replace("_", "")));
    }

    /** @return any JSON as its text; null where it is null or absent */
    String json(String name) {
        JsonNode value = members.path(name);
        if (isNone(value)) {
            return null;
        }
        if (!StreamJson.isFinite(value)) {
            report(Finding.wrong(WHERE, name, StreamJson.TOO_LARGE));
        }
        return value.toString();
    }

    /** Refuses null, which is not the same as nothing. */
    void refuseNull(String name) {
        JsonNode value = members.path(name);
        if (value.isNull()) {
            text(value, List.of(WHERE, name));
        }
    }

    private static boolean isNone(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private void report(List<Object> place, String message, String type) {
        report(new Finding(place, message, type, JsonObject.of()));
    }

    void report(Finding finding) {
        findings.add(finding);
    }

    /** Refuses with 422 if anything was wrong. */
    void end() {
        if (!findings.isEmpty()) {
            throw Refusal.unprocessable(findings);
        }
    }
}
