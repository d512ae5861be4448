package lyceum.platform.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * Who every member of a cluster is on the bus: one Ed25519 key pair, derived from the secret, and a certificate that it has
 * signed for itself. Members that know the secret come to the same bytes by themselves, so nothing is handed out, and what
 * each of them presents is the only thing that each of them trusts.
 *
 * <p>TLS 1.3 only, and both sides must prove that they have the key: who can connect is a member. What members say stays
 * secret even if the secret is told later, for the key only signs.
 */
final class BusIdentity {

    /** RFC 8410, section 3; it has no parameters. */
    private static final AlgorithmIdentifier ED25519 = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));

    private static final X500Name NAME = new X500Name("CN=lyceum");

    /** It is as good as the secret is, which has no date: 2000, and RFC 5280's word for no end, section 4.1.2.5. */
    private static final Date BEGIN = new Date(946_684_800_000L);

    private static final Date END = new Date(253_402_300_799_000L);

    private static final int HANDSHAKE_SECONDS = 5;

    private final byte[] keyStore;
    private final String password;
    private final String certificate;

    private BusIdentity(byte[] keyStore, String password, String certificate) {
        this.keyStore = keyStore;
        this.password = password;
        this.certificate = certificate;
    }

    static BusIdentity of(ClusterSecret secret) {
        Ed25519PrivateKeyParameters pair = new Ed25519PrivateKeyParameters(secret.keyFor("lyceum bus Ed25519"));
        try {
            PrivateKey key = privateKey(pair);
            Certificate certificate = certificate(key, pair);
            // The store never leaves the memory of this process, but Java asks for a password.
            String password = HexFormat.of().formatHex(secret.keyFor("lyceum bus key store"));
            return new BusIdentity(keyStore(key, certificate, password.toCharArray()), password, pem(certificate));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has what this takes", e);
        }
    }

    /**
     * Makes a bus speak with members only. A client of the bus compares no host name, and need not: the key itself is what
     * is known, wherever a member has been moved to.
     */
    void protect(EventBusOptions options) {
        options.setSsl(true)
                .setKeyCertOptions(
                        new PfxOptions().setValue(Buffer.buffer(keyStore)).setPassword(password))
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(certificate)))
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    }

    /** @return what members present and trust, in PEM */
    String certificate() {
        return certificate;
    }

    private static PrivateKey privateKey(Ed25519PrivateKeyParameters pair)
            throws GeneralSecurityException, IOException {
        PrivateKeyInfo info = new PrivateKeyInfo(ED25519, new DEROctetString(pair.getEncoded()));
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    /** Ed25519 signs the same in the same way, so the certificate is the same everywhere, too. */
    private static Certificate certificate(PrivateKey key, Ed25519PrivateKeyParameters pair)
            throws GeneralSecurityException, IOException {
        V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
        content.setSerialNumber(new ASN1Integer(1));
        content.setSignature(ED25519);
        content.setIssuer(NAME);
        content.setSubject(NAME);
        content.setStartDate(new Time(BEGIN));
        content.setEndDate(new Time(END));
        content.setSubjectPublicKeyInfo(
                new SubjectPublicKeyInfo(ED25519, pair.generatePublicKey().getEncoded()));
        TBSCertificate signed = content.generateTBSCertificate();
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(signed.getEncoded(ASN1Encoding.DER));
        DERSequence whole = new DERSequence(new ASN1Encodable[] {signed, ED25519, new DERBitString(signature.sign())});
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(whole.getEncoded(ASN1Encoding.DER)));
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        String encoded = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(encoded);
    }

    private static byte[] keyStore(PrivateKey key, Certificate certificate, char[] password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("member", key, password, new Certificate[] {certificate});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password);
        return bytes.toByteArray();
    }
}
