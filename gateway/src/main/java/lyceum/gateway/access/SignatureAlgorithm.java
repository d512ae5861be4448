package lyceum.gateway.access;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * What others may sign tokens with (RFC 7518, section 3): a private key each, whose public one we fetch. HMAC is not among
 * them, and {@code none} is not either: a public key is no secret, and must never be taken for one.
 */
enum SignatureAlgorithm {
    RS256("RSA", "SHA256withRSA", null),
    RS384("RSA", "SHA384withRSA", null),
    RS512("RSA", "SHA512withRSA", null),
    PS256("RSA", "RSASSA-PSS", pss("SHA-256", MGF1ParameterSpec.SHA256, 32)),
    PS384("RSA", "RSASSA-PSS", pss("SHA-384", MGF1ParameterSpec.SHA384, 48)),
    PS512("RSA", "RSASSA-PSS", pss("SHA-512", MGF1ParameterSpec.SHA512, 64)),
    ES256("P-256", "SHA256withECDSAinP1363Format", null),
    ES384("P-384", "SHA384withECDSAinP1363Format", null),
    ES512("P-521", "SHA512withECDSAinP1363Format", null);

    private final String keys;
    private final String jcaName;
    private final AlgorithmParameterSpec parameters;

    /**
     * @param keys kind of its keys: {@code RSA}, or the curve
     * @param parameters null where it has none
     */
    SignatureAlgorithm(String keys, String jcaName, AlgorithmParameterSpec parameters) {
        this.keys = keys;
        this.jcaName = jcaName;
        this.parameters = parameters;
    }

    private static PSSParameterSpec pss(String hash, MGF1ParameterSpec mask, int saltBytes) {
        return new PSSParameterSpec(hash, "MGF1", mask, saltBytes, PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /** @return the algorithm that a token or a key names so, if it is one of these */
    static Optional<SignatureAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst();
    }

    /** @return the kind of its keys: {@code RSA}, or the curve */
    String keys() {
        return keys;
    }

    /** @return whether a signature is that of a key; the key is of the right kind */
    boolean verify(PublicKey key, byte[] signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(jcaName);
            if (parameters != null) {
                verifier.setParameter(parameters);
            }
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // The bytes are no signature at all.
            return false;
        }
    }
}
