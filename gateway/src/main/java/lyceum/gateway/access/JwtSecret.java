package lyceum.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import lyceum.platform.Settings.WrongSetting;

/** The secret that signs tokens: HS256 over the UTF-8 bytes of its text. It has no {@code toString}, to stay secret. */
public final class JwtSecret {

    /** The setting that it may come from. */
    public static final String KEY = "LYCEUM_JWT_SECRET";

    /** RFC 7518, section 3.2: at least as long as the hash. */
    private static final int LEAST_BYTES = 32;

    private static final String FILE = "jwt-secret";

    private final byte[] bytes;

    private JwtSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param origin what to name when it is too short
     * @return the secret, or a {@link WrongSetting} that does not show it
     */
    public static JwtSecret of(String text, String origin) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new WrongSetting("%s: a secret of at least %d bytes is needed, this one has %d"
                    .formatted(origin, LEAST_BYTES, bytes.length));
        }
        return new JwtSecret(bytes);
    }

    /** @return the secret of a data directory, made at the first start, so that tokens outlive a restart */
    public static Future<JwtSecret> keptIn(Path dataDirectory, Vertx vertx) {
        Path file = dataDirectory.resolve(FILE);
        return vertx.executeBlocking(() -> {
            if (!Files.exists(file)) {
                create(file);
            }
            return of(Files.readString(file), file.toString());
        });
    }

    /** Of two processes that start at once, the one that links first decides; no one ever reads half a secret. */
    private static void create(Path file) throws IOException {
        byte[] random = new byte[LEAST_BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(
                file.getParent(),
                FILE,
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, HexFormat.of().formatHex(random));
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // The other process was first; its secret is ours, too.
        } finally {
            Files.delete(draft);
        }
    }

    /** @return it as a key of HMAC */
    public SecretKeySpec key() {
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** @return what verifies the tokens signed with it */
    JWTAuthOptions options() {
        return new JWTAuthOptions()
                .addPubSecKey(
                        new PubSecKeyOptions().setAlgorithm(Tokens.ALGORITHM).setBuffer(Buffer.buffer(bytes)));
    }
}
