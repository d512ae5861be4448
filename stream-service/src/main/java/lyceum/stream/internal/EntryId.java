package lyceum.stream.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Id of an entry as Redis orders it: both numbers are unsigned.
 *
 * @param millis since 1970
 * @param sequence among those of the same millisecond
 */
public record EntryId(long millis, long sequence) implements Comparable<EntryId> {

    /** Before the first one that can be. */
    public static final EntryId NONE = new EntryId(0, 0);

    /** The last one that can be. */
    public static final EntryId LAST = new EntryId(-1, -1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,20})(?:-(\\d{1,20}))?");

    /** @param text {@code <ms>-<seq>}, or {@code <ms>} for {@code <ms>-0} */
    public static Optional<EntryId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String sequence = matcher.group(2) == null ? "0" : matcher.group(2);
        try {
            return Optional.of(new EntryId(Long.parseUnsignedLong(matcher.group(1)), Long.parseUnsignedLong(sequence)));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** @return what Redis says */
    public static EntryId of(String text) {
        int dash = text.indexOf('-');
        return new EntryId(
                Long.parseUnsignedLong(text, 0, dash, 10), Long.parseUnsignedLong(text, dash + 1, text.length(), 10));
    }

    /** @return the one right before it; {@link #NONE} has none before it */
    public EntryId previous() {
        if (sequence != 0) {
            return new EntryId(millis, sequence - 1);
        }
        return millis == 0 ? NONE : new EntryId(millis - 1, -1);
    }

    public boolean isAfter(EntryId other) {
        return compareTo(other) > 0;
    }

    public static EntryId later(EntryId one, EntryId other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public int compareTo(EntryId other) {
        int first = Long.compareUnsigned(millis, other.millis);
        return first != 0 ? first : Long.compareUnsigned(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + '-' + Long.toUnsignedString(sequence);
    }
}
