package lyceum.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;

class ClusterSecretTest {

    private static final String TEXT = "a secret of the tests, é included";

    private final ClusterSecret secret = ClusterSecret.of(TEXT);

    @Test
    void derivesKeysAsHkdfDoes() throws Exception {
        HKDFBytesGenerator oracle = new HKDFBytesGenerator(new SHA256Digest());
        oracle.init(new HKDFParameters(TEXT.getBytes("UTF-8"), null, "a purpose".getBytes("UTF-8")));
        byte[] expected = new byte[32];
        oracle.generateBytes(expected, 0, expected.length);

        assertThat(HexFormat.of().formatHex(secret.keyFor("a purpose")))
                .isEqualTo(HexFormat.of().formatHex(expected));
        assertThat(secret.keyFor("another")).isNotEqualTo(expected);
    }

    @Test
    void makesTheSameIdentityEverywhereAndAnotherOneOfAnotherSecret() {
        assertThat(BusIdentity.of(ClusterSecret.of(TEXT)).certificate())
                .startsWith("-----BEGIN CERTIFICATE-----")
                .isEqualTo(BusIdentity.of(secret).certificate())
                .isNotEqualTo(BusIdentity.of(ClusterSecret.of(TEXT + "!")).certificate());
    }

    @Test
    void knowsItsOwnText() {
        assertThat(secret.isSameAs(TEXT)).isTrue();
        assertThat(secret.isSameAs(TEXT + " ")).isFalse();
    }
}
