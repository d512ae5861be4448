package lyceum.launcher.social;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Json;

/** A file of recorded traffic. */
final class Recording {

    private Recording() {}

    /** @return the items of a list in it */
    static List<JsonNode> read(String name, String list) {
        try (InputStream file = Recording.class.getResourceAsStream("/social/" + name + ".json")) {
            JsonNode items = Json.parse(file.readAllBytes()).required(list);
            return StreamSupport.stream(items.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
