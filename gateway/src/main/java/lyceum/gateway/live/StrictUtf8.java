package lyceum.gateway.live;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text that a client has sent. What is none is not mended: a mended text would be shown to others, and counted. */
final class StrictUtf8 {

    private StrictUtf8() {}

    /** @return the text; fails with IllegalArgumentException where it is none */
    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }

    /** @return the same bytes; fails with IllegalArgumentException where they are no text */
    static Buffer checked(Buffer bytes) {
        text(bytes.getBytes());
        return bytes;
    }
}
