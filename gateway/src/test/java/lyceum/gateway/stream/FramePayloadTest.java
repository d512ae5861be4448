package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramePayloadTest {

    private static final int LENGTH = 100;

    private final ArrivedBytes arrived = new ArrivedBytes();
    private final FrameHead head = new FrameHead();
    private final FramePayload payload = new FramePayload(arrived);
    private final byte[] said = ClientFrames.bytes(LENGTH);
    private final byte[] read = new byte[LENGTH];

    private ByteBuf begin() {
        ByteBuf frame = ClientFrames.whole(ClientFrames.BINARY, said);
        arrived.add(frame);
        assertThat(head.read(arrived)).isTrue();
        payload.begin(head);
        return frame;
    }

    /** The mask has four bytes and is taken off eight at a time: a read may begin and end anywhere between. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 9, 13, 16, 100})
    void takesTheMaskOffWhateverPartsItIsReadIn(int step) {
        begin();

        for (int at = 0; at < LENGTH; at += step) {
            int now = payload.read(read, at, Math.min(step, LENGTH - at));
            assertThat(now).isEqualTo(Math.min(step, LENGTH - at));
        }

        assertThat(read).isEqualTo(said);
        assertThat(payload.left()).isZero();
    }

    @Test
    void knowsWhereItIsBehindBytesThatWereSkipped() {
        arrived.add(ClientFrames.head(0x80 | ClientFrames.BINARY, LENGTH));
        assertThat(head.read(arrived)).isTrue();
        payload.begin(head);
        ByteBuf masked = ClientFrames.whole(ClientFrames.BINARY, said).skipBytes(6);
        arrived.add(masked.readBytes(5));
        assertThat(payload.skip()).isEqualTo(5);
        arrived.add(masked);

        assertThat(payload.read(read, 5, LENGTH)).isEqualTo(LENGTH - 5);

        assertThat(read).endsWith(Arrays.copyOfRange(said, 5, LENGTH));
        assertThat(payload.position()).isEqualTo(LENGTH);
    }

    @Test
    void readsNothingOfTheNextFrame() {
        begin();
        arrived.add(ClientFrames.whole(ClientFrames.TEXT, said));

        assertThat(payload.read(new byte[2 * LENGTH], 0, 2 * LENGTH)).isEqualTo(LENGTH);
        assertThat(payload.read(read, 0, LENGTH)).isZero();
        assertThat(payload.skip()).isZero();
    }

    @Test
    void releasesABufferOnceItIsRead() {
        ByteBuf frame = begin();
        payload.skip();
        assertThat(frame.refCnt()).isOne();

        assertThat(arrived.available(1)).isZero();

        assertThat(frame.refCnt()).isZero();
    }
}
