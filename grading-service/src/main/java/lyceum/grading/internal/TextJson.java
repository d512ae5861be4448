package lyceum.grading.internal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lyceum.grading.Partial;
import lyceum.grading.Text;

/**
 * Texts and partials as they are stored and sent: null, a string, or {@code {"text", "kwargs"}} with both members always
 * there (contracts/grading.md, section 4.1). Kept as JSON text, not as JSONB, which forgets whether a number was 100.0 or
 * 100 and so would show it differently.
 *
 * <p>What no database or JSON takes is replaced: U+0000 and halves of surrogate pairs by U+FFFD, a number that is not
 * finite by Python's name of it.
 */
final class TextJson {

    private TextJson() {}

    /** @return null, String or JsonObject */
    static Object of(Text text) {
        if (text == null) {
            return null;
        }
        if (text.isPlain()) {
            return storable(text.text());
        }
        return new JsonObject().put("text", storable(text.text())).put("kwargs", object(text.kwargs()));
    }

    /** @return the text that {@link #of} wrote so; what it never wrote is null */
    static Text text(Object json) {
        if (json instanceof String plain) {
            return Text.plain(plain);
        }
        return json instanceof JsonObject lazy
                ? new Text(lazy.getString("text"), values(lazy.getJsonObject("kwargs", new JsonObject())))
                : null;
    }

    /** @return the partials in their order; null for null */
    static JsonArray of(List<Partial> partials) {
        if (partials == null) {
            return null;
        }
        JsonArray json = new JsonArray();
        for (Partial partial : partials) {
            JsonArray detail = new JsonArray();
            partial.detail().forEach(text -> detail.add(of(text)));
            json.add(new JsonObject()
                    .put("name", of(partial.name()))
                    .put("typeName", storable(partial.typeName()))
                    .put("score", partial.score())
                    .put("weight", partial.weight())
                    .put("time", partial.time())
                    .put("brief", of(partial.brief()))
                    .put("detail", detail));
        }
        return json;
    }

    /** @return the partials that {@link #of(List)} wrote so; null for null */
    static List<Partial> partials(JsonArray json) {
        if (json == null) {
            return null;
        }
        List<Partial> partials = new ArrayList<>();
        for (int at = 0; at < json.size(); at++) {
            JsonObject partial = json.getJsonObject(at);
            JsonArray items = partial.getJsonArray("detail");
            List<Text> detail = new ArrayList<>();
            for (int item = 0; item < items.size(); item++) {
                detail.add(text(items.getValue(item)));
            }
            partials.add(new Partial(
                    text(partial.getValue("name")),
                    partial.getString("typeName"),
                    partial.getDouble("score"),
                    partial.getDouble("weight"),
                    partial.getDouble("time"),
                    text(partial.getValue("brief")),
                    detail));
        }
        return partials;
    }

    /** @return the string with what PostgreSQL and UTF-8 do not take replaced; null for null */
    static String storable(String text) {
        if (text == null || text.codePoints().noneMatch(TextJson::isUnstorable)) {
            return text;
        }
        return text.codePoints()
                .map(character -> isUnstorable(character) ? 0xfffd : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isUnstorable(int character) {
        return character == 0 || character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static JsonObject object(Map<?, ?> map) {
        JsonObject json = new JsonObject();
        map.forEach((name, value) -> json.put(storable((String) name), value(value)));
        return json;
    }

    private static Object value(Object value) {
        if (value instanceof String text) {
            return storable(text);
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return PythonNumbers.notFinite(number);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof List<?> list) {
            JsonArray json = new JsonArray();
            list.forEach(item -> json.add(value(item)));
            return json;
        }
        return value;
    }

    private static Map<String, Object> values(JsonObject json) {
        Map<String, Object> values = new LinkedHashMap<>();
        json.fieldNames().forEach(name -> values.put(name, plain(json.getValue(name))));
        return values;
    }

    private static Object plain(Object json) {
        if (json instanceof JsonObject object) {
            return values(object);
        }
        if (json instanceof JsonArray array) {
            List<Object> list = new ArrayList<>();
            for (int at = 0; at < array.size(); at++) {
                list.add(plain(array.getValue(at)));
            }
            return list;
        }
        return json;
    }
}
