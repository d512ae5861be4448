package lyceum.launcher.fuzz;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Values as a schema has them, and such as nobody should send. */
final class Values {

    private static final int DEEPEST = 6;
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "x\udfff\ud83d",
            "\r\nX-Injected: 1",
            "../../../../etc/passwd",
            "..\\..\\x",
            "%2e%2e%2f",
            "%",
            "%00",
            "%zz",
            "'; DROP TABLE lesson; --",
            "\"}],{",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1/x}",
            "\u202e\u200b\ufeff",
            "안녕 🙂",
            "-1",
            "0",
            "00",
            "1e999",
            "NaN",
            "Infinity",
            "-0.0",
            "2147483648",
            "9223372036854775808",
            "-9223372036854775809",
            "99999999999999999999999999999999",
            "0x10",
            "１２",
            "null",
            "true",
            "[]",
            "{}",
            "*",
            "$",
            "+",
            "a+b+c",
            "1-1",
            "9999-12-31T23:59:60Z",
            "-1000000000-01-01T00:00:00Z",
            "data:audio/webm;base64,====",
            "bytes=0-0,-1",
            "(a+)+$");

    private final Contract contract;
    private final Random random;

    Values(Contract contract, Random random) {
        this.contract = contract;
        this.random = random;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** @return something that a schema allows, as far as that is easily told */
    Object plausible(JsonObject described) {
        return plausible(described, 0);
    }

    private Object plausible(JsonObject described, int depth) {
        JsonObject schema = contract.resolve(described);
        if (schema.containsKey("example")) {
            return schema.getValue("example");
        }
        if (schema.getValue("examples") instanceof JsonArray examples && !examples.isEmpty()) {
            return examples.getValue(below(examples.size()));
        }
        if (schema.containsKey("const")) {
            return schema.getValue("const");
        }
        if (schema.containsKey("enum")) {
            JsonArray choices = schema.getJsonArray("enum");
            return choices.getValue(below(choices.size()));
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.containsKey(choice)) {
                JsonArray choices = schema.getJsonArray(choice);
                return plausible(choices.getJsonObject(below(choices.size())), depth + 1);
            }
        }
        return depth > DEEPEST ? null : ofType(schema, depth);
    }

    private Object ofType(JsonObject schema, int depth) {
        Object type = schema.getValue("type");
        String name = type instanceof JsonArray types ? types.getString(below(types.size())) : String.valueOf(type);
        return switch (name) {
            case "integer" -> schema.getInteger("minimum", 0) + below(3);
            case "number" -> 0.5 + below(3);
            case "boolean" -> random.nextBoolean();
            case "array" -> array(schema, depth);
            case "object" -> object(schema, depth);
            case "null" -> null;
            default -> text(schema);
        };
    }

    private JsonArray array(JsonObject schema, int depth) {
        JsonArray array = new JsonArray();
        JsonObject items = schema.getValue("items") instanceof JsonObject each ? each : new JsonObject();
        for (int i = below(3); i >= 0; i--) {
            array.add(plausible(items, depth + 1));
        }
        return array;
    }

    private JsonObject object(JsonObject schema, int depth) {
        JsonObject object = new JsonObject();
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String name : properties.fieldNames()) {
            if (properties.getValue(name) instanceof JsonObject property) {
                object.put(name, plausible(property, depth + 1));
            }
        }
        return object;
    }

    private String text(JsonObject schema) {
        return switch (schema.getString("format", "")) {
            case "uuid" -> "00000000-0000-4000-8000-00000000000" + below(10);
            case "date-time" -> "2026-11-24T10:00:00Z";
            case "uri" -> "http://127.0.0.1:1/x";
            case "byte" -> "aGVsbG8=";
            default -> "name" + below(20);
        };
    }

    String hostileText() {
        return switch (below(12)) {
            case 0 -> "x".repeat(1 << below(13));
            case 1 -> Long.toString(random.nextLong());
            case 2 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 3 -> new String(bytes(1 + below(40)), StandardCharsets.ISO_8859_1);
            default -> oneOf(HOSTILE);
        };
    }

    Object hostile() {
        return switch (below(12)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> -1;
            case 4 -> new BigInteger("1" + "0".repeat(below(400)));
            case 5 -> 1e308;
            case 6 -> nested(1 + below(50));
            case 7 -> new JsonObject().put(hostileText(), hostileText());
            case 8 -> new JsonArray().add(null).add(1).add("x").add(new JsonObject());
            default -> hostileText();
        };
    }

    private JsonArray nested(int depth) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < depth; i++) {
            array = new JsonArray().add(array);
        }
        return array;
    }

    /** @return the same with one place of it spoilt, taken away, or added to */
    Object spoilt(Object value) {
        if (value instanceof JsonObject object && !object.isEmpty() && !once(6)) {
            JsonObject spoilt = object.copy();
            String name = oneOf(List.copyOf(object.fieldNames()));
            switch (below(4)) {
                case 0 -> spoilt.remove(name);
                case 1 -> spoilt.put(hostileText(), hostile());
                default -> spoilt.put(name, spoilt(object.getValue(name)));
            }
            return spoilt;
        }
        if (value instanceof JsonArray array && !array.isEmpty() && !once(4)) {
            JsonArray spoilt = array.copy();
            int place = below(array.size());
            spoilt.set(place, spoilt(array.getValue(place)));
            return spoilt;
        }
        return hostile();
    }
}
