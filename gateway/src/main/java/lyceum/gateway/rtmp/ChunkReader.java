package lyceum.gateway.rtmp;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes messages of chunks (RTMP 1.0, section 5.3), as the bytes come, whatever pieces they come in. It holds what has come
 * of messages that are not whole yet, and no more than a bound of that.
 */
final class ChunkReader {

    static final int DEFAULT_CHUNK_BYTES = 128;

    /** Encoders use a handful. */
    private static final int MOST_CHUNK_STREAMS = 64;

    /** The last byte of the largest basic header, and the message header of type 0. */
    private static final int EXTENDED = 0xFFFFFF;

    private static final int EXTENDED_BYTES = 4;
    private static final int[] HEADER_BYTES = {11, 7, 3, 0};

    /** A chunk stream: what its last header said, and the message that has not come whole yet. */
    private static final class ChunkStream {
        int time;
        boolean isExtended;
        long extended;
        long delta;
        long millis;
        int length;
        int type;
        int streamId;
        boolean isKnown;
        Buffer message = Buffer.buffer();
    }

    private enum Step {
        BASIC,
        BASIC_ID,
        MESSAGE,
        EXTENDED,
        PAYLOAD
    }

    private final Consumer<RtmpMessage> messages;
    private final Map<Integer, ChunkStream> streams = new HashMap<>();
    private final byte[] header = new byte[HEADER_BYTES[0]];
    private Step step = Step.BASIC;
    private int wanted = 1;
    private int filled;
    private int format;
    private int idBytes;
    private ChunkStream stream;
    private int left;
    private int chunkBytes = DEFAULT_CHUNK_BYTES;
    private int longestMessageBytes;
    private long heldBytes;

    /**
     * @param longestMessageBytes a longer one is a fault; of messages that are not whole twice as much may be held
     * @param messages told of each message that is whole
     */
    ChunkReader(int longestMessageBytes, Consumer<RtmpMessage> messages) {
        this.longestMessageBytes = longestMessageBytes;
        this.messages = messages;
    }

    /** From now on messages may be that long. */
    void allow(int bytes) {
        longestMessageBytes = bytes;
    }

    /** From now on the peer's chunks have that size (section 5.4.1). */
    void chunkSize(long bytes) {
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new RtmpFault("a chunk has %d bytes".formatted(bytes));
        }
        chunkBytes = (int) bytes;
    }

    /** What has come of a message will not be continued (section 5.4.2). */
    void abort(int chunkStream) {
        ChunkStream aborted = streams.get(chunkStream);
        if (aborted != null) {
            drop(aborted);
        }
    }

    /** @return bytes of messages that are not whole */
    long heldBytes() {
        return heldBytes;
    }

    /** Takes what comes next; fails with {@link RtmpFault}. */
    void feed(Buffer bytes) {
        int position = 0;
        while (position < bytes.length()) {
            if (step == Step.PAYLOAD) {
                int count = Math.min(left, bytes.length() - position);
                hold(bytes, position, count);
                position += count;
                left -= count;
                if (left == 0) {
                    endChunk();
                }
            } else {
                header[filled++] = bytes.getByte(position++);
                if (filled == wanted) {
                    filled = 0;
                    takeHeader();
                }
            }
        }
    }

    private void takeHeader() {
        switch (step) {
            case BASIC -> takeBasic();
            case BASIC_ID ->
                begin(idBytes == 1 ? 64 + (header[0] & 0xFF) : 64 + (header[0] & 0xFF) + 256 * (header[1] & 0xFF));
            case MESSAGE -> takeMessageHeader();
            case EXTENDED -> takeExtended();
            default -> throw new IllegalStateException(step.name());
        }
    }

    private void takeBasic() {
        format = (header[0] & 0xFF) >> 6;
        int id = header[0] & 0x3F;
        if (id < 2) {
            idBytes = id + 1;
            expect(Step.BASIC_ID, idBytes);
        } else {
            begin(id);
        }
    }

    private void begin(int id) {
        stream = streams.get(id);
        if (stream == null) {
            if (streams.size() >= MOST_CHUNK_STREAMS) {
                throw new RtmpFault("more than %d chunk streams".formatted(MOST_CHUNK_STREAMS));
            }
            stream = new ChunkStream();
            streams.put(id, stream);
        }
        if (format != 0 && !stream.isKnown) {
            throw new RtmpFault("chunk stream %d begins without a header".formatted(id));
        }
        if (HEADER_BYTES[format] == 0) {
            extendOrGoOn();
        } else {
            expect(Step.MESSAGE, HEADER_BYTES[format]);
        }
    }

    private void takeMessageHeader() {
        if (stream.message.length() > 0) {
            throw new RtmpFault("a message begins in the middle of another one");
        }
        stream.isKnown = true;
        stream.time = number(0, 3);
        stream.isExtended = stream.time == EXTENDED;
        if (format < 2) {
            stream.length = number(3, 3);
            stream.type = header[6] & 0xFF;
        }
        if (format == 0) {
            // The only number of RTMP that is written the other way round.
            stream.streamId = Integer.reverseBytes(number(7, 4));
        }
        extendOrGoOn();
    }

    private int number(int position, int count) {
        int number = 0;
        for (int i = position; i < position + count; i++) {
            number = number << 8 | header[i] & 0xFF;
        }
        return number;
    }

    private void extendOrGoOn() {
        if (stream.isExtended) {
            expect(Step.EXTENDED, EXTENDED_BYTES);
        } else {
            beginPayload(stream.time);
        }
    }

    /** Some encoders leave it out where a message goes on: what does not repeat the time then is payload already. */
    private void takeExtended() {
        long time = number(0, EXTENDED_BYTES) & 0xFFFFFFFFL;
        boolean isRepeated = format == 3 && stream.message.length() > 0;
        if (isRepeated && time != stream.extended) {
            Buffer payload = Buffer.buffer().appendBytes(header, 0, EXTENDED_BYTES);
            beginPayload(stream.extended);
            feed(payload);
            return;
        }
        stream.extended = time;
        beginPayload(time);
    }

    private void beginPayload(long time) {
        if (stream.message.length() == 0) {
            if (stream.length > longestMessageBytes) {
                throw new RtmpFault("a message of %d bytes".formatted(stream.length));
            }
            tell(time);
        }
        left = Math.min(chunkBytes, stream.length - stream.message.length());
        step = Step.PAYLOAD;
        if (left == 0) {
            endChunk();
        }
    }

    /** A header of type 3 repeats the step of the one before, where that was one (as nginx-rtmp reads section 5.3.1.2.4). */
    private void tell(long time) {
        if (format == 0) {
            stream.millis = time;
            stream.delta = 0;
        } else {
            if (format != 3) {
                stream.delta = time;
            }
            stream.millis = stream.millis + stream.delta & 0xFFFFFFFFL;
        }
    }

    private void hold(Buffer bytes, int position, int count) {
        heldBytes += count;
        if (heldBytes > 2L * longestMessageBytes) {
            throw new RtmpFault("too many messages at once");
        }
        stream.message.appendBuffer(bytes, position, count);
    }

    private void endChunk() {
        ChunkStream ended = stream;
        expect(Step.BASIC, 1);
        if (ended.message.length() == ended.length) {
            Buffer payload = ended.message;
            drop(ended);
            messages.accept(new RtmpMessage(ended.type, ended.streamId, ended.millis, payload));
        }
    }

    private void drop(ChunkStream dropped) {
        heldBytes -= dropped.message.length();
        dropped.message = Buffer.buffer();
    }

    private void expect(Step next, int bytes) {
        step = next;
        wanted = bytes;
        filled = 0;
    }
}
