package lyceum.gateway.file;

import io.netty.handler.codec.DateFormatter;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what a client knows a file that it has had (RFC 9110, section 8.8), and what its conditions come to (section 13).
 *
 * @param tag a strong one, without quotes
 * @param modified when it was stored
 */
public record Validators(String tag, Instant modified) {

    /** What becomes of a request with conditions. */
    public enum Outcome {
        /** It is answered as if it had none. */
        GO_ON,
        /** The client has it already, 304. */
        NOT_MODIFIED,
        /** What the client relies on is not so, 412. */
        FAILED
    }

    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    /** @return what {@code ETag} says */
    public String entityTag() {
        return '"' + tag + '"';
    }

    /** @return what {@code Last-Modified} says, in whole seconds */
    public String lastModified() {
        return DateFormatter.format(Date.from(modified));
    }

    /** @param headers of a GET or HEAD. @return what its conditions come to, in the order of RFC 9110, section 13.2.2 */
    public Outcome of(MultiMap headers) {
        String ifMatch = headers.get("If-Match");
        Optional<Long> unmodifiedSince = seconds(headers.get("If-Unmodified-Since"));
        if (ifMatch != null
                ? !isListed(ifMatch, true)
                : unmodifiedSince.filter(this::isNewerThan).isPresent()) {
            return Outcome.FAILED;
        }
        String ifNoneMatch = headers.get("If-None-Match");
        Optional<Long> modifiedSince = seconds(headers.get("If-Modified-Since"));
        boolean isKnown = ifNoneMatch != null
                ? isListed(ifNoneMatch, false)
                : modifiedSince.filter(since -> !isNewerThan(since)).isPresent();
        return isKnown ? Outcome.NOT_MODIFIED : Outcome.GO_ON;
    }

    /**
     * @param ifRange the header {@code If-Range}; null where there is none
     * @param now a date says what a file is only when it is older than the clock is exact
     * @return whether a part may be sent: else the client's other parts are of another file, and it gets the whole one
     */
    public boolean allowsPart(String ifRange, Instant now) {
        if (ifRange == null) {
            return true;
        }
        Matcher given = TAG.matcher(ifRange.strip());
        if (given.matches()) {
            return given.group(1) == null && given.group(2).equals(tag);
        }
        boolean isExact = modified.getEpochSecond() + 1 < now.getEpochSecond();
        return isExact
                && seconds(ifRange)
                        .filter(date -> date == modified.getEpochSecond())
                        .isPresent();
    }

    private boolean isNewerThan(long epochSecond) {
        return modified.getEpochSecond() > epochSecond;
    }

    /** @param strongly whether a weak tag matches nothing */
    private boolean isListed(String list, boolean strongly) {
        return EntityTags.isAny(list) || (strongly ? EntityTags.strong(list) : EntityTags.all(list)).contains(tag);
    }

    /** All three forms of a date (RFC 9110, section 5.6.7); what is none is passed over. */
    private static Optional<Long> seconds(String date) {
        if (date == null || date.isBlank()) {
            return Optional.empty();
        }
        return Optional.ofNullable(DateFormatter.parseHttpDate(date))
                .map(found -> found.toInstant().getEpochSecond());
    }
}
