package lyceum.grading.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON that runners write, which is Python's (contracts/grading.md, section 1.1): {@code NaN}, {@code Infinity} and
 * {@code -Infinity} are numbers, the last of several members of a name counts, {@code \ud800} may stand alone, integers may
 * be long. No byte order mark, nothing behind the document, UTF-8 only.
 *
 * <p>Values are as in {@link lyceum.grading.Text}: null, Boolean, Integer, Long, BigInteger, Double, String, List, Map.
 */
final class JsonPayload {

    /** Of a number: what takes a fraction of a millisecond to convert. */
    private static final int MAX_DIGITS = 10_000;

    /** Leaves room for what it is stored and sent in: those readers stop at 1000. */
    private static final int MAX_DEPTH = 500;

    /** Readers of what is stored and sent stop at 50,000 bytes, and a character may have three. */
    private static final int MAX_NAME_CHARACTERS = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(MAX_DIGITS)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME_CHARACTERS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** All that is no number in digits. Jackson takes more than Python, {@code INF} and {@code +Infinity} among them. */
    private static final Set<String> NAMED_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    private JsonPayload() {}

    /** @return the object, or nothing where the bytes are none */
    static Optional<Map<String, Object>> read(byte[] plaintext) {
        try (JsonParser parser = JSON.createParser(text(plaintext))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> payload = object(parser);
            return parser.nextToken() == null ? Optional.of(payload) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** A byte order mark stays in the text, where the parser stumbles over it. */
    private static String text(byte[] plaintext) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(plaintext))
                .toString();
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<Object> list(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> real(parser);
            default -> throw new IOException("no value");
        };
    }

    private static Double real(JsonParser parser) throws IOException {
        String text = parser.getText();
        if (Character.isLetter(text.charAt(text.length() - 1)) && !NAMED_NUMBERS.contains(text)) {
            throw new IOException("no number");
        }
        return parser.getDoubleValue();
    }
}
