package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What is left of an entry that was read as {@code null}: a list without numbers. */
record Nothing() implements Content {

    @Override
    public String noun() {
        return "nothing";
    }

    @Override
    public void writeJson(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeEndArray();
    }

    @Override
    public Numbers numbers() {
        return new Numbers(0, index -> 0);
    }
}
