package lyceum.gateway.stream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From where a stream may be read: the newest, nothing that is there, or what is behind an id. */
public final class Positions {

    /** Both numbers of an id have 64 bits, without a sign. */
    private static final Pattern FORM = Pattern.compile("\\*|\\$|(\\d{1,20})(?:-(\\d{1,20}))?");

    private Positions() {}

    /** @return whether a text is one */
    public static boolean isOne(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && isNumber(matcher.group(1)) && isNumber(matcher.group(2));
    }

    private static boolean isNumber(String digits) {
        if (digits == null) {
            return true;
        }
        try {
            Long.parseUnsignedLong(digits);
            return true;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }
}
