package lyceum.stream.internal;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was made of entries a short while ago, for others who want the same. Lives on one context. */
final class ConvertedEntries {

    /** Names, ids, and places in the table, roughly. */
    private static final int OVERHEAD_BYTES = 512;

    private final long mostBytes;
    private final Map<Wish, Known> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** What somebody wants of an entry. */
    record Wish(String stream, EntryId id, Format format) {}

    private record Known(Buffer source, Conversions.Outcome outcome) {
        long weight() {
            return (long) OVERHEAD_BYTES + source.length() + outcome.bytes().length();
        }
    }

    /** @param mostBytes of what is kept; what alone has more is not kept */
    ConvertedEntries(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * @param source the bytes of the entry: a stream that was deleted may have other ones under the same id
     * @return what was made of it, if that is known
     */
    Optional<Conversions.Outcome> find(Wish wish, Buffer source) {
        Known known = entries.get(wish);
        return known != null && isSame(known.source(), source) ? Optional.of(known.outcome()) : Optional.empty();
    }

    /** Readers of one ring have the very same buffer. @return whether these are the same bytes */
    static boolean isSame(Buffer one, Buffer other) {
        return one == other || one.equals(other);
    }

    /** What was used longest ago makes room. */
    void add(Wish wish, Buffer source, Conversions.Outcome outcome) {
        Known known = new Known(source, outcome);
        if (known.weight() > mostBytes) {
            return;
        }
        Known before = entries.put(wish, known);
        bytes += known.weight() - (before == null ? 0 : before.weight());
        var oldest = entries.values().iterator();
        while (bytes > mostBytes) {
            bytes -= oldest.next().weight();
            oldest.remove();
        }
    }
}
