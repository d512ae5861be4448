package lyceum.platform;

import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A key, and a certificate that it has signed itself: who trusts the one trusts nobody else.
 *
 * @param certificate PEM
 * @param key PEM, and only its owner's to read, as PostgreSQL wants it
 */
public record TestCertificate(Path certificate, Path key) {

    private static final String PASSWORD = "secret";

    /** @param host by which the server is reached, a name */
    public static TestCertificate of(String host, Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve(host + ".p12");
        Path log = directory.resolve("keytool.log");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=store",
                        "-ext",
                        "san=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        Path certificate = write(
                directory.resolve(host + ".crt"),
                "CERTIFICATE",
                keys.getCertificate("key").getEncoded());
        Path key = write(
                directory.resolve(host + ".key"),
                "PRIVATE KEY",
                keys.getKey("key", PASSWORD.toCharArray()).getEncoded());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return new TestCertificate(certificate, key);
    }

    private static Path write(Path file, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text));
    }

    /** @return both for a server of Vert.x */
    public PemKeyCertOptions options() {
        return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
    }
}
