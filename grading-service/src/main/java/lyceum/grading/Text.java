package lyceum.grading;

import java.util.Map;

/**
 * A text for people. A plain one is shown as it is; a lazy one is translated and formatted when it is shown, in the
 * language of whoever looks (contracts/grading.md, section 4).
 *
 * @param text the text itself, or the English text of a lazy one, which is also its key among translations; null is empty
 * @param kwargs arguments by name, as JSON values in Java (null, Boolean, Integer, Long, BigInteger, Double, String, List,
 *     Map); null for a plain text
 */
public record Text(String text, Map<String, Object> kwargs) {

    /** @return a text that is shown as it is */
    public static Text plain(String text) {
        return new Text(text, null);
    }

    /** @return a text without arguments that is translated when it is shown */
    public static Text lazy(String text) {
        return new Text(text, Map.of());
    }

    /** @return whether it is shown as it is */
    public boolean isPlain() {
        return kwargs == null;
    }
}
