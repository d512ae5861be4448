package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedPayloadsTest {

    private final SharedPayloads payloads = new SharedPayloads(300);

    @AfterEach
    void forget() {
        payloads.clear();
    }

    /** Gives bytes to the network, which releases them. @return where they were, 0 inside the heap */
    private long written(Buffer payload) {
        ByteBuf bytes = payloads.of(payload);
        assertThat(ByteBufUtil.getBytes(bytes)).isEqualTo(payload.getBytes());
        long address = bytes.isDirect() ? bytes.memoryAddress() : 0;
        bytes.release();
        return address;
    }

    @Test
    void copiesWhatIsAskedForTwiceAndOnlyOnce() {
        Buffer payload = Buffer.buffer("bytes of a picture");

        assertThat(written(payload)).isZero();
        long second = written(payload);

        assertThat(second).isNotZero();
        assertThat(written(payload)).isEqualTo(second);
    }

    @Test
    void leavesTheBytesOfOneReaderAsTheyWere() {
        Buffer payload = Buffer.buffer("bytes");

        written(payload);
        written(payload);

        assertThat(payload.toString()).isEqualTo("bytes");
        assertThat(payload.appendString("!").toString()).isEqualTo("bytes!");
    }

    @Test
    void knowsPartsOfTheSameBytesByTheirPlace() {
        Buffer whole = Buffer.buffer("0123456789");
        written(whole.slice(2, 6));

        assertThat(written(whole.slice(2, 6))).isNotZero();
        assertThat(written(whole.slice(2, 7))).isZero();
        assertThat(written(whole.slice(3, 7))).isZero();
    }

    @Test
    void takesEqualBytesElsewhereForOthers() {
        written(Buffer.buffer("same"));

        assertThat(written(Buffer.buffer("same"))).isZero();
    }

    @Test
    void keepsOnlySoManyBytes() {
        Buffer old = Buffer.buffer(new byte[60]);
        written(old);
        ByteBuf unsent = payloads.of(old);
        assertThat(unsent.isDirect()).isTrue();

        written(Buffer.buffer(new byte[60]));

        assertThat(unsent.release()).as("nobody else holds it").isTrue();
        assertThat(written(old)).isZero();
    }

    @Test
    void countsAllThatIsHeldForASmallPart() {
        Buffer part = Buffer.buffer(new byte[200]).slice(0, 2);

        written(part);

        assertThat(written(part)).isZero();
    }

    @Test
    void keepsNothingThatIsTooLong() {
        Buffer tooLong = Buffer.buffer(new byte[200]);

        written(tooLong);

        assertThat(written(tooLong)).isZero();
    }

    @Test
    void passesOnWhatIsOutsideTheHeapAlready() {
        ByteBuf direct = Unpooled.directBuffer().writeBytes(new byte[] {1, 2});
        Buffer payload = BufferInternal.buffer(direct);

        long address = written(payload);

        assertThat(address).isEqualTo(direct.memoryAddress());
        assertThat(written(payload)).isEqualTo(address);
        assertThat(direct.release()).isTrue();
    }
}
