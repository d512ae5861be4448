package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What lies in streams before the conversions of {@code converters.json} are asked for: one entry in each. */
final class ConverterEntries {

    private static final String ENTRY_ID = "1000-0";
    private static final int FRAME_HEADER_BYTES = 26;
    private static final int START_OF_JPEG = 0xFFD8;

    /** Frames in streams whose names say what they hold. */
    private static final Map<String, String> KNOWN = Map.of("main", "v3_pv", "gll", "v1_gll", "hand", "hand");

    private final Map<String, Buffer> byStream = new LinkedHashMap<>();

    /** @param json of a file; one without {@code frames} needs no entries */
    ConverterEntries(JsonNode json) {
        json.path("frames").fields().forEachRemaining(frame -> {
            byStream.put("x:" + frame.getKey(), bytes(frame.getValue().required("frame_b64")));
        });
        json.path("raw_entries")
                .fields()
                .forEachRemaining(entry -> byStream.put(
                        "x:" + entry.getKey(), bytes(entry.getValue().required("b64"))));
        if (json.has("frames")) {
            KNOWN.forEach((stream, frame) -> byStream.put(stream, byStream.get("x:" + frame)));
        }
    }

    private static Buffer bytes(JsonNode base64) {
        return Buffer.buffer(RecordedRequest.decoded(base64));
    }

    boolean isEmpty() {
        return byStream.isEmpty();
    }

    /** @return the header of a message that pushes them all */
    String header() {
        ArrayNode header = JsonNodeFactory.instance.arrayNode();
        int end = 0;
        for (Map.Entry<String, Buffer> entry : byStream.entrySet()) {
            end += entry.getValue().length();
            header.addArray().add(entry.getKey()).add(ENTRY_ID).add(end);
        }
        return header.toString();
    }

    Buffer blob() {
        Buffer blob = Buffer.buffer();
        byStream.values().forEach(blob::appendBuffer);
        return blob;
    }

    /** @return whether the entry asked for is a JPEG, alone or behind the header of a frame */
    boolean isJpeg(String target) {
        String stream = target.replaceFirst("^/data/([^/?]*).*", "$1");
        Buffer entry = byStream.getOrDefault(stream, Buffer.buffer());
        return startsJpeg(entry, 0) || startsJpeg(entry, FRAME_HEADER_BYTES);
    }

    private static boolean startsJpeg(Buffer entry, int position) {
        return entry.length() > position + Short.BYTES && entry.getUnsignedShort(position) == START_OF_JPEG;
    }
}
