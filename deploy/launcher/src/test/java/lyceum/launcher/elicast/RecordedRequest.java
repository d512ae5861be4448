package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Request;

/** The request of a step, made ready to be sent. */
record RecordedRequest(JsonNode json, Tickets tickets) {

    private static final String BOUNDARY = "recorded-traffic-boundary";

    Request prepare() {
        Map<String, String> headers = new LinkedHashMap<>();
        contentType(headers);
        json.path("headers")
                .fields()
                .forEachRemaining(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new Request(json.required("method").asText(), target(), headers, body());
    }

    private void contentType(Map<String, String> headers) {
        if (json.has("form") || json.has("form_pairs")) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        } else if (json.has("multipart")) {
            headers.put("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        }
    }

    private String target() {
        List<String> pairs = new ArrayList<>();
        json.path("query")
                .fields()
                .forEachRemaining(field -> pairs.add(URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8)));
        String path = json.required("path").asText();
        return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
    }

    private Body body() {
        if (json.has("form")) {
            return form(json.get("form").fields());
        }
        if (json.has("form_pairs")) {
            List<Map.Entry<String, JsonNode>> pairs = new ArrayList<>();
            json.get("form_pairs")
                    .forEach(pair -> pairs.add(Map.entry(pair.get(0).asText(), pair.get(1))));
            return form(pairs.iterator());
        }
        if (json.has("multipart")) {
            return multipart(json.get("multipart"));
        }
        if (json.has("raw_hex")) {
            return Body.of(HexFormat.of().parseHex(json.get("raw_hex").asText()));
        }
        return json.has("raw_body") ? value(json.get("raw_body"), UnaryOperator.identity()) : Body.EMPTY;
    }

    private Body form(Iterator<Map.Entry<String, JsonNode>> fields) {
        Body form = Body.EMPTY;
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String separator = form.runs().isEmpty() ? "" : "&";
            form = form.followedBy(Body.of(separator + percentEncoded(field.getKey()) + "="))
                    .followedBy(value(field.getValue(), RecordedRequest::percentEncoded));
        }
        return form;
    }

    private Body multipart(JsonNode parts) {
        Body body = Body.EMPTY;
        for (JsonNode part : parts) {
            body = body.followedBy(Body.of(partHeader(part)))
                    .followedBy(partContent(part))
                    .followedBy(Body.of("\r\n"));
        }
        return body.followedBy(Body.of("--" + BOUNDARY + "--\r\n"));
    }

    private static String partHeader(JsonNode part) {
        String disposition = "--%s\r\nContent-Disposition: form-data; name=\"%s\""
                .formatted(BOUNDARY, part.required("name").asText());
        return part.has("filename")
                ? disposition
                        + "; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                                .formatted(part.get("filename").asText())
                : disposition + "\r\n\r\n";
    }

    private Body partContent(JsonNode part) {
        return part.has("file")
                ? Body.of(Recordings.read(part.get("file").asText()))
                : value(part.required("value"), UnaryOperator.identity());
    }

    private Body value(JsonNode value, UnaryOperator<String> encoding) {
        return new RecordedValue(value, tickets).body(encoding);
    }

    /** As the real client does it: a space is {@code %20}. */
    static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
