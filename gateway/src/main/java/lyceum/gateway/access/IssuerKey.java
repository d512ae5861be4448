package lyceum.gateway.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A public key that an issuer of tokens publishes (RFC 7517).
 *
 * @param id tells it from the issuer's others; may be empty
 * @param kind {@code RSA}, or the curve
 * @param algorithm the only one it is for; empty for all that have keys of its kind
 */
public record IssuerKey(Optional<String> id, String kind, Optional<SignatureAlgorithm> algorithm, PublicKey key) {

    /** RFC 7518, section 3.3. */
    private static final int LEAST_RSA_BITS = 2048;

    /** A longer one would keep the event loop busy. */
    private static final int MOST_RSA_BITS = 8192;

    private static final Map<String, String> JCA_CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

    /** @return the key; empty where it is not for signatures, or not of a kind that is known here */
    static Optional<IssuerKey> of(JsonObject jwk) {
        try {
            return isForSignatures(jwk) ? Optional.of(parse(jwk)) : Optional.empty();
        } catch (GeneralSecurityException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isForSignatures(JsonObject jwk) {
        return jwk.getString("use", "sig").equals("sig")
                && jwk.getJsonArray("key_ops", JsonArray.of("verify")).contains("verify");
    }

    private static IssuerKey parse(JsonObject jwk) throws GeneralSecurityException {
        String kind = jwk.getString("kty").equals("EC") ? jwk.getString("crv") : jwk.getString("kty");
        PublicKey key = kind.equals("RSA") ? rsa(jwk) : ec(jwk, JCA_CURVES.get(kind));
        Optional<SignatureAlgorithm> algorithm = Optional.ofNullable(jwk.getString("alg"))
                .map(name -> SignatureAlgorithm.named(name).orElseThrow(IllegalArgumentException::new));
        return new IssuerKey(Optional.ofNullable(jwk.getString("kid")), kind, algorithm, key);
    }

    private static PublicKey rsa(JsonObject jwk) throws GeneralSecurityException {
        BigInteger modulus = number(jwk, "n");
        if (modulus.bitLength() < LEAST_RSA_BITS || modulus.bitLength() > MOST_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key of %d bits".formatted(modulus.bitLength()));
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, number(jwk, "e")));
    }

    private static PublicKey ec(JsonObject jwk, String curve) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(JsonObject jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.getString(member)));
    }

    /** @return whether a token may be signed with it, by what its header says */
    boolean fits(SignatureAlgorithm wanted, Optional<String> wantedId) {
        return kind.equals(wanted.keys())
                && algorithm.orElse(wanted) == wanted
                && (wantedId.isEmpty() || id.equals(wantedId));
    }
}
