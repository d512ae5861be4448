package lyceum.elicast;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import lyceum.elicast.ElicastService.Piece;

/**
 * Makes sound of the pieces of one recording, in their order. A piece of text is sound as well where its only fault is that
 * the bits its padding leaves over are not zero: strict decoders (Python's {@code b64decode} with {@code validate}) take
 * that, too. Then it is kept as text only because it has to be given back as it was sent.
 */
public final class VoiceDecoder {

    private static final int GROUP_CHARACTERS = 4;
    private static final int GROUP_BYTES = 3;

    private boolean isPadded;

    /**
     * Takes the next piece.
     *
     * @param isText as {@link Piece} has it
     * @return its sound; null where it is text that is no base64, or stands behind padding
     */
    public Buffer next(boolean isText, Buffer bytes) {
        if (isText && isPadded) {
            return null;
        }
        Buffer sound = isText ? decode(bytes) : bytes;
        isPadded = sound != null && sound.length() % GROUP_BYTES != 0;
        return sound;
    }

    private static Buffer decode(Buffer text) {
        if (text.length() % GROUP_CHARACTERS != 0) {
            return null;
        }
        try {
            return Buffer.buffer(Base64.getDecoder().decode(text.getBytes()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
