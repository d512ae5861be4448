package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Request;

/** The request of a step, made ready to be sent. */
record RecordedRequest(JsonNode json, Placeholders placeholders) {

    /** What the recorded {@code Content-Type} names. */
    private static final String BOUNDARY = "ptggolden";

    Request prepare() {
        return new Request(json.required("method").asText(), target(), headers(), body());
    }

    /** @return path and query */
    String target() {
        return placeholders.fill(json.required("path").asText());
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        json.path("headers")
                .fields()
                .forEachRemaining(header -> headers.put(
                        header.getKey(), placeholders.fill(header.getValue().asText())));
        return headers;
    }

    private Body body() {
        if (json.has("body_text")) {
            return Body.of(json.get("body_text").asText());
        }
        if (json.has("body_json")) {
            return Body.of(json.get("body_json").toString());
        }
        if (json.has("body_b64")) {
            return Body.of(decoded(json.get("body_b64")));
        }
        return json.has("multipart") ? multipart() : Body.EMPTY;
    }

    private Body multipart() {
        Buffer body = Buffer.buffer();
        for (JsonNode part : json.get("multipart")) {
            body.appendString(partHeader(part))
                    .appendBytes(decoded(part.required("data_b64")))
                    .appendString("\r\n");
        }
        return Body.of(body.appendString("--" + BOUNDARY + "--\r\n").getBytes());
    }

    private static String partHeader(JsonNode part) {
        String header = "--%s\r\nContent-Disposition: form-data; name=\"%s\""
                .formatted(BOUNDARY, part.required("name").asText());
        if (part.has("filename")) {
            header += "; filename=\"%s\"".formatted(part.get("filename").asText());
        }
        if (part.has("content_type")) {
            header += "\r\nContent-Type: " + part.get("content_type").asText();
        }
        return header + "\r\n\r\n";
    }

    static byte[] decoded(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText().getBytes(StandardCharsets.US_ASCII));
    }
}
