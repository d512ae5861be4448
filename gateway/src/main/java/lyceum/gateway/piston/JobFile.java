package lyceum.gateway.piston;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A file of a job.
 *
 * @param name may be empty; without steps that lead nowhere
 * @param isText whether its content was sent as it is: the first of these is run
 */
record JobFile(String name, Buffer content, boolean isText) {

    private static final List<String> ENCODED = List.of("base64", "hex");

    /** @throws JobRefused where the content is none */
    static JobFile read(int index, Object given) {
        String member = "files[%d].content".formatted(index);
        if (!(given instanceof JsonObject file) || !(file.getValue("content") instanceof String content)) {
            throw new JobRefused(member + " is required as a string");
        }
        String name = file.getValue("name") instanceof String text ? normalized(text) : "";
        String encoding = file.getValue("encoding") instanceof String text ? text : "utf8";
        if (!ENCODED.contains(encoding)) {
            return new JobFile(name, Buffer.buffer(content), true);
        }
        try {
            return new JobFile(name, decode(content, encoding), false);
        } catch (IllegalArgumentException e) {
            throw new JobRefused("%s is not %s".formatted(member, encoding));
        }
    }

    /** As Piston joins it with its directory; what would leave that is left to the sandbox to refuse. */
    private static String normalized(String name) {
        try {
            String path = Path.of(name.replaceFirst("^/+", "")).normalize().toString();
            return path.isEmpty() ? name : path;
        } catch (InvalidPathException e) {
            return name;
        }
    }

    private static Buffer decode(String content, String encoding) {
        return Buffer.buffer(
                encoding.equals("hex")
                        ? HexFormat.of().parseHex(content)
                        : Base64.getMimeDecoder().decode(content));
    }
}
