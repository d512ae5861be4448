package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Json;

/**
 * One file of recorded traffic.
 *
 * @param json all of it: {@code cases}, and what was there before the first of them
 */
record Fixture(String name, JsonNode json) {

    private static final List<String> REPLAYED = List.of(
            "auth",
            "streams",
            "data_http",
            "ws_push",
            "ws_pull",
            "recordings",
            "sessions",
            "recipes_sess",
            "converters",
            "mjpeg");

    /** @return all that are replayed, in their order */
    static List<Fixture> all() {
        return REPLAYED.stream().map(Fixture::read).toList();
    }

    /** @param name without folder and ending */
    static Fixture read(String name) {
        try (InputStream file = Fixture.class.getResourceAsStream("/stream/" + name + ".json")) {
            return new Fixture(name, Json.parse(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return all cases in their order, also those that are left out */
    List<RecordedCase> cases() {
        return StreamSupport.stream(json.required("cases").spliterator(), false)
                .map(recorded -> RecordedCase.of(name, recorded))
                .toList();
    }
}
