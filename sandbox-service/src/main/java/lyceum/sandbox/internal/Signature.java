package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows whoever has the same key that a body is ours and as we sent it: HMAC with SHA-256 (RFC 2104).
 *
 * @param key of any length
 */
record Signature(String key) {

    private static final String ALGORITHM = "HmacSHA256";

    /** @return {@code sha256=} and 64 hexadecimal digits in lower case */
    String of(Buffer body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
