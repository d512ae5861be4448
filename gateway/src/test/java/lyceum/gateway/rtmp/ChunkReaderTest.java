package lyceum.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks as the specification has them (RTMP 1.0, section 5.3), and as they must not be. */
class ChunkReaderTest {

    private static final int LONGEST = 10_000;

    private final List<RtmpMessage> messages = new ArrayList<>();
    private final ChunkReader reader = new ChunkReader(LONGEST, messages::add);

    /** @return a chunk with a header of type 0 */
    private static Buffer begin(int chunkStream, long millis, int length, int type, String payload) {
        Buffer chunk = Buffer.buffer()
                .appendByte((byte) chunkStream)
                .appendMedium((int) Math.min(millis, 0xFFFFFF))
                .appendMedium(length)
                .appendByte((byte) type)
                .appendIntLE(1);
        if (millis >= 0xFFFFFF) {
            chunk.appendUnsignedInt(millis);
        }
        return chunk.appendString(payload);
    }

    private static Buffer repeated(int chunkStream, String payload) {
        return Buffer.buffer().appendByte((byte) (0xC0 | chunkStream)).appendString(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void readsAllTypesOfHeadersInPiecesOfAnySize(int pieceBytes) {
        Buffer all = begin(4, 1000, 3, 9, "one")
                // Type 1: another length and type, 40 ms later.
                .appendBuffer(Buffer.buffer()
                        .appendByte((byte) 0x44)
                        .appendMedium(40)
                        .appendMedium(4)
                        .appendByte((byte) 8)
                        .appendString("four"))
                // Type 2: 20 ms later.
                .appendBuffer(
                        Buffer.buffer().appendByte((byte) 0x84).appendMedium(20).appendString("FOUR"))
                // Type 3: as much later once more.
                .appendBuffer(repeated(4, "five"));

        for (int at = 0; at < all.length(); at += pieceBytes) {
            reader.feed(all.slice(at, Math.min(all.length(), at + pieceBytes)));
        }

        assertThat(messages)
                .containsExactly(
                        new RtmpMessage(9, 1, 1000, Buffer.buffer("one")),
                        new RtmpMessage(8, 1, 1040, Buffer.buffer("four")),
                        new RtmpMessage(8, 1, 1060, Buffer.buffer("FOUR")),
                        new RtmpMessage(8, 1, 1080, Buffer.buffer("five")));
    }

    @Test
    void joinsMessagesThatComeInTurns() {
        String long1 = "a".repeat(200);
        String long2 = "b".repeat(130);
        reader.feed(begin(3, 0, 200, 9, long1.substring(0, 128)));
        reader.feed(begin(5, 0, 130, 8, long2.substring(0, 128)));
        assertThat(reader.heldBytes()).isEqualTo(256);
        reader.feed(repeated(3, long1.substring(128)));
        reader.feed(repeated(5, long2.substring(128)));

        assertThat(messages)
                .extracting(RtmpMessage::payload)
                .containsExactly(Buffer.buffer(long1), Buffer.buffer(long2));
        assertThat(reader.heldBytes()).isZero();
    }

    @Test
    void takesLargerChunksAndIdsOfMoreBytes() {
        reader.chunkSize(5000);
        Buffer chunk = begin(0, 7, 3000, 9, "x".repeat(3000));
        reader.feed(Buffer.buffer()
                .appendByte((byte) 0)
                .appendByte((byte) 10)
                .appendBuffer(chunk.slice(1, chunk.length())));
        reader.feed(Buffer.buffer()
                .appendByte((byte) 1)
                .appendByte((byte) 1)
                .appendByte((byte) 2)
                .appendBuffer(chunk.slice(1, chunk.length())));

        assertThat(messages).hasSize(2);
    }

    /** Whether a message that goes on repeats the extended time is read off what comes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsExtendedTimes(boolean isRepeated) {
        long millis = 0xFFFFFFL + 5;
        String payload = "p".repeat(300);
        reader.feed(begin(6, millis, 300, 9, payload.substring(0, 128)));
        for (int at = 128; at < 300; at += 128) {
            Buffer next = Buffer.buffer().appendByte((byte) 0xC6);
            if (isRepeated) {
                next.appendUnsignedInt(millis);
            }
            reader.feed(next.appendString(payload.substring(at, Math.min(300, at + 128))));
        }

        assertThat(messages).containsExactly(new RtmpMessage(9, 1, millis, Buffer.buffer(payload)));
    }

    @Test
    void forgetsWhatIsAborted() {
        reader.feed(begin(3, 0, 200, 9, "a".repeat(128)));
        reader.abort(3);
        reader.abort(9);
        assertThat(reader.heldBytes()).isZero();
        reader.feed(begin(3, 0, 2, 8, "ok"));

        assertThat(messages).extracting(RtmpMessage::payload).containsExactly(Buffer.buffer("ok"));
    }

    @Test
    void keepsItsBounds() {
        assertFault("a message of 10001 bytes", () -> reader.feed(begin(3, 0, LONGEST + 1, 9, "")));
        assertFault("a chunk has 0 bytes", () -> reader.chunkSize(0));
        ChunkReader many = new ChunkReader(LONGEST, messages::add);
        assertFault("more than 64 chunk streams", () -> {
            for (int id = 0; id < 65; id++) {
                many.feed(Buffer.buffer()
                        .appendByte((byte) 0)
                        .appendByte((byte) id)
                        .appendBuffer(begin(3, 0, 0, 9, "").slice(1, 12)));
            }
        });
        ChunkReader unfinished = new ChunkReader(LONGEST, messages::add);
        unfinished.chunkSize(LONGEST - 1);
        assertFault("too many messages at once", () -> {
            for (int id = 3; id < 20; id++) {
                unfinished.feed(begin(id, 0, LONGEST, 9, "x".repeat(LONGEST - 1)));
            }
        });
    }

    @Test
    void refusesWhatHasNoHeaderAndWhatBeginsTwice() {
        assertFault("chunk stream 3 begins without a header", () -> reader.feed(repeated(3, "x")));
        ChunkReader another = new ChunkReader(LONGEST, messages::add);
        another.feed(begin(3, 0, 200, 9, "a".repeat(128)));
        assertFault("a message begins in the middle of another one", () -> another.feed(begin(3, 0, 2, 9, "no")));
    }

    @Test
    void neverHoldsMoreThanItsBoundWhateverComes() {
        Random random = new Random(1935);
        for (int round = 0; round < 300; round++) {
            ChunkReader hostile = new ChunkReader(LONGEST, messages::add);
            byte[] noise = new byte[random.nextInt(4096)];
            random.nextBytes(noise);
            try {
                for (int i = 0; i < 20; i++) {
                    hostile.feed(Buffer.buffer(noise));
                    assertThat(hostile.heldBytes()).isLessThanOrEqualTo(2 * LONGEST);
                }
            } catch (RtmpFault fault) {
                assertThat(hostile.heldBytes()).isLessThanOrEqualTo(2 * LONGEST + noise.length);
            }
        }
    }

    private static void assertFault(String text, Runnable feeding) {
        assertThatThrownBy(feeding::run).isInstanceOf(RtmpFault.class).hasMessage(text);
    }
}
