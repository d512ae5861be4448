package lyceum.gateway.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lyceum.sandbox.SandboxSession.SessionEvent;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;

/** The messages that tell what the programs of a session write. */
final class SandboxOutput {

    private final boolean isBinary;
    private final Map<Source, Utf8Pieces> texts = new LinkedHashMap<>();

    /** Who writes, and where. */
    private record Source(Stage stage, Stream stream) {}

    /** @param isBinary whether the client gets bytes, in base64, and not text */
    SandboxOutput(boolean isBinary) {
        this.isBinary = isBinary;
    }

    /** @return what to tell of something that was written; nothing as long as it is only the beginning of a character */
    List<JsonObject> messages(SessionEvent written) {
        Source source = new Source(written.stage(), written.stream());
        if (isBinary) {
            return List.of(message(source, base64(written.bytes())).put("encoding", "base64"));
        }
        String text = texts.computeIfAbsent(source, first -> new Utf8Pieces()).add(written.bytes());
        return text.isEmpty() ? List.of() : List.of(message(source, text));
    }

    /** @return what to tell when nothing is written any more: of characters that were never ended */
    List<JsonObject> rest() {
        List<JsonObject> messages = new ArrayList<>();
        texts.forEach((source, pieces) -> {
            String text = pieces.end();
            if (!text.isEmpty()) {
                messages.add(message(source, text));
            }
        });
        return messages;
    }

    private static String base64(Buffer bytes) {
        return Base64.getEncoder().encodeToString(bytes.getBytes());
    }

    private static JsonObject message(Source source, String data) {
        return new JsonObject()
                .put("type", "output")
                .put("stage", source.stage().name().toLowerCase(Locale.ROOT))
                .put("stream", source.stream().name().toLowerCase(Locale.ROOT))
                .put("data", data);
    }
}
