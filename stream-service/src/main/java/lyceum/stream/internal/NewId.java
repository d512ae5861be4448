package lyceum.stream.internal;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.platform.Failure;

/**
 * The id that an entry is to get.
 *
 * @param text what {@code XADD} takes, or the milliseconds where the sequence number is to be found
 * @param isSequenceOpen whether the sequence number is to be the next one of that millisecond
 */
record NewId(String text, boolean isSequenceOpen) {

    /** Of the clock of Redis. */
    static final NewId SERVER = new NewId("*", false);

    private static final Set<String> SERVER_FORMS = Set.of("", "0", "*");
    private static final Pattern OPEN_SEQUENCE = Pattern.compile("(\\d{1,20})-\\*");

    /** @param text a form of {@code StreamService.NewEntry}; INVALID where it is none */
    static NewId parse(String text) {
        if (text == null || SERVER_FORMS.contains(text)) {
            return SERVER;
        }
        Matcher open = OPEN_SEQUENCE.matcher(text);
        if (open.matches()) {
            return new NewId(Long.toUnsignedString(parsed(open.group(1)).millis()), true);
        }
        return new NewId(parsed(text).toString(), false);
    }

    /** @return the id of this time with sequence number 0 */
    static NewId at(long millis) {
        return new NewId(new EntryId(millis, 0).toString(), false);
    }

    /** @return whether it is not the clock of Redis that tells the time, and it is later */
    boolean isLaterThan(long millis) {
        return this != SERVER && Long.compareUnsigned(Long.parseUnsignedLong(text.split("-", 2)[0]), millis) > 0;
    }

    private static EntryId parsed(String text) {
        return EntryId.parse(text).orElseThrow(() -> Failure.invalid("'%s' is no entry id".formatted(text)));
    }
}
