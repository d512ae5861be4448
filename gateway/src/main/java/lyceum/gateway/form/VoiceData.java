package lyceum.gateway.form;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * What stands behind the comma of one data URI. While it is canonical base64 it is decoded, piece by piece; from the
 * first piece on that is not, it is kept as it stands. Both together encode to exactly what was sent.
 */
final class VoiceData {

    /** Takes the pieces in order. */
    interface Pieces {
        void next(boolean isText, Buffer bytes);
    }

    private static final int GROUP_CHARACTERS = 4;
    private static final int GROUP_BYTES = 3;

    private final int pieceBytes;
    private final Pieces pieces;
    private final PieceBuffer source;
    private boolean isText;

    /** @param pieceBytes length of a decoded piece, divisible by three */
    VoiceData(int pieceBytes, Pieces pieces) {
        this.pieceBytes = pieceBytes;
        this.pieces = pieces;
        this.source = new PieceBuffer(pieceBytes / GROUP_BYTES * GROUP_CHARACTERS, this::decode);
    }

    void begin() {
        isText = false;
    }

    void write(byte[] bytes, int from, int to) {
        source.write(bytes, from, to);
    }

    void end() {
        source.flush();
    }

    /** A padded group may only be the last one of all, so a full piece must decode to its full length. */
    private void decode(Buffer characters) {
        if (!isText) {
            byte[] sound = canonical(characters.getBytes());
            if (sound != null) {
                pieces.next(false, Buffer.buffer(sound));
                isText = sound.length < pieceBytes;
                return;
            }
            isText = true;
        }
        for (int from = 0; from < characters.length(); from += pieceBytes) {
            pieces.next(true, characters.getBuffer(from, Math.min(characters.length(), from + pieceBytes)));
        }
    }

    /** @return the bytes whose base64 this is, or null where it is no base64 or there is another way to write them */
    private static byte[] canonical(byte[] characters) {
        if (characters.length % GROUP_CHARACTERS != 0) {
            return null;
        }
        try {
            byte[] sound = Base64.getDecoder().decode(characters);
            return endsAlike(characters, sound) ? sound : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The bits that padding leaves over must be zero; only the last group can have any. */
    private static boolean endsAlike(byte[] characters, byte[] sound) {
        int lastGroup = (sound.length - 1) / GROUP_BYTES * GROUP_BYTES;
        byte[] encoded = Base64.getEncoder().encode(Arrays.copyOfRange(sound, lastGroup, sound.length));
        int from = characters.length - GROUP_CHARACTERS;
        return Arrays.equals(encoded, Arrays.copyOfRange(characters, from, characters.length));
    }
}
