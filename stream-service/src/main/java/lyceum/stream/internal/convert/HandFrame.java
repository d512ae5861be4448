package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Set;
import lyceum.platform.Failure;

/**
 * What hands or eyes do: a JSON object without a header.
 *
 * @param object with what the app wraps in strings unwrapped
 */
record HandFrame(JsonText object) implements HoloFrame {

    /** Where these are strings, the string is JSON. */
    private static final Set<String> WRAPPED = Set.of("left", "right");

    /** @return the frame, or INVALID where it or something wrapped in it is not JSON */
    static HandFrame read(byte[] utf8, ConversionLimits limits) {
        return new HandFrame(new JsonText(Json.rewrite(utf8, limits.bytes(), HandFrame::unwrap)));
    }

    private static void unwrap(JsonParser in, JsonGenerator out) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw Failure.invalid("frame is no JSON object");
        }
        out.writeStartObject();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            out.writeFieldName(name);
            if (in.nextToken() == JsonToken.VALUE_STRING && WRAPPED.contains(name)) {
                out.writeRawValue(canonical(in.getText()));
            } else {
                Json.copyValue(in, out);
            }
        }
        out.writeEndObject();
    }

    private static String canonical(String wrapped) {
        byte[] utf8 = wrapped.getBytes(StandardCharsets.UTF_8);
        return new String(Json.rewrite(utf8, Integer.MAX_VALUE, Json::copyValue), StandardCharsets.UTF_8);
    }

    @Override
    public OptionalLong timeMillis() {
        return OptionalLong.empty();
    }

    @Override
    public Content content() {
        return object;
    }

    @Override
    public void writeJson(JsonGenerator out) throws IOException {
        object.writeJson(out);
    }
}
