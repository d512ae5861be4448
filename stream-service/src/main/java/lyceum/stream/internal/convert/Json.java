package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import lyceum.platform.Failure;

/** JSON token by token, so that a value of many small parts takes no more room than its text. */
final class Json {

    private Json() {}

    /** Writes one value, standing at its first token, of a text that was read. */
    interface Rewriting {
        void rewrite(JsonParser in, JsonGenerator out) throws IOException;
    }

    /** @return the text of one value without white space, or INVALID where it becomes longer than the limit */
    static byte[] write(Member value, int limitBytes) {
        BoundedBytes text = new BoundedBytes(limitBytes);
        try (JsonGenerator out = factory().createGenerator(text)) {
            value.writeJson(out);
        } catch (IOException e) {
            throw notJson();
        }
        return text.toByteArray();
    }

    /** @return the text that is written while another is read; or INVALID where that is not exactly one JSON value */
    static byte[] rewrite(byte[] source, int limitBytes, Rewriting rewriting) {
        try (JsonParser in = parser(source)) {
            in.nextToken();
            byte[] text = write(out -> rewriting.rewrite(in, out), limitBytes);
            if (in.nextToken() != null) {
                throw notJson();
            }
            return text;
        } catch (IOException e) {
            throw notJson();
        }
    }

    static JsonParser parser(byte[] utf8) throws IOException {
        return factory().createParser(utf8);
    }

    /** Copies the value that begins with the current token; the parser then stands at its last. */
    static void copyValue(JsonParser in, JsonGenerator out) throws IOException {
        int depth = 0;
        do {
            copyToken(in, out);
            depth += depthOf(in.currentToken());
        } while (depth > 0 && in.nextToken() != null);
    }

    private static int depthOf(JsonToken token) {
        if (token.isStructStart()) {
            return 1;
        }
        return token.isStructEnd() ? -1 : 0;
    }

    private static void copyToken(JsonParser in, JsonGenerator out) throws IOException {
        if (in.currentToken() == null) {
            throw notJson();
        }
        if (in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            out.writeNumber(finite(in.getDoubleValue()));
        } else {
            out.copyCurrentEvent(in);
        }
    }

    /** Such as 1e400, which would be written as what no JSON parser reads. */
    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw notJson();
        }
        return value;
    }

    static Failure notJson() {
        return Failure.invalid("entry is not JSON");
    }

    /** A new one each time, because it remembers the names of fields, and these are the names of strangers. */
    private static JsonFactory factory() {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }
}
