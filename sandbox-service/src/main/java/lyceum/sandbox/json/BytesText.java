package lyceum.gateway;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Bytes of a program as JSON can carry them: as text where they are valid UTF-8, else in base64.
 *
 * @param text with nothing lost
 * @param encoding UTF8 or BASE64
 */
record SandboxBytes(String text, SandboxEncoding encoding) {

    static SandboxBytes of(Buffer bytes) {
        byte[] array = bytes.getBytes();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(array))
                    .toString();
            return new SandboxBytes(text, SandboxEncoding.UTF8);
        } catch (CharacterCodingException e) {
            return new SandboxBytes(Base64.getEncoder().encodeToString(array), SandboxEncoding.BASE64);
        }
    }
}
