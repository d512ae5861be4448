package lyceum.stream.internal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Ids of documents whose creators gave none. Lives on one context. */
final class DocumentIds {

    /** Most ids that are proposed at once. */
    static final int PROPOSED = 256;

    private static final int BASE = 36;
    private static final int RANDOM_BYTES = 5;
    private static final int COUNTER_BITS = 24;

    private final Clock clock;
    private final byte[] own = new byte[RANDOM_BYTES];
    private int counter;

    DocumentIds(Clock clock) {
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        random.nextBytes(own);
        counter = random.nextInt(1 << COUNTER_BITS);
    }

    /** @return an ObjectId of MongoDB: four bytes of seconds, five that are this instance's, three that count */
    String objectId() {
        counter = (counter + 1) % (1 << COUNTER_BITS);
        byte[] bytes = ByteBuffer.allocate(12)
                .putInt((int) clock.instant().getEpochSecond())
                .put(own)
                .put((byte) (counter >> 16))
                .putShort((short) counter)
                .array();
        return HexFormat.of().formatHex(bytes);
    }

    /** @return ids that follow each other, the first for this second moved forward by some */
    List<String> seconds(int skipped) {
        long first = clock.instant().getEpochSecond() + skipped;
        return IntStream.range(0, PROPOSED)
                .mapToObj(next -> Long.toString(first + next, BASE))
                .toList();
    }
}
