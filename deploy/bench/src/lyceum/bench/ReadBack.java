package lyceum.bench;

import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * A lesson with one recording as it came back.
 *
 * @param lesson with an empty recording
 * @param soundHash SHA-256 of the recording
 * @param jsonBytes length of all
 */
record ReadBack(JsonObject lesson, byte[] soundHash, long jsonBytes) {

    private static final String VOICE = "\"voice_blobs\":[\"data:audio/webm;base64,";
    private static final int HEAD_LIMIT_BYTES = 64 * 1024;
    private static final int PIECE_BYTES = 64 * 1024;

    /** Reads all of it; memory does not grow with its length. */
    static ReadBack of(InputStream json) throws IOException {
        return new Reader(json).read();
    }

    /** What is read and not used yet. */
    private static final class Reader {

        private final InputStream json;
        private final byte[] piece = new byte[PIECE_BYTES];
        private final byte[] base64 = new byte[PIECE_BYTES];
        private final MessageDigest digest = Sound.sha256();
        private int length;
        private int taken;
        private long count;

        Reader(InputStream json) {
            this.json = json;
        }

        ReadBack read() throws IOException {
            String head = head();
            voice();
            String tail = "\"" + new String(rest(), StandardCharsets.UTF_8);
            return new ReadBack(new JsonObject(head + tail).getJsonObject("elicast"), digest.digest(), count);
        }

        private String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < HEAD_LIMIT_BYTES) {
                char letter = (char) next();
                head.append(letter);
                if (letter == ',' && head.toString().endsWith(VOICE)) {
                    return head.toString();
                }
            }
            throw new IOException("no recording in " + head.substring(0, 200));
        }

        private void voice() throws IOException {
            int letters = 0;
            for (int letter = next(); letter != '"'; letter = next()) {
                // In JSON a slash may be written with a backslash before it, nothing else of base64 may.
                base64[letters++] = (byte) (letter == '\\' ? next() : letter);
                if (letters == base64.length) {
                    digest.update(Base64.getDecoder().decode(base64));
                    letters = 0;
                }
            }
            digest.update(Base64.getDecoder().decode(Arrays.copyOf(base64, letters)));
        }

        private byte[] rest() throws IOException {
            byte[] unread = json.readNBytes(HEAD_LIMIT_BYTES);
            count += unread.length;
            byte[] rest = new byte[length - taken + unread.length];
            System.arraycopy(piece, taken, rest, 0, length - taken);
            System.arraycopy(unread, 0, rest, length - taken, unread.length);
            return rest;
        }

        private int next() throws IOException {
            if (taken == length) {
                length = json.read(piece);
                taken = 0;
                if (length < 0) {
                    throw new EOFException("the lesson ends after " + count + " bytes");
                }
                count += length;
            }
            return piece[taken++];
        }
    }
}
