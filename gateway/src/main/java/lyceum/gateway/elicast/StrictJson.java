package lyceum.gateway.elicast;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** JSON as RFC 8259 has it: no NaN, nothing behind the value. It is nested a thousand times at most, as in the original. */
final class StrictJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads numbers and names of any length: the text is bounded where it arrives, and they are not made numbers of, which
     * for long ones takes long. Names are not kept, which would be for ever.
     */
    private static final JsonFactory READER = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private StrictJson() {}

    /** @return whether the text is one JSON value */
    static boolean isValue(String text) {
        try (JsonParser parser = READER.createParser(text)) {
            boolean isBegun = parser.nextToken() != null;
            parser.skipChildren();
            return isBegun && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** @return the value of a short text; empty where it is no JSON */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
