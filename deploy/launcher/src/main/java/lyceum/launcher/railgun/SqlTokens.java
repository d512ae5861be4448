package lyceum.launcher.railgun;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The words, names, texts and signs of a dump, one after the other. Comments are passed over. */
final class SqlTokens {

    /** Longer than any text that a table of the original holds; a text that never ends is not a dump. */
    static final int MOST_BYTES = 64 * 1024 * 1024;

    private static final int END = -1;
    private static final int LOOK_AHEAD = 2;

    private final PushbackInputStream bytes;
    private boolean hasBackslashes;

    SqlTokens(InputStream dump) {
        bytes = new PushbackInputStream(new BufferedInputStream(dump), LOOK_AHEAD);
    }

    /** What a token is. */
    enum Kind {
        /** Keyword, number or name without quotes. */
        WORD,
        /** Name in quotes. */
        NAME,
        TEXT,
        SIGN,
        END
    }

    /** @param text without its quotes, as UTF-8 */
    record Token(Kind kind, String text) {

        boolean isSign(char sign) {
            return kind == Kind.SIGN && text.charAt(0) == sign;
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    Token next() throws IOException {
        int first = skipBlanks();
        if (first == END) {
            return new Token(Kind.END, "");
        }
        if (first == '\'') {
            return new Token(Kind.TEXT, text('\'', hasBackslashes));
        }
        if (first == '`') {
            // Only MySQL writes them, and only MySQL writes backslashes in ordinary texts.
            hasBackslashes = true;
            return new Token(Kind.NAME, text('`', false));
        }
        if (first == '"') {
            return new Token(Kind.NAME, text('"', false));
        }
        if (isOfWord(first)) {
            return word(first);
        }
        return new Token(Kind.SIGN, Character.toString(first));
    }

    /** @return the next line of what follows {@code COPY … FROM stdin;} as it is; null behind the last one */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = bytes.read();
        if (next == END) {
            return null;
        }
        for (; next != END && next != '\n'; next = bytes.read()) {
            add(line, next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int skipBlanks() throws IOException {
        int next = bytes.read();
        while (true) {
            if (next == '#' || next == '-' && follows('-')) {
                line();
            } else if (next == '/' && follows('*')) {
                skipComment();
            } else if (next == END || !Character.isWhitespace(next)) {
                return next;
            }
            next = bytes.read();
        }
    }

    private boolean follows(int wanted) throws IOException {
        int next = bytes.read();
        if (next != END && next != wanted) {
            bytes.unread(next);
        }
        return next == wanted;
    }

    private void skipComment() throws IOException {
        for (int next = bytes.read(); next != END; next = bytes.read()) {
            if (next == '*' && follows('/')) {
                return;
            }
        }
    }

    private Token word(int first) throws IOException {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        int next = first;
        while (isOfWord(next)) {
            add(word, next);
            next = bytes.read();
        }
        String text = word.toString(StandardCharsets.UTF_8);
        if (next == '\'' && text.equalsIgnoreCase("x")) {
            return new Token(Kind.TEXT, hex(text('\'', false)));
        }
        if (next == '\'' && text.equalsIgnoreCase("e")) {
            return new Token(Kind.TEXT, text('\'', true));
        }
        if (next != END) {
            bytes.unread(next);
        }
        if (text.equalsIgnoreCase("_binary")) {
            return next();
        }
        return text.startsWith("0x") ? new Token(Kind.TEXT, hex(text.substring(2))) : new Token(Kind.WORD, text);
    }

    private static String hex(String digits) throws IOException {
        try {
            return new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a dump: bytes that are not hexadecimal", e);
        }
    }

    private static boolean isOfWord(int next) {
        return next == '_'
                || next == '.'
                || next == '-'
                || next == '+'
                || next > 0x7F
                || Character.isLetterOrDigit(next);
    }

    private String text(int quote, boolean isEscaped) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            int next = bytes.read();
            if (next == END) {
                throw new IOException("not a dump: a text that does not end");
            }
            if (next == quote && !follows(quote)) {
                return text.toString(StandardCharsets.UTF_8);
            }
            add(text, next == '\\' && isEscaped ? unescaped(bytes.read()) : next);
        }
    }

    private static int unescaped(int character) {
        return switch (character) {
            case '0' -> 0;
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> 26;
            default -> character;
        };
    }

    private static void add(ByteArrayOutputStream to, int next) throws IOException {
        if (to.size() >= MOST_BYTES) {
            throw new IOException("not a dump: a text of more than %d bytes".formatted(MOST_BYTES));
        }
        to.write(next);
    }
}
