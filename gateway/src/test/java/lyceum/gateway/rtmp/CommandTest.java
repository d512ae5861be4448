package lyceum.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void hasANameANumberAndWhatStandsBehindThem() {
        Command connect = Command.read(Amf0.write("connect", 1.0, Map.of("app", "live", "fpad", false)), 0);

        assertThat(connect.name()).isEqualTo("connect");
        assertThat(connect.number()).isEqualTo(1.0);
        assertThat(connect.member("app")).isEqualTo("live");
        Command publish = Command.read(Amf0.write("publish", 5.0, null, "cam1", "live"), 0);
        assertThat(publish.text(1)).isEqualTo("cam1");
    }

    @Test
    void beginsBehindTheByteThatAmf3Has() {
        Buffer payload = Buffer.buffer(new byte[1]).appendBuffer(Amf0.write("closeStream", 0.0));

        assertThat(Command.read(payload, 1).name()).isEqualTo("closeStream");
    }

    @Test
    void takesForEmptyWhatIsNotThereOrNoText() {
        Command publish = Command.read(Amf0.write("publish", 5.0, null, 7.0), 0);
        assertThat(publish.text(1)).isEmpty();
        assertThat(publish.text(2)).isEmpty();
        assertThat(publish.member("app")).isEmpty();

        assertThat(Command.read(Amf0.write("connect", 1.0, Map.of("app", 7.0)), 0)
                        .member("app"))
                .isEmpty();
        assertThat(Command.read(Amf0.write("connect", 1.0), 0).member("app")).isEmpty();
    }

    @Test
    void isAFaultWithoutNameOrNumber() {
        for (Buffer payload : new Buffer[] {
            Buffer.buffer(), Amf0.write("connect"), Amf0.write(1.0, "connect"), Amf0.write("connect", null)
        }) {
            assertThatThrownBy(() -> Command.read(payload, 0)).isInstanceOf(RtmpFault.class);
        }
    }
}
