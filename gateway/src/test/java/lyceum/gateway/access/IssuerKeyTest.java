package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Public keys of issuers, and what they sign. */
class IssuerKeyTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final SigningKey RSA = SigningKey.rsa("r", "RS256");
    private static final SigningKey EC = SigningKey.ec("e", "ES256");

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void verifiesWhatAnotherImplementationSigned(SignatureAlgorithm algorithm) {
        SigningKey signing = key(algorithm);
        CompactJws jws = CompactJws.parse(signing.sign(VERTX, new JsonObject().put("sub", "ada")))
                .orElseThrow();

        IssuerKey key = IssuerKey.of(signing.jwk()).orElseThrow();

        assertThat(key.fits(algorithm, Optional.of("k"))).isTrue();
        assertThat(algorithm.verify(key.key(), jws.signed(), jws.signature())).isTrue();
        assertThat(algorithm.verify(key.key(), "other".getBytes(), jws.signature()))
                .isFalse();
        assertThat(algorithm.verify(key.key(), jws.signed(), new byte[jws.signature().length]))
                .isFalse();
        assertThat(algorithm.verify(key.key(), jws.signed(), new byte[] {1})).isFalse();
    }

    private static SigningKey key(SignatureAlgorithm algorithm) {
        return algorithm.keys().equals("RSA")
                ? new SigningKey("k", algorithm.name(), RSA.pair())
                : SigningKey.ec("k", algorithm.name());
    }

    /** RFC 7515, appendix A.3. */
    @Test
    void verifiesTheExampleOfTheStandard() {
        IssuerKey key = IssuerKey.of(new JsonObject("""
                {"kty":"EC","crv":"P-256",
                 "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                 "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""")).orElseThrow();
        CompactJws jws = CompactJws.parse("eyJhbGciOiJFUzI1NiJ9"
                        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")
                .orElseThrow();

        assertThat(SignatureAlgorithm.ES256.verify(key.key(), jws.signed(), jws.signature()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"RS256,true", "RS512,false", "PS256,false", "ES256,false"})
    void isForItsAlgorithmOnly(SignatureAlgorithm algorithm, boolean fits) {
        assertThat(IssuerKey.of(RSA.jwk()).orElseThrow().fits(algorithm, Optional.empty()))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({"RS256,true", "RS512,true", "PS256,true", "ES256,false"})
    void isForAllAlgorithmsOfItsKindWhereItNamesNone(SignatureAlgorithm algorithm, boolean fits) {
        JsonObject jwk = RSA.jwk();
        jwk.remove("alg");

        assertThat(IssuerKey.of(jwk).orElseThrow().fits(algorithm, Optional.empty()))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({"ES256,true", "ES384,false", "RS256,false"})
    void isForItsCurveOnly(SignatureAlgorithm algorithm, boolean fits) {
        JsonObject jwk = EC.jwk();
        jwk.remove("alg");

        assertThat(IssuerKey.of(jwk).orElseThrow().fits(algorithm, Optional.empty()))
                .isEqualTo(fits);
    }

    @Test
    void isToldByItsId() {
        IssuerKey key = IssuerKey.of(RSA.jwk()).orElseThrow();

        assertThat(key.fits(SignatureAlgorithm.RS256, Optional.of("r"))).isTrue();
        assertThat(key.fits(SignatureAlgorithm.RS256, Optional.of("R"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "use,enc",
        "use,1",
        "kty,oct",
        "kty,OKP",
        "kty,",
        "alg,HS256",
        "alg,none",
        "alg,ES256K",
        "n,",
        "n,???",
        "e,"
    })
    void isNothingElse(String member, String value) {
        JsonObject jwk = RSA.jwk();
        Object wrong = "1".equals(value) ? Integer.valueOf(1) : value;

        assertThat(IssuerKey.of(jwk.put(member, wrong))).isEmpty();
    }

    @Test
    void isForSignatures() {
        assertThat(IssuerKey.of(RSA.jwk().put("key_ops", JsonArray.of("verify"))))
                .isPresent();
        assertThat(IssuerKey.of(RSA.jwk().put("key_ops", JsonArray.of("encrypt"))))
                .isEmpty();
    }

    @Test
    void isOnAKnownCurve() {
        assertThat(IssuerKey.of(EC.jwk().put("crv", "secp256k1"))).isEmpty();
    }

    @Test
    void isNeitherTooShortNorTooLong() {
        assertThat(IssuerKey.of(SigningKey.rsa("k", "RS256", 1024).jwk())).isEmpty();
        assertThat(IssuerKey.of(RSA.jwk().put("n", "_".repeat(1400)))).isEmpty();
    }
}
