package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a head is tested with the decoder, where it has consequences. */
class FrameHeadTest {

    private final ArrivedBytes arrived = new ArrivedBytes();
    private final FrameHead head = new FrameHead();

    @ParameterizedTest
    @ValueSource(longs = {0, 125, 126, 65_535, 65_536, 1L << 40})
    void isWholeWithItsLastByteAndNotBefore(long payloadBytes) {
        ByteBuf bytes = ClientFrames.head(0x80 | ClientFrames.TEXT, payloadBytes);
        while (bytes.readableBytes() > 1) {
            arrived.add(bytes.readBytes(1));
            assertThat(head.read(arrived)).isFalse();
        }

        arrived.add(bytes);

        assertThat(head.read(arrived)).isTrue();
        assertThat(head.isFinal()).isTrue();
        assertThat(head.opcode()).isEqualTo(FrameHead.TEXT);
        assertThat(head.payloadBytes()).isEqualTo(payloadBytes);
        assertThat(head.mask()).isEqualTo(0x12F45680);
        assertThat(head.fault(false)).isNull();
    }

    @Test
    void forgetsTheHeadBefore() {
        arrived.add(Unpooled.wrappedBuffer(
                ClientFrames.head(ClientFrames.BINARY, 70_000),
                ClientFrames.head(0x80 | ClientFrames.PING, 3),
                ClientFrames.head(0x80, 200)));

        assertThat(head.read(arrived)).isTrue();
        assertThat(head.isFinal()).isFalse();
        assertThat(head.read(arrived)).isTrue();
        assertThat(head.isControl()).isTrue();
        assertThat(head.payloadBytes()).isEqualTo(3);
        assertThat(head.fault(true)).isNull();
        assertThat(head.read(arrived)).isTrue();
        assertThat(head.isControl()).isFalse();
        assertThat(head.payloadBytes()).isEqualTo(200);
        assertThat(head.fault(true)).isNull();
        assertThat(head.fault(false)).isEqualTo("there is nothing to continue");
    }
}
