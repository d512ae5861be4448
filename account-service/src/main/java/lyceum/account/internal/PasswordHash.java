package lyceum.account.internal;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2id hash of a password, version 1.3 (RFC 9106), with all that is needed to compute it again. Written as a PHC
 * string, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, salt and hash in base64 without padding.
 *
 * <p>Computing one takes tens of milliseconds and its memory: never on an event loop.
 */
final class PasswordHash {

    /** RFC 9106, section 3.1: 16 bytes are enough for passwords. */
    private static final int SALT_BYTES = 16;

    private static final int HASH_BYTES = 32;

    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19"
            + "\\$m=(?<memory>\\d{1,7}),t=(?<iterations>\\d{1,4}),p=(?<lanes>\\d{1,3})"
            + "\\$(?<salt>[A-Za-z0-9+/]{11,86})\\$(?<hash>[A-Za-z0-9+/]{22,86})");

    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HashCost cost;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(HashCost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    /** @return the hash of a password, with a new salt */
    static PasswordHash of(Password password, HashCost cost) {
        byte[] salt = random(SALT_BYTES);
        return new PasswordHash(cost, salt, compute(password, cost, salt, HASH_BYTES));
    }

    /** @return a hash that no password has, and that costs as much to compare with as any */
    static PasswordHash ofNobody(HashCost cost) {
        return new PasswordHash(cost, random(SALT_BYTES), random(HASH_BYTES));
    }

    /** @return the hash that a PHC string tells */
    static PasswordHash parse(String phc) {
        Matcher matcher = PHC.matcher(phc);
        if (!matcher.matches()) {
            throw new IllegalStateException("a stored password is no PHC string of Argon2id");
        }
        HashCost cost = new HashCost(
                Integer.parseInt(matcher.group("memory")),
                Integer.parseInt(matcher.group("iterations")),
                Integer.parseInt(matcher.group("lanes")));
        return new PasswordHash(cost, decode(matcher.group("salt")), decode(matcher.group("hash")));
    }

    /** @return whether it is that of a password, which takes the same time either way */
    boolean isOf(Password password) {
        return MessageDigest.isEqual(hash, compute(password, cost, salt, hash.length));
    }

    HashCost cost() {
        return cost;
    }

    /** @return the PHC string */
    String phc() {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.iterations(),
                        cost.lanes(),
                        ENCODER.encodeToString(salt),
                        ENCODER.encodeToString(hash));
    }

    private static byte[] compute(Password password, HashCost cost, byte[] salt, int length) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        argon2.generateBytes(password.bytes(), hash);
        return hash;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }
}
