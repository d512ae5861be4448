package lyceum.gateway.judge0;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as a shell does: at white space, with quotes and backslashes. Judge0 pastes the line behind a
 * command of bash, without the characters by which more than arguments could be said; here no shell sees it.
 */
final class ShellWords {

    private static final String UNSAFE = "[$&;<>|`]";

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    private boolean isInWord;
    private int position;

    private ShellWords(String line) {
        this.line = line;
    }

    /** @return the words; a quote that is never closed ends with the line */
    static List<String> split(String line) {
        return new ShellWords(line.replaceAll(UNSAFE, "")).split();
    }

    private List<String> split() {
        while (position < line.length()) {
            take(line.charAt(position++));
        }
        endWord();
        return words;
    }

    private void take(char character) {
        switch (character) {
            case ' ', '\t', '\n', '\r' -> endWord();
            case '\'' -> quote('\'');
            case '"' -> quote('"');
            case '\\' -> append(position < line.length() ? line.charAt(position++) : character);
            default -> append(character);
        }
    }

    private void quote(char end) {
        isInWord = true;
        while (position < line.length() && line.charAt(position) != end) {
            char character = line.charAt(position++);
            append(end == '"' && character == '\\' ? escaped() : character);
        }
        position++;
    }

    /** Between double quotes a backslash means itself, save before these two. */
    private char escaped() {
        boolean isEscape = position < line.length() && "\"\\".indexOf(line.charAt(position)) >= 0;
        return isEscape ? line.charAt(position++) : '\\';
    }

    private void append(char character) {
        isInWord = true;
        word.append(character);
    }

    private void endWord() {
        if (isInWord) {
            words.add(word.toString());
            word.setLength(0);
            isInWord = false;
        }
    }
}
