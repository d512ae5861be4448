package lyceum.gateway.stream;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first thing wrong with a text that should be JSON, in the words of the original's parser (Python 3.11,
 * {@code json.decoder}), which its answers quote.
 *
 * @param message for people
 * @param position in characters (code points) from 0
 * @param line from 1
 * @param column from 1
 */
public record JsonFault(String message, int position, int line, int column) {

    /** @return what is wrong; empty where that parser would find nothing: it takes {@code NaN}, or gives up */
    public static Optional<JsonFault> find(String text) {
        try {
            new Scanner(text).document();
            return Optional.empty();
        } catch (Fault fault) {
            return fault.getMessage().isEmpty() ? Optional.empty() : Optional.of(at(text, fault));
        }
    }

    private static JsonFault at(String text, Fault fault) {
        String before = text.substring(0, fault.position);
        int lineStart = before.lastIndexOf('\n') + 1;
        return new JsonFault(
                fault.getMessage(),
                before.codePointCount(0, before.length()),
                (int) before.chars().filter(character -> character == '\n').count() + 1,
                before.codePointCount(lineStart, before.length()) + 1);
    }

    /** @return the message with its place, as Python words it */
    public String text() {
        return "%s: line %d column %d (char %d)".formatted(message, line, column, position);
    }

    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int position;

        Fault(String message, int position) {
            super(message, null, false, false);
            this.position = position;
        }
    }

    /** Goes over a text as that parser does, and keeps nothing of it. */
    private static final class Scanner {

        /** Python gives up at about twice this. */
        private static final int DEEPEST = 500;

        private static final List<String> WORDS = List.of("null", "true", "false", "NaN", "Infinity", "-Infinity");
        private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
        private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");

        private final String text;
        private int position;
        private int depth;

        Scanner(String text) {
            this.text = text;
        }

        void document() {
            skipSpace();
            value();
            skipSpace();
            if (position < text.length()) {
                throw new Fault("Extra data", position);
            }
        }

        private void value() {
            if (take('"')) {
                string();
            } else if (take('{')) {
                nested(this::members);
            } else if (take('[')) {
                nested(this::items);
            } else {
                wordOrNumber();
            }
        }

        private void nested(Runnable content) {
            depth++;
            if (depth > DEEPEST) {
                throw new Fault("", position);
            }
            content.run();
            depth--;
        }

        private void members() {
            skipSpace();
            if (take('}')) {
                return;
            }
            do {
                skipSpace();
                need('"', "Expecting property name enclosed in double quotes");
                string();
                skipSpace();
                need(':', "Expecting ':' delimiter");
                skipSpace();
                value();
                skipSpace();
            } while (!take('}') && need(',', "Expecting ',' delimiter"));
        }

        private void items() {
            skipSpace();
            if (take(']')) {
                return;
            }
            do {
                skipSpace();
                value();
                skipSpace();
            } while (!take(']') && need(',', "Expecting ',' delimiter"));
        }

        private void wordOrNumber() {
            for (String word : WORDS) {
                if (text.startsWith(word, position)) {
                    position += word.length();
                    return;
                }
            }
            Matcher number = NUMBER.matcher(text).region(position, text.length());
            if (!number.lookingAt()) {
                throw new Fault("Expecting value", position);
            }
            position = number.end();
        }

        /** Behind the first quotation mark. */
        private void string() {
            int begin = position - 1;
            while (!take('"')) {
                if (position >= text.length()) {
                    throw new Fault("Unterminated string starting at", begin);
                }
                if (text.charAt(position) < ' ') {
                    throw new Fault("Invalid control character at", position);
                }
                if (take('\\')) {
                    escape(begin);
                } else {
                    position++;
                }
            }
        }

        private void escape(int begin) {
            if (position >= text.length()) {
                throw new Fault("Unterminated string starting at", begin);
            }
            if ("\"\\/bfnrt".indexOf(text.charAt(position)) >= 0) {
                position++;
            } else if (text.charAt(position) != 'u') {
                throw new Fault("Invalid \\escape", position - 1);
            } else if (position + 5 >= text.length()
                    || !HEX.matcher(text.substring(position + 1, position + 5)).matches()) {
                throw new Fault("Invalid \\uXXXX escape", position);
            } else {
                position += 5;
            }
        }

        private void skipSpace() {
            while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
        }

        private boolean take(char wanted) {
            boolean isHere = position < text.length() && text.charAt(position) == wanted;
            if (isHere) {
                position++;
            }
            return isHere;
        }

        private boolean need(char wanted, String message) {
            if (!take(wanted)) {
                throw new Fault(message, position);
            }
            return true;
        }
    }
}
