package lyceum.media.internal.live;

import java.util.regex.Pattern;
import lyceum.platform.Failure;

/**
 * How far a playlist is to have come: the delivery directives of a blocking reload (draft-pantos-hls-rfc8216bis, 6.2.5.2).
 *
 * @param segment number of a segment
 * @param part index of one of its parts; {@link #WHOLE} for all of it
 */
record Awaited(long segment, int part) {

    static final int WHOLE = -1;

    private static final Pattern SEGMENT = Pattern.compile("0|[1-9]\\d{0,17}");
    private static final Pattern PART = Pattern.compile("0|[1-9]\\d{0,8}");

    /**
     * @param segment value of {@code _HLS_msn}, empty for none
     * @param part value of {@code _HLS_part}, empty for none
     * @return what they say; or INVALID where they are no numbers (one way to write each), or there is a part of no segment
     */
    static Awaited of(String segment, String part) {
        if (!SEGMENT.matcher(segment).matches()
                || !part.isEmpty() && !PART.matcher(part).matches()) {
            throw Failure.invalid("_HLS_msn is the number of a segment, and _HLS_part one of its parts");
        }
        return new Awaited(Long.parseLong(segment), part.isEmpty() ? WHOLE : Integer.parseInt(part));
    }
}
