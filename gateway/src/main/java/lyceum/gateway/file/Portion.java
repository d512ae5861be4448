package lyceum.gateway.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a file a request is about (RFC 9110, section 14).
 *
 * @param offset of the first byte
 * @param length in bytes; 0 where nothing of what is wanted is there
 */
public record Portion(Kind kind, long offset, long length) {

    /** What is to be answered. */
    public enum Kind {
        /** The file as it is, 200. */
        WHOLE,
        /** A part of it, 206. */
        PART,
        /** Nothing of what is wanted is there, 416. */
        NONE
    }

    /** {@code first-last}, {@code first-} or {@code -length}. */
    private static final Pattern RANGE = Pattern.compile("[ \\t]*(\\d*)-(\\d*)[ \\t]*");

    private static final String UNIT = "bytes=";

    /** Numbers with more digits are beyond the end of any file. */
    private static final int MOST_DIGITS = 18;

    private static final Portion NOTHING = new Portion(Kind.NONE, 0, 0);

    /**
     * Where several parts are wanted the whole file is sent: a client must expect that, and one that asks for many small
     * parts could make a file of any length.
     *
     * @param range the header {@code Range}; null where there is none. Another unit than bytes is passed over, a list that
     *     is none asks for nothing that is there
     * @param size of the file
     */
    public static Portion of(String range, long size) {
        Portion whole = new Portion(Kind.WHOLE, 0, size);
        if (range == null || !range.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return whole;
        }
        List<Portion> parts = new ArrayList<>();
        for (String each : range.substring(UNIT.length()).split(",", -1)) {
            Matcher matcher = RANGE.matcher(each);
            if (!matcher.matches()) {
                return NOTHING;
            }
            parts.add(part(matcher.group(1), matcher.group(2), size));
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return parts.stream().anyMatch(part -> part.kind() == Kind.PART) ? whole : NOTHING;
    }

    private static Portion part(String first, String last, long size) {
        if (first.isEmpty()) {
            long length = last.isEmpty() ? 0 : Math.min(number(last), size);
            return length == 0 ? NOTHING : new Portion(Kind.PART, size - length, length);
        }
        long begin = number(first);
        long end = last.isEmpty() ? size - 1 : Math.min(number(last), size - 1);
        return begin > end ? NOTHING : new Portion(Kind.PART, begin, end - begin + 1);
    }

    private static long number(String digits) {
        return digits.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    /** @return what {@code Content-Range} says of a part, or of none */
    public String contentRange(long size) {
        return kind == Kind.NONE ? "bytes */" + size : "bytes %d-%d/%d".formatted(offset, offset + length - 1, size);
    }
}
