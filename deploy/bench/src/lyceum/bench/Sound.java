package lyceum.bench;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;

/** A recording that nobody can compress, made while it is read: always the same for one seed. */
final class Sound {

    /** Whole groups of three, so that base64 of blocks is base64 of the whole. */
    private static final int BLOCK_BYTES = 48 * 1024;

    private final SplittableRandom random;
    private final byte[] block = new byte[BLOCK_BYTES];
    private final MessageDigest digest = sha256();

    private long left;

    /** @param bytes how long it is; not a multiple of three, so that base64 is padded */
    Sound(long seed, long bytes) {
        random = new SplittableRandom(seed);
        left = bytes;
    }

    /** @return the next block, none at the end */
    byte[] next() {
        int length = (int) Math.min(left, BLOCK_BYTES);
        left -= length;
        random.nextBytes(block);
        digest.update(block, 0, length);
        return length == BLOCK_BYTES ? block : Arrays.copyOf(block, length);
    }

    /** @return SHA-256 of what was read */
    byte[] hash() {
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @return the form of a lesson with this one recording, made while it is read */
    InputStream asForm(String title, String ots) {
        String head = "title=%s&ots=%s&voice_blobs=%%5B%%22data%%3Aaudio%%2Fwebm%%3Bbase64%%2C"
                .formatted(FormText.escape(title), FormText.escape(ots));
        return new FormText(head, () -> Base64.getEncoder().encode(next()), "%22%5D");
    }
}
