package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * When the samples of a frame were taken.
 *
 * @param values unsigned; not copied
 */
record Timestamps(long[] values) implements Member {

    @Override
    public void writeJson(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (long value : values) {
            out.writeNumber(Long.toUnsignedString(value));
        }
        out.writeEndArray();
    }
}
