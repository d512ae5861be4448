package lyceum.gateway.access;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed token in compact form (RFC 7515, section 7.1), read and not believed.
 *
 * @param algorithm what it says it is signed with
 * @param keyId which key it says it is signed with; may be empty
 * @param claims what it says
 * @param signed header and payload as they stand
 */
record CompactJws(String algorithm, Optional<String> keyId, JsonObject claims, byte[] signed, byte[] signature) {

    private static final Pattern FORM =
            Pattern.compile("(?<signed>(?<header>[\\w-]+)\\.(?<payload>[\\w-]+))\\.(?<signature>[\\w-]+)");

    /**
     * @return the token; empty where it is none, or one that wants something understood that is not ({@code crit}, RFC
     *     7515, section 4.1.11)
     */
    static Optional<CompactJws> parse(String token) {
        Matcher matcher = FORM.matcher(token);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            JsonObject header = json(matcher.group("header"));
            if (header.containsKey("crit")) {
                return Optional.empty();
            }
            return Optional.of(new CompactJws(
                    Optional.ofNullable(header.getString("alg")).orElse(""),
                    Optional.ofNullable(header.getString("kid")),
                    json(matcher.group("payload")),
                    matcher.group("signed").getBytes(StandardCharsets.US_ASCII),
                    decode(matcher.group("signature"))));
        } catch (DecodeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JsonObject json(String text) {
        return new JsonObject(Buffer.buffer(decode(text)));
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
