package lyceum.sandbox.json;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Bytes of a program as JSON can carry them: as text where they are valid UTF-8 and JSON writes nearly all of it as it is,
 * else in base64.
 *
 * @param text with nothing lost
 * @param encoding {@link #UTF8} or {@link #BASE64}
 */
record BytesText(String text, String encoding) {

    static final String UTF8 = "utf8";
    static final String BASE64 = "base64";

    /** Control characters take six bytes each: sixteen megabytes of zeros would be a hundred. */
    private static final int MOST_CONTROLS = 1 << 16;

    static BytesText of(Buffer bytes) {
        byte[] array = bytes.getBytes();
        if (controls(array) > MOST_CONTROLS) {
            return base64(array);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(array))
                    .toString();
            return new BytesText(text, UTF8);
        } catch (CharacterCodingException e) {
            return base64(array);
        }
    }

    private static BytesText base64(byte[] array) {
        return new BytesText(Base64.getEncoder().encodeToString(array), BASE64);
    }

    /** @return how many of the bytes are characters for which JSON knows nothing shorter than their numbers */
    private static int controls(byte[] array) {
        int count = 0;
        for (byte each : array) {
            boolean hasShortForm = each >= '\b' && each <= '\r' && each != 0x0b;
            if (each >= 0 && each < ' ' && !hasShortForm) {
                count++;
            }
        }
        return count;
    }
}
