package lyceum.gateway.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import lyceum.stream.Delivery.Item;

/**
 * What a client that pulls gets at once: a header and the bytes of all its entries (stream contract, section 3.3).
 *
 * @param header JSON, {@code [[stream, id, offset], …]}; the offsets are where entries start
 * @param bytes of all payloads
 */
public record PullPair(String header, long bytes) {

    /** What brackets, quotes and numbers of an entry take, and its id. */
    private static final int ENTRY_LENGTH = 64;

    /**
     * @param items in order, one at least
     * @param isOneByOne whether each stream has a pair of its own
     */
    public static List<PullPair> of(List<Item> items, boolean isOneByOne) {
        if (!isOneByOne) {
            return List.of(pair(items));
        }
        List<PullPair> pairs = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= items.size(); end++) {
            if (end == items.size() || !items.get(end).stream().equals(items.get(begin).stream())) {
                pairs.add(pair(items.subList(begin, end)));
                begin = end;
            }
        }
        return pairs;
    }

    private static PullPair pair(List<Item> items) {
        StringBuilder header = new StringBuilder(ENTRY_LENGTH * items.size()).append('[');
        long offset = 0;
        for (Item item : items) {
            header.append(header.length() == 1 ? "[\"" : ",[\"");
            JsonStringEncoder.getInstance().quoteAsString(item.stream(), header);
            header.append("\",\"")
                    .append(item.id())
                    .append("\",")
                    .append(offset)
                    .append(']');
            offset += item.length();
        }
        return new PullPair(header.append(']').toString(), offset);
    }
}
