package lyceum.gateway.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import lyceum.stream.Delivery.Item;

/** Where entries begin in a body of many: {@code [[stream, id, offset], …]}, JSON in ASCII (contract, 2.5). */
public final class EntryOffsets {

    /**
     * Longest value of a header: Python's {@code http.client}, which the contract's clients stand on, reads lines of up
     * to 65,536 bytes.
     */
    public static final int HEADER_BYTES = 65_000;

    private static final JsonFactory ASCII =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private EntryOffsets() {}

    /** @return the list for a header; empty where it would be too long */
    public static Optional<String> header(List<Item> items) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = ASCII.createGenerator(text)) {
            long offset = 0;
            json.writeStartArray();
            for (Item item : items) {
                write(json, item, offset);
                offset += item.length();
                json.flush();
                if (text.getBuffer().length() > HEADER_BYTES) {
                    return Optional.empty();
                }
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // ASCII to JSON, but nothing for a header.
        String header = text.toString().replace("\u007f", "\\u007f");
        return Optional.of(header).filter(whole -> whole.length() <= HEADER_BYTES);
    }

    private static void write(JsonGenerator json, Item item, long offset) throws IOException {
        json.writeStartArray();
        json.writeString(item.stream());
        json.writeString(item.id());
        json.writeNumber(offset);
        json.writeEndArray();
    }
}
