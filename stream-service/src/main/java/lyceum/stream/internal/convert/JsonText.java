package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One JSON value.
 *
 * @param utf8 its text without white space, valid; not copied
 */
record JsonText(byte[] utf8) implements Content {

    /** @return the value that a text holds, or INVALID where it is not exactly one */
    static JsonText read(byte[] source, ConversionLimits limits) {
        return new JsonText(Json.rewrite(source, limits.bytes(), Json::copyValue));
    }

    boolean list() {
        return utf8[0] == '[';
    }

    @Override
    public String noun() {
        return "JSON";
    }

    @Override
    public void writeJson(JsonGenerator out) throws IOException {
        out.writeRawValue(new String(utf8, StandardCharsets.UTF_8));
    }

    /** Only of lists in lists of one length, down to the numbers. */
    @Override
    public Numbers numbers() {
        float[] values = NumberList.read(utf8);
        return new Numbers(values.length, index -> values[index]);
    }
}
