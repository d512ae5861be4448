package lyceum.gateway.rtmp;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values of commands in AMF 0 (Action Message Format, AMF 0): numbers are doubles, objects and arrays are maps, lists are
 * lists; null and undefined are both null. Values of types that no command has are a fault.
 */
final class Amf0 {

    private static final int NUMBER = 0;
    private static final int BOOLEAN = 1;
    private static final int STRING = 2;
    private static final int OBJECT = 3;
    private static final int NULL = 5;
    private static final int UNDEFINED = 6;
    private static final int ECMA_ARRAY = 8;
    private static final int OBJECT_END = 9;
    private static final int STRICT_ARRAY = 10;
    private static final int DATE = 11;
    private static final int LONG_STRING = 12;

    /** Its type and its length. */
    static final int TEXT_HEAD_BYTES = 3;

    private static final int DEEPEST = 8;
    private static final int MOST_VALUES = 512;

    private final Buffer bytes;
    private int position;
    private int values;

    private Amf0(Buffer bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    /** @return all values from a position on; fails with {@link RtmpFault} where they are cut, too deep or too many */
    static List<Object> read(Buffer bytes, int from) {
        Amf0 reader = new Amf0(bytes, from);
        List<Object> all = new ArrayList<>();
        try {
            while (reader.position < bytes.length()) {
                all.add(reader.value(0));
            }
            return all;
        } catch (IndexOutOfBoundsException e) {
            throw new RtmpFault("a command is cut");
        }
    }

    /** @return the text that stands first; empty where something else does */
    static Optional<String> firstText(Buffer bytes) {
        if (bytes.length() < TEXT_HEAD_BYTES || bytes.getUnsignedByte(0) != STRING) {
            return Optional.empty();
        }
        int end = TEXT_HEAD_BYTES + bytes.getUnsignedShort(1);
        return end > bytes.length()
                ? Optional.empty()
                : Optional.of(bytes.getString(TEXT_HEAD_BYTES, end, StandardCharsets.UTF_8.name()));
    }

    private Object value(int depth) {
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            throw new RtmpFault("a command of too many values");
        }
        int type = bytes.getUnsignedByte(position++);
        return switch (type) {
            case NUMBER -> number();
            case BOOLEAN -> bytes.getByte(position++) != 0;
            case STRING -> string(shortLength());
            case LONG_STRING -> string(longLength());
            case OBJECT -> members(depth);
            case ECMA_ARRAY -> {
                longLength();
                yield members(depth);
            }
            case STRICT_ARRAY -> list(depth);
            case NULL, UNDEFINED -> null;
            case DATE -> {
                double millis = number();
                position += 2;
                yield millis;
            }
            default -> throw new RtmpFault("a value of type %d".formatted(type));
        };
    }

    private double number() {
        position += Double.BYTES;
        return bytes.getDouble(position - Double.BYTES);
    }

    private int shortLength() {
        position += Short.BYTES;
        return bytes.getUnsignedShort(position - Short.BYTES);
    }

    private int longLength() {
        position += Integer.BYTES;
        return bytes.getInt(position - Integer.BYTES);
    }

    private String string(int length) {
        if (length < 0 || length > bytes.length() - position) {
            throw new RtmpFault("a command is cut");
        }
        position += length;
        return bytes.getString(position - length, position, StandardCharsets.UTF_8.name());
    }

    private Map<String, Object> members(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (true) {
            String name = string(shortLength());
            if (name.isEmpty() && bytes.getUnsignedByte(position) == OBJECT_END) {
                position++;
                return members;
            }
            members.put(name, value(depth + 1));
        }
    }

    private List<Object> list(int depth) {
        int length = longLength();
        if (length < 0 || length > MOST_VALUES) {
            throw new RtmpFault("a command of too many values");
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(value(depth + 1));
        }
        return items;
    }

    /** @param values doubles, booleans, strings, maps and nulls */
    static Buffer write(Object... values) {
        Buffer all = Buffer.buffer();
        for (Object value : values) {
            append(all, value);
        }
        return all;
    }

    private static void append(Buffer all, Object value) {
        if (value == null) {
            all.appendByte((byte) NULL);
        } else if (value instanceof Double number) {
            all.appendByte((byte) NUMBER).appendDouble(number);
        } else if (value instanceof Boolean truth) {
            all.appendByte((byte) BOOLEAN).appendByte((byte) (truth ? 1 : 0));
        } else if (value instanceof String text) {
            all.appendByte((byte) STRING);
            appendText(all, text);
        } else if (value instanceof Map<?, ?> members) {
            all.appendByte((byte) OBJECT);
            members.forEach((name, member) -> {
                appendText(all, name.toString());
                append(all, member);
            });
            all.appendShort((short) 0).appendByte((byte) OBJECT_END);
        } else {
            throw new IllegalArgumentException("no AMF for " + value.getClass());
        }
    }

    private static void appendText(Buffer all, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        all.appendUnsignedShort(utf8.length).appendBytes(utf8);
    }
}
