package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class SignatureTest {

    /** RFC 4231, test case 2. */
    @Test
    void isThatOfTheRfc() {
        assertThat(new Signature("Jefe").of(Buffer.buffer("what do ya want for nothing?")))
                .isEqualTo("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
