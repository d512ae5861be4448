package lyceum.platform.tracing;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message of Protocol Buffers, without its schema.
 *
 * @param fields values by number: {@code Long}, or {@code Buffer} for texts, bytes and messages
 */
record ProtobufMessage(Map<Integer, List<Object>> fields) {

    static ProtobufMessage of(Buffer bytes) {
        Map<Integer, List<Object>> fields = new TreeMap<>();
        int[] at = {0};
        while (at[0] < bytes.length()) {
            long key = varint(bytes, at);
            Object value = value((int) (key & 7), bytes, at);
            fields.computeIfAbsent((int) (key >> 3), first -> new ArrayList<>()).add(value);
        }
        return new ProtobufMessage(fields);
    }

    private static Object value(int type, Buffer bytes, int[] at) {
        int length = switch (type) {
            case 0 -> 0;
            case 1 -> Long.BYTES;
            case 2 -> (int) varint(bytes, at);
            case 5 -> Integer.BYTES;
            default -> throw new IllegalArgumentException("type " + type);
        };
        if (type == 0) {
            return varint(bytes, at);
        }
        at[0] += length;
        return bytes.slice(at[0] - length, at[0]);
    }

    private static long varint(Buffer bytes, int[] at) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.getByte(at[0]);
            at[0]++;
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    List<ProtobufMessage> messages(int number) {
        return fields.getOrDefault(number, List.of()).stream()
                .map(value -> of((Buffer) value))
                .toList();
    }

    Buffer bytes(int number) {
        return fields.containsKey(number) ? (Buffer) fields.get(number).get(0) : Buffer.buffer();
    }

    String text(int number) {
        return bytes(number).toString(StandardCharsets.UTF_8);
    }

    long number(int number) {
        return fields.containsKey(number) ? (long) fields.get(number).get(0) : 0;
    }
}
