package lyceum.gateway.tls;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import lyceum.platform.Settings.WrongSetting;

/**
 * A certificate and its key, which belong together.
 *
 * @param certificate PEM, the whole chain
 * @param key PEM
 * @param expires when clients begin to refuse it
 */
record ServerCertificate(Buffer certificate, Buffer key, Instant expires) {

    /** A chain has three certificates of some 2 KiB. */
    private static final int FILE_BYTES = 256 * 1024;

    /** By the kind of key: what it signs with. */
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    /**
     * Reads and checks both files; blocks.
     *
     * @throws WrongSetting that names the setting of the file that is wrong
     */
    static ServerCertificate read(TlsConfig files, Vertx vertx) {
        Buffer certificate = content(files.certificate(), TlsConfig.CERTIFICATE);
        Buffer key = content(files.key(), TlsConfig.KEY);
        X509Certificate first = first(certificate, files.certificate());
        ServerCertificate read =
                new ServerCertificate(certificate, key, first.getNotAfter().toInstant());
        read.checkThatTheyBelongTogether(first, files, vertx);
        return read;
    }

    /** @return whether it is the same, to the byte */
    boolean isSameAs(ServerCertificate other) {
        return certificate.equals(other.certificate) && key.equals(other.key);
    }

    /** @return TLS 1.2 and 1.3 with it; the ciphers are those of Java, which leaves out what is broken */
    ServerSSLOptions options() {
        ServerSSLOptions options = new ServerSSLOptions().setKeyCertOptions(pair());
        options.setUseAlpn(true);
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        return options;
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return "a certificate until " + expires;
    }

    private PemKeyCertOptions pair() {
        return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    }

    private static Buffer content(Path file, String setting) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(FILE_BYTES + 1);
            if (bytes.length > FILE_BYTES) {
                throw new WrongSetting("%s: '%s' is longer than a PEM file".formatted(setting, file));
            }
            return Buffer.buffer(bytes);
        } catch (IOException e) {
            throw new WrongSetting("%s: '%s' cannot be read (%s)"
                    .formatted(setting, file, e.getClass().getSimpleName()));
        }
    }

    private static X509Certificate first(Buffer certificate, Path file) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificate.getBytes()))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new CertificateException("empty"));
        } catch (CertificateException e) {
            throw new WrongSetting("%s: '%s' has no certificate in PEM".formatted(TlsConfig.CERTIFICATE, file));
        }
    }

    private void checkThatTheyBelongTogether(X509Certificate first, TlsConfig files, Vertx vertx) {
        try {
            if (isSignedBy(privateKey(vertx), first)) {
                return;
            }
        } catch (Exception e) {
            // Whatever Vert.x and Java throw of a key that is none: their texts may quote it, ours does not.
        }
        throw new WrongSetting("%s: '%s' is not the RSA or EC key of the certificate, in PEM and not encrypted"
                .formatted(TlsConfig.KEY, files.key()));
    }

    private static boolean isSignedBy(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        byte[] something = {1, 2, 3};
        Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
        signature.initSign(key);
        signature.update(something);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(something);
        return signature.verify(signed);
    }

    private PrivateKey privateKey(Vertx vertx) throws Exception {
        KeyManager[] managers = pair().getKeyManagerFactory(vertx).getKeyManagers();
        X509KeyManager manager = (X509KeyManager) managers[0];
        return SIGNATURES.keySet().stream()
                .map(kind -> manager.getServerAliases(kind, null))
                .filter(aliases -> aliases != null)
                .flatMap(Arrays::stream)
                .map(manager::getPrivateKey)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("another kind of key"));
    }
}
