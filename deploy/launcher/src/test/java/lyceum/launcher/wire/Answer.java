package lyceum.launcher.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** What came back. */
public record Answer(int status, MultiMap headers, Buffer body) {

    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** @return the value; missing where the answer is no JSON */
    public JsonNode json() {
        return header("Content-Type").startsWith("application/json")
                ? Json.parse(body.getBytes())
                : MissingNode.getInstance();
    }

    /** @return empty where there is none */
    public String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    /** @return the head of it, for a failure's message */
    @Override
    public String toString() {
        return "%d %s %s".formatted(status, header("Content-Type"), Excerpt.head(text()));
    }
}
