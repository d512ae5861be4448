package lyceum.sandbox.json;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Bytes of a program as JSON can carry them: as text where they are valid UTF-8, else in base64.
 *
 * @param text with nothing lost
 * @param encoding {@link #UTF8} or {@link #BASE64}
 */
record BytesText(String text, String encoding) {

    static final String UTF8 = "utf8";
    static final String BASE64 = "base64";

    static BytesText of(Buffer bytes) {
        byte[] array = bytes.getBytes();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(array))
                    .toString();
            return new BytesText(text, UTF8);
        } catch (CharacterCodingException e) {
            return new BytesText(Base64.getEncoder().encodeToString(array), BASE64);
        }
    }
}
