package lyceum.grading.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a teacher, in Python's words, matched at the start of a text and not necessarily to its end. It
 * may be one that backtracks for years on a text that a student chose: matching ends after {@link #MAX_STEPS} looks at a
 * character, some milliseconds.
 */
final class AnchoredPattern {

    /** What no sane pattern needs for a path or an address. */
    static final int MAX_STEPS = 200_000;

    /** Matching goes as deep as a text is long. */
    static final int MAX_TEXT_CHARS = 2048;

    private static final int MAX_PATTERN_CHARS = 1024;

    private final String source;
    private final Pattern pattern;

    private AnchoredPattern(String source, Pattern pattern) {
        this.source = source;
        this.pattern = pattern;
    }

    /**
     * @param python as in Python's {@code re}
     * @throws IllegalArgumentException with the reason in one line
     */
    static AnchoredPattern of(String python) {
        if (python.length() > MAX_PATTERN_CHARS) {
            throw new IllegalArgumentException("a pattern has more than " + MAX_PATTERN_CHARS + " characters");
        }
        try {
            // As in Python only \n ends a line.
            return new AnchoredPattern(python, Pattern.compile(PythonPattern.toJava(python), Pattern.UNIX_LINES));
        } catch (PatternSyntaxException e) {
            throw refused(python, e.getDescription().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw refused(python, e.getMessage());
        }
    }

    private static IllegalArgumentException refused(String python, String reason) {
        return new IllegalArgumentException("pattern \"" + python + "\": " + reason);
    }

    /** @return the pattern as the teacher wrote it */
    String source() {
        return source;
    }

    /**
     * @return whether the text begins so
     * @throws Undecided where that takes too many steps, or the text is longer than any path or address
     */
    boolean matches(String text) throws Undecided {
        if (text.length() > MAX_TEXT_CHARS) {
            throw new Undecided();
        }
        Matcher matcher = pattern.matcher(new Counted(text, 0, text.length(), new int[1]));
        try {
            return matcher.lookingAt();
        } catch (TooManySteps | StackOverflowError tooMuch) {
            throw new Undecided();
        }
    }

    /** Whether a text matches cannot be told in time. */
    static final class Undecided extends Exception {

        private static final long serialVersionUID = 1L;

        Undecided() {
            super("pattern takes too long", null, false, false);
        }
    }

    private static final class TooManySteps extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super(null, null, false, false);
        }
    }

    /** A text that counts how often it is looked at. */
    private record Counted(String text, int start, int end, int[] steps) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (++steps[0] > MAX_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(start + index);
        }

        @Override
        public int length() {
            return end - start;
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Counted(text, start + from, start + to, steps);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }
}
