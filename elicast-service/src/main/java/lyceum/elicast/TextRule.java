package lyceum.elicast;

import lyceum.platform.Failure;

/**
 * How long a text may be, in Unicode code points. A text with U+0000 breaks every rule: PostgreSQL cannot keep one.
 *
 * @param least shortest length
 * @param most longest length
 * @param failure what the client is told where the rule is broken
 */
public record TextRule(int least, int most, String failure) {

    /** @return the text itself; fails with INVALID where it breaks the rule */
    public String check(String text) {
        int length = text.codePointCount(0, text.length());
        if (length < least || length > most || text.indexOf(0) >= 0) {
            throw Failure.invalid(failure);
        }
        return text;
    }

    /** @return the text itself or null; fails with INVALID where it breaks the rule */
    public String checkUnlessNull(String text) {
        return text == null ? null : check(text);
    }
}
