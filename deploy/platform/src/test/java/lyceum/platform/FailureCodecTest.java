package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.Test;

class FailureCodecTest {

    @Test
    void takesAKindThatAnotherVersionHasForADefect() {
        Buffer wire = Buffer.buffer();
        Wire.appendText(wire, "TIRED");
        Wire.appendText(wire, "later");

        Failure failure = new FailureCodec().decodeFromWire(0, wire);

        assertThat(failure.kind()).isEqualTo(Kind.INTERNAL);
        assertThat(failure.getMessage()).isEqualTo("later");
    }
}
