package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import lyceum.stream.Delivery;
import lyceum.stream.Delivery.Item;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedDeliveriesTest {

    private final SharedDeliveries deliveries = new SharedDeliveries(2_000);

    @AfterEach
    void forget() {
        deliveries.clear();
    }

    private static Delivery one(String id, Buffer payload) {
        return new Delivery(List.of(new Item("main", id, payload.length())), List.of(payload), false);
    }

    /** Gives frames to the network, which releases them. @return where they were */
    private long written(Delivery delivery, boolean isOneByOne, Buffer expected) {
        ByteBuf frames = deliveries.of(delivery, isOneByOne);
        assertThat(Buffer.buffer(ByteBufUtil.getBytes(frames))).isEqualTo(expected);
        long address = frames.memoryAddress();
        frames.release();
        return address;
    }

    private static Buffer frames(Object... parts) {
        Buffer frames = Buffer.buffer();
        for (Object part : parts) {
            if (part instanceof Buffer bytes) {
                frames.appendBuffer(bytes);
            } else if (part instanceof String text) {
                frames.appendByte((byte) 0x81).appendByte((byte) text.length()).appendString(text);
            } else {
                frames.appendByte(((Integer) part).byteValue());
            }
        }
        return frames;
    }

    private static Buffer expected(String id, Buffer payload) {
        return frames("[[\"main\",\"" + id + "\",0]]", 0x82, payload.length(), payload);
    }

    @Test
    void areEncodedOnceForAllReaders() {
        Buffer payload = Buffer.buffer("picture");

        long first = written(one("1-0", payload), false, expected("1-0", payload));

        assertThat(written(one("1-0", payload), false, expected("1-0", payload)))
                .isEqualTo(first);
        assertThat(payload.toString()).isEqualTo("picture");
        assertThat(written(one("2-0", payload), false, expected("2-0", payload)))
                .isNotEqualTo(first);
    }

    /** A stream may have been deleted and begun anew with the same ids. */
    @Test
    void areToldApartByTheirBytes() {
        Buffer payload = Buffer.buffer("before");
        written(one("1-0", payload), false, expected("1-0", payload));

        Buffer other = Buffer.buffer("behind");
        written(one("1-0", other), false, expected("1-0", other));
    }

    @Test
    void haveAPairForAllOrOneForEachStream() {
        Buffer long300 = Buffer.buffer("x".repeat(300));
        Delivery delivery = new Delivery(
                List.of(new Item("a", "1-0", 1), new Item("a", "2-0", 0), new Item("b", "3-0", 300)),
                List.of(Buffer.buffer("A"), long300),
                false);
        Buffer all = Buffer.buffer("A").appendBuffer(long300);

        written(
                delivery,
                false,
                frames("[[\"a\",\"1-0\",0],[\"a\",\"2-0\",1],[\"b\",\"3-0\",1]]", 0x82, 126, 1, 45, all));
        written(
                delivery,
                true,
                frames(
                        "[[\"a\",\"1-0\",0],[\"a\",\"2-0\",1]]",
                        0x82,
                        1,
                        Buffer.buffer("A"),
                        "[[\"b\",\"3-0\",0]]",
                        0x82,
                        126,
                        1,
                        44,
                        long300));
    }

    @Test
    void mayHaveNoBytes() {
        written(one("1-0", Buffer.buffer()), false, expected("1-0", Buffer.buffer()));
    }

    @Test
    void forgetTheOldestAndKeepWhatIsBeingWritten() {
        Buffer payload = Buffer.buffer("y".repeat(100));
        ByteBuf first = deliveries.of(one("1-0", payload), false);

        for (int i = 2; i < 20; i++) {
            deliveries.of(one(i + "-0", payload), false).release();
        }

        assertThat(first.refCnt()).isOne();
        assertThat(first.isReadable()).isTrue();
        first.release();
        assertThat(first.refCnt()).isZero();
    }
}
