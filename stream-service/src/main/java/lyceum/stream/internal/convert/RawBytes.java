package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.nio.ByteBuffer;

/**
 * Bytes of which nothing is known.
 *
 * @param bytes not copied
 */
record RawBytes(ByteBuffer bytes) implements Content {

    @Override
    public String noun() {
        return "an entry of raw bytes";
    }

    @Override
    public void writeJson(JsonGenerator out) {
        throw cannotBe("json");
    }
}
