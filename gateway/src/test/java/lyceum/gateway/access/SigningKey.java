package lyceum.gateway.access;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key that an issuer signs tokens with; another implementation, that of Vert.x, does it.
 *
 * @param id null for none
 * @param algorithm what it signs with
 */
record SigningKey(String id, String algorithm, KeyPair pair) {

    /** @return a key for an algorithm of RSA, with 2048 bits */
    static SigningKey rsa(String id, String algorithm) {
        return rsa(id, algorithm, 2048);
    }

    static SigningKey rsa(String id, String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new SigningKey(id, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return a key on the curve of ES256, ES384 or ES512 */
    static SigningKey ec(String id, String algorithm) {
        String curve = algorithm.equals("ES512") ? "secp521r1" : "secp%sr1".formatted(algorithm.substring(2));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new SigningKey(id, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the public half, as it is published */
    JsonObject jwk() {
        JsonObject jwk = new JsonObject().put("alg", algorithm).put("use", "sig");
        if (id != null) {
            jwk.put("kid", id);
        }
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return jwk.put("kty", "RSA")
                    .put("n", number(rsa.getModulus(), 1))
                    .put("e", number(rsa.getPublicExponent(), 1));
        }
        ECPublicKey ec = (ECPublicKey) pair.getPublic();
        int bits = ec.getParams().getCurve().getField().getFieldSize();
        return jwk.put("kty", "EC")
                .put("crv", "P-" + bits)
                .put("x", number(ec.getW().getAffineX(), (bits + 7) / 8))
                .put("y", number(ec.getW().getAffineY(), (bits + 7) / 8));
    }

    String sign(Vertx vertx, JsonObject claims) {
        String pem = "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----"
                .formatted(
                        Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()));
        PubSecKeyOptions key = new PubSecKeyOptions().setAlgorithm(algorithm).setBuffer(Buffer.buffer(pem));
        if (id != null) {
            key.setId(id);
        }
        return JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key))
                .generateToken(
                        claims.copy(), new JWTOptions().setAlgorithm(algorithm).setNoTimestamp(true));
    }

    private static String number(BigInteger number, int bytes) {
        byte[] signed = number.toByteArray();
        byte[] unsigned = signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
        byte[] padded = new byte[Math.max(bytes, unsigned.length)];
        System.arraycopy(unsigned, 0, padded, padded.length - unsigned.length, unsigned.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(padded);
    }
}
