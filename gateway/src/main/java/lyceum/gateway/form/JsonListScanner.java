package lyceum.gateway.form;

import java.util.BitSet;

/**
 * Checks that a text is one JSON list (RFC 8259, strictly: no NaN, no control characters in strings, no comma at the
 * end), as it arrives, and tells what its items are. Memory is a constant: nesting is bounded.
 */
final class JsonListScanner {

    /** Deeper lists and objects are refused; the original stopped at about a thousand. */
    private static final int DEPTH_LIMIT = 500;

    /** Told of the items of the list, not of what is inside them; whoever does not care does nothing. */
    interface Items {

        /** An item that is a string begins. */
        default void stringBegins() {}

        /** A stretch of the present string without escapes. */
        default void plain(byte[] bytes, int from, int to) {}

        /** An escape in the present string as it stands in the source, {@code \n} or {@code \}{@code u00e9}. */
        default void escape(byte[] source, int length) {}

        /** The present string ends. */
        default void stringEnds() {}

        /** An item that is no string begins. */
        default void otherItem() {}
    }

    /** For lists whose items do not matter. */
    static final Items ANY = new Items() {};

    private enum State {
        START,
        VALUE,
        VALUE_OR_END,
        KEY,
        KEY_OR_END,
        COLON,
        AFTER_VALUE,
        STRING,
        ESCAPE,
        UNICODE,
        NUMBER,
        LITERAL,
        END,
        INVALID
    }

    private static final int UNICODE_ESCAPE_LENGTH = 6;

    private final Items items;
    private final BitSet isObject = new BitSet();
    private final byte[] escape = new byte[UNICODE_ESCAPE_LENGTH];
    private final JsonNumber number = new JsonNumber();

    private State state = State.START;
    private int depth;
    private boolean isKey;
    private int escapeLength;
    private String literal;
    private int literalLength;

    JsonListScanner(Items items) {
        this.items = items;
    }

    /** @return whether the text can still become a list */
    boolean isValid() {
        return state != State.INVALID;
    }

    /** @return whether the text that was scanned is a list, whole */
    boolean isWhole() {
        return state == State.END;
    }

    void scan(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && state != State.INVALID) {
            i = state == State.STRING ? string(bytes, i, to) : next(bytes[i], i);
        }
    }

    /** @return where to go on: behind the byte, or at it again where it only ended a number */
    private int next(byte b, int i) {
        switch (state) {
            case ESCAPE -> escaped(b);
            case UNICODE -> unicode(b);
            case LITERAL -> literal(b);
            case NUMBER -> {
                if (!number.accept(b)) {
                    state = number.isWhole() ? State.AFTER_VALUE : State.INVALID;
                    return i;
                }
            }
            default -> structure(b);
        }
        return i + 1;
    }

    private int string(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] >= ' ' || bytes[i] < 0)) {
            i++;
        }
        if (isItem() && i > from) {
            items.plain(bytes, from, i);
        }
        if (i == to) {
            return i;
        }
        if (bytes[i] == '"') {
            endString();
        } else if (bytes[i] == '\\') {
            escape[0] = '\\';
            escapeLength = 1;
            state = State.ESCAPE;
        } else {
            state = State.INVALID;
        }
        return i + 1;
    }

    private void endString() {
        if (isKey) {
            state = State.COLON;
            isKey = false;
            return;
        }
        state = State.AFTER_VALUE;
        if (depth == 1) {
            items.stringEnds();
        }
    }

    private void escaped(byte b) {
        escape[escapeLength++] = b;
        switch (b) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> endEscape();
            case 'u' -> state = State.UNICODE;
            default -> state = State.INVALID;
        }
    }

    private void unicode(byte b) {
        if (Character.digit(b, 16) < 0) {
            state = State.INVALID;
            return;
        }
        escape[escapeLength++] = b;
        if (escapeLength == UNICODE_ESCAPE_LENGTH) {
            endEscape();
        }
    }

    private void endEscape() {
        state = State.STRING;
        if (isItem()) {
            items.escape(escape, escapeLength);
        }
    }

    private boolean isItem() {
        return depth == 1 && !isKey;
    }

    private void literal(byte b) {
        if (b != literal.charAt(literalLength++)) {
            state = State.INVALID;
        } else if (literalLength == literal.length()) {
            state = State.AFTER_VALUE;
        }
    }

    private void structure(byte b) {
        if (b == ' ' || b == '\t' || b == '\n' || b == '\r') {
            return;
        }
        switch (state) {
            case START -> state = b == '[' ? open(false) : State.INVALID;
            case VALUE -> value(b);
            case VALUE_OR_END -> {
                if (b == ']') {
                    close(b);
                } else {
                    value(b);
                }
            }
            case KEY -> key(b);
            case KEY_OR_END -> {
                if (b == '}') {
                    close(b);
                } else {
                    key(b);
                }
            }
            case COLON -> state = b == ':' ? State.VALUE : State.INVALID;
            case AFTER_VALUE -> afterValue(b);
            default -> state = State.INVALID;
        }
    }

    private void key(byte b) {
        isKey = true;
        state = b == '"' ? State.STRING : State.INVALID;
    }

    private void value(byte b) {
        if (depth == 1) {
            tellItem(b);
        }
        state = switch (b) {
            case '"' -> State.STRING;
            case '[' -> open(false);
            case '{' -> open(true);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number.begin(b) ? State.NUMBER : State.INVALID;
        };
    }

    private void tellItem(byte b) {
        if (b == '"') {
            items.stringBegins();
        } else {
            items.otherItem();
        }
    }

    private State literal(String text) {
        literal = text;
        literalLength = 1;
        return State.LITERAL;
    }

    private State open(boolean object) {
        if (depth == DEPTH_LIMIT) {
            return State.INVALID;
        }
        isObject.set(depth++, object);
        return object ? State.KEY_OR_END : State.VALUE_OR_END;
    }

    private void close(byte b) {
        depth--;
        if (isObject.get(depth) != (b == '}')) {
            state = State.INVALID;
        } else {
            state = depth == 0 ? State.END : State.AFTER_VALUE;
        }
    }

    private void afterValue(byte b) {
        if (b == ',') {
            state = isObject.get(depth - 1) ? State.KEY : State.VALUE;
        } else if (b == ']' || b == '}') {
            close(b);
        } else {
            state = State.INVALID;
        }
    }
}
