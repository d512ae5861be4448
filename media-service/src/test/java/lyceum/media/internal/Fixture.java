package lyceum.media.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import lyceum.media.MediaService.Segment;
import lyceum.media.Samples;

/** One recorded step of the old server that asked for sound. */
record Fixture(JsonNode step) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PREFIX = "data:audio/webm;base64,";

    /** @return the steps of one file, {@code audio-split} */
    static List<Fixture> all(String name) {
        try (InputStream file = Fixture.class.getResourceAsStream("/elicast/" + name + ".json")) {
            return StreamSupport.stream(JSON.readTree(file).get("steps").spliterator(), false)
                    .map(Fixture::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return step.get("id").asText();
    }

    /** @return whether a new server refuses what the old one answered */
    boolean refused() {
        return step.path("new_server").path("status").asText().equals("400");
    }

    Segment[] segments() {
        List<Segment> segments = new ArrayList<>();
        for (JsonNode pair : parsed(step.at("/request/form/segments").asText())) {
            segments.add(new Segment(pair.get(0).longValue(), pair.get(1).longValue()));
        }
        return segments.toArray(Segment[]::new);
    }

    List<byte[]> blobs() {
        JsonNode blobs = step.at("/request/form/audio_blobs");
        List<byte[]> all = new ArrayList<>();
        blobs.path("json_files").forEach(file -> all.add(sample(file.asText())));
        blobs.path("json_parts").forEach(part -> all.add(part(part.asText())));
        if (blobs.isTextual()) {
            parsed(blobs.asText()).forEach(part -> all.add(part(part.asText())));
        }
        return all;
    }

    /** @return the properties of each recorded output */
    List<JsonNode> outputs() {
        List<JsonNode> outputs = new ArrayList<>();
        step.at("/response_summary/outputs").forEach(outputs::add);
        return outputs;
    }

    private static byte[] part(String text) {
        return text.startsWith("file:")
                ? sample(text.substring("file:".length()))
                : Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    private static byte[] sample(String path) {
        return Samples.read(path.substring("audio/".length()));
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return id();
    }
}
