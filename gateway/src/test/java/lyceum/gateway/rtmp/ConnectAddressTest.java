package lyceum.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectAddressTest {

    @Test
    void hasAPathWithoutSlashesAtItsEndsAndATokenBehindIt() {
        assertThat(ConnectAddress.of("//a/b///?token=of%20it&token=x"))
                .isEqualTo(new ConnectAddress("a/b", Optional.of("of it")));
        assertThat(ConnectAddress.of("live")).isEqualTo(new ConnectAddress("live", Optional.empty()));
        assertThat(ConnectAddress.of("///?token=")).isEqualTo(new ConnectAddress("", Optional.empty()));
        assertThat(ConnectAddress.of("")).isEqualTo(new ConnectAddress("", Optional.empty()));
    }

    @Test
    void takesTheTokenOfAnyIssuer() {
        String token = "t".repeat(4_000);

        assertThat(ConnectAddress.of("cam1?token=" + token).token()).contains(token);
    }

    /** Nobody has shown a token yet, and all of the gateway waits while one text is read. */
    @Test
    void refusesWhatNoEncoderWrites() {
        for (String text : new String[] {"a" + "/".repeat(60_000) + "b", "a?b=" + "c".repeat(60_000), "a?token=%zz"}) {
            assertThatThrownBy(() -> ConnectAddress.of(text)).isInstanceOf(RtmpFault.class);
        }
    }
}
