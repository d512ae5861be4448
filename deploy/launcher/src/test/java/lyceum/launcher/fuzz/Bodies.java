package lyceum.launcher.fuzz;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Bodies of requests: as their media type has them, and broken. */
final class Bodies {

    private static final int DEEP = 20_000;

    /** That begin what is never ended, or are no UTF-8 at all. */
    private static final List<Byte> BAD_BYTES =
            List.of((byte) 0xc0, (byte) 0xff, (byte) 0xed, (byte) 0x80, (byte) 0x00);

    private static final String BOUNDARY = "----fuzz";

    private final Values values;

    Bodies(Values values) {
        this.values = values;
    }

    /** @param value of a JSON body, or the fields of a form */
    byte[] of(String mediaType, Object value) {
        if (mediaType.contains("json")) {
            return json(value);
        }
        if (mediaType.contains("urlencoded")) {
            return urlencoded(value);
        }
        if (mediaType.contains("multipart")) {
            return multipart(value);
        }
        return values.bytes(values.below(2_000));
    }

    /** @return what a media type is called in a request */
    static String header(String mediaType) {
        return mediaType.contains("multipart") ? mediaType + "; boundary=" + BOUNDARY : mediaType;
    }

    private byte[] json(Object value) {
        String text = Json.encode(value);
        return switch (values.below(14)) {
            case 0 -> bytes(text.substring(0, values.below(text.length() + 1)));
            case 1 -> bytes(text + text);
            case 2 -> bytes("\ufeff" + text);
            case 3 -> text.getBytes(StandardCharsets.UTF_16);
            case 4 -> bytes("[".repeat(DEEP) + "]".repeat(values.below(DEEP)));
            case 5 -> bytes("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));
            case 6 -> bytes(text.replace(":", ": 1e99999, \"x\":"));
            case 7 -> withBadBytes(text);
            case 8 -> bytes(text.replace(":", ":NaN,\"y\":"));
            default -> bytes(escaped(text));
        };
    }

    /** @return the same in ASCII: only so a lone surrogate gets as far as the parser */
    private static String escaped(String json) {
        StringBuilder ascii = new StringBuilder();
        for (char c : json.toCharArray()) {
            if (c < 0x80) {
                ascii.append(c);
            } else {
                ascii.append("\\u%04x".formatted((int) c));
            }
        }
        return ascii.toString();
    }

    private byte[] withBadBytes(String text) {
        byte[] bytes = bytes(text);
        for (int i = 0; i < bytes.length / 20 + 1 && bytes.length > 0; i++) {
            bytes[values.below(bytes.length)] = values.oneOf(BAD_BYTES);
        }
        return bytes;
    }

    private byte[] urlencoded(Object value) {
        StringBuilder form = new StringBuilder();
        if (value instanceof JsonObject fields) {
            fields.forEach(field -> form.append(form.length() == 0 ? "" : "&")
                    .append(escape(field.getKey()))
                    .append(values.once(30) ? "" : "=")
                    .append(escape(plain(field.getValue()))));
        } else {
            form.append(escape(plain(value)));
        }
        String text = form.toString();
        return switch (values.below(10)) {
            case 0 -> bytes(text + "%");
            case 1 -> bytes(text.replace("=", "=%zz%f"));
            case 2 -> bytes("&&==&" + text + "&=");
            case 3 -> bytes(text + "&" + text);
            case 4 -> withBadBytes(text);
            case 5 -> bytes(text.replace("=", "=%C0%AF%ED%A0%80%00"));
            default -> bytes(text);
        };
    }

    private byte[] multipart(Object value) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (value instanceof JsonObject fields) {
            fields.forEach(field -> append(body, part(field.getKey(), field.getValue())));
        } else {
            append(body, part("file", value));
        }
        if (!values.once(6)) {
            append(body, bytes("--" + BOUNDARY + (values.once(8) ? "" : "--\r\n")));
        }
        byte[] whole = body.toByteArray();
        return values.once(10) ? Arrays.copyOf(whole, values.below(whole.length + 1)) : whole;
    }

    private byte[] part(String name, Object value) {
        String disposition = "form-data; name=\"" + name.replace("\"", "%22") + '"';
        String fileName =
                values.once(2) ? "; filename=\"" + values.hostileText().replace("\r\n", "") + '"' : "";
        String lineEnd = values.once(12) ? "\n" : "\r\n";
        String head = switch (values.below(10)) {
            case 0 -> "Content-Disposition: " + disposition;
            case 1 -> "";
            case 2 -> "Content-Disposition: attachment";
            case 3 -> "X: " + "y".repeat(20_000) + lineEnd + "Content-Disposition: " + disposition;
            default ->
                "Content-Disposition: " + disposition + fileName + lineEnd + "Content-Type: "
                        + values.oneOf(List.of("text/plain", "application/zip", "text/plain; charset=nope", "x", ""));
        };
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        append(part, bytes("--" + BOUNDARY + lineEnd + head + lineEnd + lineEnd));
        append(part, values.once(2) ? bytes(plain(value)) : values.bytes(values.below(500)));
        append(part, bytes(lineEnd));
        return part.toByteArray();
    }

    private static String plain(Object value) {
        return value instanceof JsonObject || value instanceof JsonArray ? Json.encode(value) : String.valueOf(value);
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void append(ByteArrayOutputStream body, byte[] bytes) {
        body.write(bytes, 0, bytes.length);
    }
}
