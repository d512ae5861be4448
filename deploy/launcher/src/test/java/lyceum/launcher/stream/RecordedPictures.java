package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import lyceum.stream.internal.convert.Likeness;

/**
 * Pictures and numbers that a converter made.
 *
 * @param likeness as near as they must come to what was recorded
 */
record RecordedPictures(Likeness likeness) {

    /** @param target path and query of the request */
    static RecordedPictures of(String target, ConverterEntries entries) {
        boolean ofJpeg = target.contains("output=jpg") || entries.isJpeg(target);
        return new RecordedPictures(ofJpeg ? Likeness.OF_JPEG : Likeness.EXACT);
    }

    /** @return whether JSON is a list of rows */
    boolean isPixels(JsonNode json) {
        return json.path(0).path(0).isNumber() || json.path(0).path(0).path(0).isNumber();
    }

    void checkPicture(JsonNode recorded, Buffer file, List<String> differences) {
        try {
            likeness.assertPicture(recorded, file.getBytes());
        } catch (AssertionError | IOException | RuntimeException wrong) {
            differences.add("picture: " + wrong.getMessage());
        }
    }

    void checkFloats(JsonNode recorded, Buffer bytes, List<String> differences) {
        try {
            likeness.assertFloats(recorded, bytes.getBytes());
        } catch (AssertionError wrong) {
            differences.add("numbers: " + wrong.getMessage());
        }
    }

    void checkPixels(JsonNode recorded, JsonNode value, List<String> differences) {
        try {
            likeness.assertLike(recorded, value);
        } catch (AssertionError wrong) {
            differences.add("numbers: " + wrong.getMessage());
        }
    }
}
