package lyceum.grading.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;
import lyceum.grading.Partial;
import lyceum.grading.Text;

/** Texts and partial scores as JSON in columns of the database: the records as they are, null as no value at all. */
final class StoredJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final TypeReference<List<Partial>> PARTIALS = new TypeReference<>() {};

    private StoredJson() {}

    static String of(Text text) {
        return write(text);
    }

    static String of(List<Partial> partials) {
        return write(partials);
    }

    static Text text(String json) {
        try {
            return json == null ? null : JSON.readValue(json, Text.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Partial> partials(String json) {
        try {
            return json == null ? null : JSON.readValue(json, PARTIALS);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Object value) {
        try {
            return value == null ? null : JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
