package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers in a row, or in rows of one length.
 *
 * @param values row by row; not copied
 * @param columns of a row; 0 where there are no rows
 */
record Floats(float[] values, int columns) implements Content {

    /** @param bytes float32, little-endian, a multiple of 4; its own order does not matter */
    static Floats read(ByteBuffer bytes, int columns) {
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return new Floats(values, columns);
    }

    /** @return rows as columns; only of as many rows as columns */
    Floats transposed() {
        float[] transposed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            transposed[i] = values[i % columns * columns + i / columns];
        }
        return new Floats(transposed, columns);
    }

    @Override
    public String noun() {
        return "a list of numbers";
    }

    /** What is not finite becomes {@code null}. */
    @Override
    public void writeJson(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < values.length; i++) {
            if (columns > 0 && i % columns == 0) {
                out.writeStartArray();
            }
            writeNumber(out, values[i]);
            if (columns > 0 && (i + 1) % columns == 0) {
                out.writeEndArray();
            }
        }
        out.writeEndArray();
    }

    static void writeNumber(JsonGenerator out, float value) throws IOException {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    @Override
    public Numbers numbers() {
        return new Numbers(values.length, index -> values[index]);
    }
}
