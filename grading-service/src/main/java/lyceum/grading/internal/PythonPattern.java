package lyceum.grading.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a regular expression of Python's {@code re} as one of Java's that means the same, or refuses it where there is none.
 * What both read alike is left as it is, mistakes among it: Java's own reader tells of those.
 */
final class PythonPattern {

    private static final String ESCAPES = "abBdDsSwWAZfnrtvxuUN";
    private static final String ESCAPES_IN_CLASS = "abdDsSwWfnrtvxuUN";
    private static final Pattern CHARACTER = Pattern.compile("0[0-7]{0,2}|[1-3][0-7]{2}");
    private static final Pattern CHARACTER_IN_CLASS = Pattern.compile("[0-7]{1,3}");
    private static final Pattern LONG_CHARACTER = Pattern.compile("U([0-9a-fA-F]{8})");
    private static final Pattern REPETITION = Pattern.compile("\\{(?:(\\d+)}|(\\d*),(\\d*)})");
    private static final Pattern FLAGS = Pattern.compile("\\(\\?([aiLmsux]+)\\)");
    private static final Pattern NAMED = Pattern.compile("\\(\\?P<([A-Za-z_]\\w*)>");
    private static final Pattern SAME = Pattern.compile("\\(\\?P=(\\w+)\\)");
    private static final Pattern COMMENT = Pattern.compile("\\(\\?#[^)]*\\)");

    private final String python;
    private final StringBuilder java = new StringBuilder();
    private final StringBuilder flags = new StringBuilder();
    private final Map<String, String> names = new HashMap<>();

    private int at;

    private PythonPattern(String python) {
        this.python = python;
    }

    /** @throws IllegalArgumentException with the reason in a few words */
    static String toJava(String python) {
        return new PythonPattern(python).translate();
    }

    private String translate() {
        while (at < python.length()) {
            char next = python.charAt(at);
            switch (next) {
                case '\\' -> escape(CHARACTER, ESCAPES);
                case '[' -> characterClass();
                case '{' -> brace();
                case '(' -> group();
                default -> copy();
            }
        }
        // Wherever they stand, Python's are those of the whole.
        return flags.isEmpty() ? java.toString() : "(?" + flags + ")" + java;
    }

    private void copy() {
        java.append(python.charAt(at++));
    }

    /** @return whether what is next looks so, which then is read */
    private boolean take(Matcher expected) {
        boolean isNext = expected.region(at, python.length()).lookingAt();
        if (isNext) {
            at = expected.end();
        }
        return isNext;
    }

    private void escape(Pattern octal, String known) {
        at++;
        if (at == python.length()) {
            throw new IllegalArgumentException("a backslash is the last character");
        }
        Matcher octals = octal.matcher(python);
        Matcher longer = LONG_CHARACTER.matcher(python);
        if (take(octals)) {
            character(Integer.parseInt(octals.group(), 8));
        } else if (take(longer)) {
            character(Integer.parseUnsignedInt(longer.group(1), 16));
        } else {
            letter(python.charAt(at++), known);
        }
    }

    private void letter(char escaped, String known) {
        boolean isLetter = (escaped >= 'a' && escaped <= 'z') || (escaped >= 'A' && escaped <= 'Z');
        if (isLetter && known.indexOf(escaped) < 0) {
            throw new IllegalArgumentException("\\" + escaped + " is no escape of Python's");
        }
        if (escaped == 'v') {
            character(0x0B);
        } else if (escaped == 'b' && known.equals(ESCAPES_IN_CLASS)) {
            character('\b');
        } else {
            java.append('\\').append(escaped == 'Z' ? 'z' : escaped);
        }
    }

    private void character(int codePoint) {
        java.append("\\x{").append(Integer.toHexString(codePoint)).append('}');
    }

    /** Java's may have others in them, and intersections. */
    private void characterClass() {
        copy();
        if (python.startsWith("^", at)) {
            copy();
        }
        if (python.startsWith("]", at)) {
            java.append('\\');
            copy();
        }
        while (at < python.length() && python.charAt(at) != ']') {
            char next = python.charAt(at);
            if (next == '\\') {
                escape(CHARACTER_IN_CLASS, ESCAPES_IN_CLASS);
                continue;
            }
            if (next == '[' || next == '&' || next == '^') {
                java.append('\\');
            }
            copy();
        }
        if (at == python.length()) {
            throw new IllegalArgumentException("unclosed character class");
        }
        copy();
    }

    /** What is no repetition is a brace. */
    private void brace() {
        Matcher repetition = REPETITION.matcher(python);
        if (!take(repetition)) {
            java.append('\\');
            copy();
        } else if ("".equals(repetition.group(2))) {
            java.append("{0,").append(repetition.group(3)).append('}');
        } else {
            java.append(repetition.group());
        }
    }

    private void group() {
        Matcher options = FLAGS.matcher(python);
        Matcher named = NAMED.matcher(python);
        Matcher same = SAME.matcher(python);
        if (take(options)) {
            addFlags(options.group(1));
        } else if (take(named)) {
            java.append("(?<").append(name(named.group(1))).append('>');
        } else if (take(same)) {
            java.append("\\k<").append(name(same.group(1))).append('>');
        } else if (python.startsWith("(?(", at)) {
            throw new IllegalArgumentException("a condition, (?(…)…|…), cannot be used here");
        } else if (!take(COMMENT.matcher(python))) {
            copy();
        }
    }

    /** Java's names have no underscores. */
    private String name(String sent) {
        return names.computeIfAbsent(sent, any -> "n" + names.size());
    }

    private void addFlags(String letters) {
        for (char letter : letters.toCharArray()) {
            switch (letter) {
                case 'x' -> throw new IllegalArgumentException("the flag x cannot be used here");
                case 'u' -> flags.append('U');
                case 'a', 'L' -> {} // as Java takes texts anyway
                default -> flags.append(letter);
            }
        }
    }
}
