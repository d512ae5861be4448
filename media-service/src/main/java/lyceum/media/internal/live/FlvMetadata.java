package lyceum.media.internal.live;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers that a publisher tells with {@code onMetaData} (AMF 0, sections 2.2 to 2.10): width, height, rates. Whatever
 * is no plain list of names and simple values ends it; nothing in it is needed.
 */
record FlvMetadata(Map<String, Double> numbers) {

    private static final int MOST_MEMBERS = 64;
    private static final int NUMBER = 0;
    private static final int BOOLEAN = 1;
    private static final int STRING = 2;
    private static final int OBJECT = 3;
    private static final int ECMA_ARRAY = 8;

    FlvMetadata {
        numbers = Map.copyOf(numbers);
    }

    /** @return what stands in the body of a script tag; nothing where it cannot be read */
    static FlvMetadata of(Buffer body) {
        Map<String, Double> numbers = new HashMap<>();
        try {
            read(body, numbers);
        } catch (IndexOutOfBoundsException cut) {
            // What came before the cut is as good as it would be otherwise.
        }
        return new FlvMetadata(numbers);
    }

    private static void read(Buffer body, Map<String, Double> numbers) {
        int position = 0;
        while (body.getUnsignedByte(position) == STRING) {
            position += 3 + body.getUnsignedShort(position + 1);
        }
        int type = body.getUnsignedByte(position);
        if (type != OBJECT && type != ECMA_ARRAY) {
            return;
        }
        position += type == OBJECT ? 1 : 5;
        for (int i = 0; i < MOST_MEMBERS; i++) {
            int nameBytes = body.getUnsignedShort(position);
            String name = body.getString(position + 2, position + 2 + nameBytes, StandardCharsets.UTF_8.name());
            position += 2 + nameBytes;
            switch (body.getUnsignedByte(position)) {
                case NUMBER -> {
                    numbers.put(name, body.getDouble(position + 1));
                    position += 9;
                }
                case BOOLEAN -> {
                    numbers.put(name, (double) body.getUnsignedByte(position + 1));
                    position += 2;
                }
                case STRING -> position += 3 + body.getUnsignedShort(position + 1);
                default -> {
                    return;
                }
            }
        }
    }

    /** @return a whole number from 0 to a million; 0 where there is none */
    int whole(String name) {
        double value = number(name);
        return (int) value;
    }

    double number(String name) {
        double value = numbers.getOrDefault(name, 0.0);
        return value >= 0 && value <= 1_000_000 ? value : 0;
    }

    boolean has(String name) {
        return numbers.containsKey(name);
    }
}
