package lyceum.gateway.social;

import java.util.Optional;

/** Texts of clients, as the contract wants them (section 6). */
final class SocialText {

    private SocialText() {}

    /**
     * @param value as it came
     * @param limitCharacters in code points, after trimming
     * @return the text without white space around it, maybe nothing is left of it; empty where it is none, is too long, or
     *     has U+0000 or half a character, which PostgreSQL does not store
     */
    static Optional<String> read(Object value, int limitCharacters) {
        return Optional.ofNullable(value)
                .filter(String.class::isInstance)
                .map(text -> trim((String) text))
                .filter(text -> text.codePointCount(0, text.length()) <= limitCharacters)
                .filter(text -> text.codePoints().noneMatch(SocialText::isUnstorable));
    }

    /** Neither {@link String#trim} nor {@link String#strip} has that set. */
    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\u0085';
    }

    /** A surrogate that is a code point of its own has no other half. */
    private static boolean isUnstorable(int codePoint) {
        return codePoint == 0 || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
