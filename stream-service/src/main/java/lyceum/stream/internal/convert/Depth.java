package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * A picture of 16 bits a pixel: how far things are, or how they shine in infrared.
 *
 * @param values unsigned, row by row; not copied
 */
record Depth(int width, int height, short[] values) implements Content {

    @Override
    public String noun() {
        return "a depth picture";
    }

    @Override
    public void writeJson(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (int row = 0; row < height; row++) {
            out.writeStartArray();
            for (int column = 0; column < width; column++) {
                out.writeNumber(Short.toUnsignedInt(values[row * width + column]));
            }
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    @Override
    public Numbers numbers() {
        return new Numbers(values.length, index -> Short.toUnsignedInt(values[index]));
    }
}
