package lyceum.grading.internal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lyceum.grading.RunnerService;

/**
 * The envelope of the existing runners (contracts/grading.md, section 2): {@code IV (16 bytes) || AES-256-CBC}, padded with
 * n bytes of value n. It has no tag: what opens may be anything, a wrong key shows as bytes that are no JSON.
 *
 * <p>Opening the largest body, 10 MiB, takes milliseconds: not on an event loop.
 */
final class LegacyEnvelope {

    /** Compared exactly: no parameters, case matters. */
    static final String CONTENT_TYPE = RunnerService.LEGACY_ENVELOPE;

    private static final int BLOCK_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EnvelopeKey key;

    LegacyEnvelope(EnvelopeKey key) {
        this.key = key;
    }

    /**
     * Opens a body as leniently as the original: only the last byte tells how much is padding. It may be more than a
     * block; where it is zero or more than there is, nothing is left. An IV of zeros, or one seen before, is fine.
     *
     * @return the plaintext, or nothing where the body is no IV with at least one whole block behind it
     */
    Optional<byte[]> open(byte[] body) {
        if (body.length < 2 * BLOCK_BYTES || body.length % BLOCK_BYTES != 0) {
            return Optional.empty();
        }
        byte[] padded = crypt(Cipher.DECRYPT_MODE, body, body, BLOCK_BYTES, body.length - BLOCK_BYTES);
        int padding = padded[padded.length - 1] & 0xff;
        int length = padding == 0 || padding > padded.length ? 0 : padded.length - padding;
        return Optional.of(Arrays.copyOf(padded, length));
    }

    /** @return a body that holds the plaintext, under an IV of its own */
    byte[] seal(byte[] plaintext) {
        byte[] iv = new byte[BLOCK_BYTES];
        RANDOM.nextBytes(iv);
        int padding = BLOCK_BYTES - plaintext.length % BLOCK_BYTES;
        byte[] padded = Arrays.copyOf(plaintext, plaintext.length + padding);
        Arrays.fill(padded, plaintext.length, padded.length, (byte) padding);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, iv, padded, 0, padded.length);
        byte[] body = Arrays.copyOf(iv, BLOCK_BYTES + sealed.length);
        System.arraycopy(sealed, 0, body, BLOCK_BYTES, sealed.length);
        return body;
    }

    /** @param iv its first block */
    private byte[] crypt(int mode, byte[] iv, byte[] text, int from, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new IvParameterSpec(iv, 0, BLOCK_BYTES));
            return cipher.doFinal(text, from, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }
}
