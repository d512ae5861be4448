package lyceum.stream;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Entries for a reader, or a part of them: whole messages of the house are short, entries need not be. First comes the
 * list of all of them, then, over as many parts as it takes, the bytes of one after the other.
 *
 * @param items all entries in order, in the first part; none in later ones
 * @param bytes go on where those of the part before ended, at most {@link StreamService#PIECE_BYTES} together
 * @param more whether a next part has more bytes
 */
public record Delivery(List<Item> items, List<Buffer> bytes, boolean more) {

    /**
     * What a reader gets to know of an entry before its bytes.
     *
     * @param id {@code <milliseconds>-<sequence>}
     * @param length of its payload in bytes
     */
    public record Item(String stream, String id, int length) {}
}
