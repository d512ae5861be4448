package lyceum.grading.internal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What was recorded of the original, among the test resources below {@code grading}. */
final class Fixture {

    private Fixture() {}

    static byte[] bytes(String name) {
        try (InputStream resource = Fixture.class.getResourceAsStream("/grading/" + name)) {
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject json(String name) {
        return new JsonObject(new String(bytes(name), StandardCharsets.UTF_8));
    }

    static Path directory(String name) {
        try {
            return Path.of(Fixture.class.getResource("/grading/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }
}
