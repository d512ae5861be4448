package lyceum.stream.internal.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One question for a converted entry, and what the original answered. */
record RecordedStep(String name, JsonNode step) {

    private static final int FRAME_HEADER_BYTES = 26;
    private static final int START_OF_JPEG = 0xFFD8;

    /** The frames in streams that are known by their names. */
    private static final Map<String, String> KNOWN = Map.of("main", "v3_pv", "gll", "v1_gll");

    private static final JsonNode FILE = read();

    private static JsonNode read() {
        try (InputStream file = RecordedStep.class.getResourceAsStream("/stream/converters.json")) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return all that ask for a converted entry */
    static List<RecordedStep> conversions() {
        return StreamSupport.stream(FILE.get("cases").spliterator(), false)
                .flatMap(RecordedStep::steps)
                .filter(step -> step.path().contains("output="))
                .toList();
    }

    private static Stream<RecordedStep> steps(JsonNode recorded) {
        String name = recorded.get("name").asText();
        return StreamSupport.stream(recorded.get("steps").spliterator(), false)
                .filter(step -> step.has("http"))
                .map(step -> new RecordedStep(name, step.get("http")));
    }

    /** @return frames and what the original decoded of them, by name */
    static Map<String, JsonNode> frames() {
        Map<String, JsonNode> frames = new LinkedHashMap<>();
        FILE.get("frames").fields().forEachRemaining(frame -> frames.put(frame.getKey(), frame.getValue()));
        return frames;
    }

    static Buffer frame(String name) {
        return base64(FILE.at("/frames/" + name + "/frame_b64"));
    }

    static Buffer base64(JsonNode text) {
        return Buffer.buffer(Base64.getDecoder().decode(text.asText()));
    }

    String path() {
        return step.at("/request/path").asText();
    }

    String stream() {
        return path().substring("/data/".length(), path().indexOf('?'));
    }

    /** @return the entry in that stream: some are known by the names of frames, others by what they are */
    Buffer entry() {
        String name = KNOWN.getOrDefault(stream(), stream().replaceFirst("x:", ""));
        JsonNode raw = FILE.at("/raw_entries/" + name + "/b64");
        return raw.isMissingNode() ? frame(name) : base64(raw);
    }

    /** @return whether there is a JPEG in the entry, alone or behind the header of a frame */
    boolean decodesJpeg() {
        Buffer entry = entry();
        return isJpeg(entry, 0) || isJpeg(entry, FRAME_HEADER_BYTES);
    }

    private static boolean isJpeg(Buffer entry, int position) {
        return entry.length() > position + Short.BYTES && entry.getUnsignedShort(position) == START_OF_JPEG;
    }

    String parameter(String parameter) {
        Map<String, String> query = Arrays.stream(
                        path().substring(path().indexOf('?') + 1).split("&"))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return query.getOrDefault(parameter, "");
    }

    boolean refused() {
        return step.at("/response/status").asInt() == 500;
    }

    /** @return the part of the answer that is called so, {@code body_json}; missing where it has none */
    JsonNode answer(String part) {
        return step.get("response").path(part);
    }

    @Override
    public String toString() {
        return name + " " + path();
    }
}
