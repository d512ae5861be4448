package lyceum.launcher.grading;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Envelopes as the compiled client of the original makes them, by other means than the server: IV of zeros, PKCS #7. */
final class OriginalEnvelope {

    static final String CONTENT_TYPE = "application/octet-stream";

    private static final int IV_BYTES = 16;
    private static final int KEY_BYTES = 32;

    private final byte[] key;

    OriginalEnvelope(byte[] key) {
        this.key = Arrays.copyOf(key, KEY_BYTES);
    }

    byte[] of(byte[] payload) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[IV_BYTES]));
            byte[] sealed = cipher.doFinal(payload);
            byte[] body = new byte[IV_BYTES + sealed.length];
            System.arraycopy(sealed, 0, body, IV_BYTES, sealed.length);
            return body;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
