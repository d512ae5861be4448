package lyceum.platform.cluster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lyceum.platform.GuessableSecret;
import lyceum.platform.Settings.WrongSetting;

/**
 * What all members of a cluster know and nobody else does. It is never used itself: each use has a key of its own, derived
 * from it by HKDF (RFC 5869) with SHA-256. It has no {@code toString}, to stay secret.
 *
 * <p>Whoever can connect to a member is shown something that was made of the secret, and can hold guesses against it as fast
 * as his machines are: it must be random, not thought up.
 */
public final class ClusterSecret {

    /** The setting that has it. */
    public static final String KEY = "LYCEUM_CLUSTER_SECRET";

    /** As many bytes as a derived key has, if they are random: 32 hexadecimal digits are half of it, and enough. */
    private static final int LEAST_CHARACTERS = 32;

    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 32;

    private final byte[] text;

    private ClusterSecret(byte[] text) {
        this.text = text;
    }

    /** @return the secret, or a {@link WrongSetting} that does not show it */
    public static ClusterSecret of(String text) {
        if (text.length() < LEAST_CHARACTERS) {
            throw new WrongSetting("%s: a secret of at least %d characters is needed, this one has %d"
                    .formatted(KEY, LEAST_CHARACTERS, text.length()));
        }
        return new ClusterSecret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws WrongSetting for one that others know */
    void refuseGuessable() {
        GuessableSecret.refuse(KEY, new String(text, StandardCharsets.UTF_8));
    }

    /** @return whether another setting has the same value; told in a time that says nothing of either */
    public boolean isSameAs(String other) {
        return MessageDigest.isEqual(text, other.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param purpose what the key is for; another purpose gives another key
     * @return 32 bytes: HKDF without a salt, of which one block is enough
     */
    byte[] keyFor(String purpose) {
        byte[] extracted = hmac(new byte[HASH_BYTES], text);
        byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
        return hmac(extracted, info, new byte[] {1});
    }

    /** @return HMAC-SHA-256 of some bytes, one after the other; 32 bytes */
    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
