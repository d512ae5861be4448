package lyceum.grading.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Python 2's {@code template % arguments} with arguments by name (contracts/grading.md, section 4.2). A conversion without
 * a name gets the whole mapping, once, as in Python.
 *
 * <p>What comes out is bounded, whatever the template says: {@link #MAX_WIDTH} for one field, and all of it by eight times
 * what went in.
 */
final class PythonFormat {

    /** Of a field, and of digits behind a point. */
    static final int MAX_WIDTH = 4096;

    private static final int MAX_GROWTH = 8;
    private static final int ALWAYS_FINE_CHARS = 4096;
    private static final String FLAGS = "-+ #0";

    private final String template;
    private final Map<String, Object> arguments;
    private final StringBuilder out = new StringBuilder();
    private final long maxChars;
    private int at;

    /** What the next conversion gets: what was named last, or all; each only once. */
    private Object next;

    private boolean nextLeft = true;

    private PythonFormat(String template, Map<String, Object> arguments) {
        this.template = template;
        this.arguments = arguments;
        this.next = arguments;
        this.maxChars = ALWAYS_FINE_CHARS + MAX_GROWTH * (template.length() + chars(arguments));
    }

    /**
     * @return the template with the arguments in it
     * @throws NotRenderable where Python would raise, or the result would be too long
     */
    static String format(String template, Map<String, Object> arguments) throws NotRenderable {
        return new PythonFormat(template, arguments).format();
    }

    private static long chars(Object value) {
        long chars = 32;
        if (value instanceof String text) {
            chars += text.length();
        } else if (value instanceof List<?> list) {
            chars += list.stream().mapToLong(PythonFormat::chars).sum();
        } else if (value instanceof Map<?, ?> map) {
            chars += map.entrySet().stream()
                    .mapToLong(entry -> chars(entry.getKey()) + chars(entry.getValue()))
                    .sum();
        }
        return chars;
    }

    private String format() throws NotRenderable {
        while (at < template.length()) {
            char character = template.charAt(at++);
            if (character == '%') {
                out.append(placeholder());
            } else {
                out.append(character);
            }
            if (out.length() > maxChars) {
                throw new NotRenderable("longer than " + maxChars + " characters");
            }
        }
        return out.toString();
    }

    private String placeholder() throws NotRenderable {
        if (peek() == '(') {
            String name = name();
            if (!arguments.containsKey(name)) {
                throw new NotRenderable("argument missing");
            }
            next = arguments.get(name);
            nextLeft = true;
        }
        String flags = flags();
        int width = number();
        int precision = -1;
        if (peek() == '.') {
            at++;
            precision = number();
        }
        if ("hlL".indexOf(peek()) >= 0) {
            at++;
        }
        char conversion = peek();
        at++;
        if (conversion == '%') {
            return pad("%", flags.indexOf('-') >= 0, width);
        }
        if (!nextLeft) {
            throw new NotRenderable("not enough arguments");
        }
        nextLeft = false;
        return convert(next, conversion, flags, width, precision);
    }

    private String convert(Object value, char conversion, String flags, int width, int precision) throws NotRenderable {
        boolean left = flags.indexOf('-') >= 0;
        switch (conversion) {
            case 's', 'r':
                return pad(
                        cut(conversion == 's' ? PythonText.str(value) : PythonText.repr(value), precision),
                        left,
                        width);
            case 'c':
                return pad(character(value), left, width);
            case 'd', 'i', 'u', 'o', 'x', 'X':
                return sign(integer(value, conversion, flags, precision), conversion, flags, width);
            case 'e', 'E', 'f', 'F', 'g', 'G':
                String text = PythonNumbers.convert(
                        real(value),
                        Character.toLowerCase(conversion),
                        precision < 0 ? 6 : precision,
                        flags.indexOf('#') >= 0);
                return sign(
                        Character.isUpperCase(conversion) ? text.toUpperCase(Locale.ROOT) : text,
                        conversion,
                        flags,
                        width);
            default:
                throw new NotRenderable("unsupported conversion");
        }
    }

    /** Parentheses nest. */
    private String name() throws NotRenderable {
        int start = ++at;
        for (int depth = 1; at < template.length(); ) {
            char character = template.charAt(at++);
            if (character == '(') {
                depth++;
            } else if (character == ')' && --depth == 0) {
                return template.substring(start, at - 1);
            }
        }
        throw new NotRenderable("incomplete name");
    }

    private String flags() throws NotRenderable {
        int start = at;
        while (FLAGS.indexOf(peek()) >= 0) {
            at++;
        }
        return template.substring(start, at);
    }

    private int number() throws NotRenderable {
        int number = 0;
        while (peek() >= '0' && peek() <= '9') {
            number = number * 10 + template.charAt(at++) - '0';
            if (number > MAX_WIDTH) {
                throw new NotRenderable("wider than " + MAX_WIDTH);
            }
        }
        return number;
    }

    private char peek() throws NotRenderable {
        if (at >= template.length()) {
            throw new NotRenderable("incomplete format");
        }
        return template.charAt(at);
    }

    private static String cut(String text, int precision) {
        return precision < 0 || text.codePointCount(0, text.length()) <= precision
                ? text
                : text.substring(0, text.offsetByCodePoints(0, precision));
    }

    private static String pad(String text, boolean left, int width) {
        String blanks = " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
        return left ? text + blanks : blanks + text;
    }

    /** The sign, and 0x, stand before zeros and behind blanks. */
    private static String sign(String text, char conversion, String flags, int width) {
        String sign = text.startsWith("-") ? "-" : flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
        String digits = text.startsWith("-") ? text.substring(1) : text;
        boolean hexadecimal = flags.indexOf('#') >= 0 && (conversion == 'x' || conversion == 'X');
        String prefix = hexadecimal ? sign + "0" + conversion : sign;
        if (flags.indexOf('0') >= 0 && flags.indexOf('-') < 0) {
            return prefix + "0".repeat(Math.max(0, width - prefix.length() - digits.length())) + digits;
        }
        return pad(prefix + digits, flags.indexOf('-') >= 0, width);
    }

    private static String integer(Object value, char conversion, String flags, int precision) throws NotRenderable {
        BigInteger integer = integer(value);
        int radix = conversion == 'o' ? 8 : conversion == 'x' || conversion == 'X' ? 16 : 10;
        // As in C: no digit at all of a zero that may have none.
        String digits =
                precision == 0 && integer.signum() == 0 ? "" : integer.abs().toString(radix);
        digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
        if (conversion == 'o' && flags.indexOf('#') >= 0 && !digits.startsWith("0")) {
            digits = "0" + digits;
        }
        return (integer.signum() < 0 ? "-" : "") + (conversion == 'X' ? digits.toUpperCase(Locale.ROOT) : digits);
    }

    private static BigInteger integer(Object value) throws NotRenderable {
        if (value instanceof Boolean truth) {
            return truth ? BigInteger.ONE : BigInteger.ZERO;
        }
        if (value instanceof BigInteger integer) {
            return integer;
        }
        if (value instanceof Double number) {
            if (!Double.isFinite(number)) {
                throw new NotRenderable("not finite");
            }
            return new BigDecimal(number).toBigInteger();
        }
        if (value instanceof Number number) {
            return BigInteger.valueOf(number.longValue());
        }
        throw new NotRenderable("a number is required");
    }

    private static double real(Object value) throws NotRenderable {
        if (value instanceof Double number) {
            return number;
        }
        double number = integer(value).doubleValue();
        if (!Double.isFinite(number)) {
            throw new NotRenderable("integer too large");
        }
        return number;
    }

    private static String character(Object value) throws NotRenderable {
        if (value instanceof String text) {
            if (text.codePointCount(0, text.length()) != 1) {
                throw new NotRenderable("one character is required");
            }
            return text;
        }
        BigInteger character = integer(value);
        if (character.signum() < 0 || character.bitLength() > 21 || !Character.isValidCodePoint(character.intValue())) {
            throw new NotRenderable("no character");
        }
        return Character.toString(character.intValue());
    }

    /** Python would raise here. */
    static final class NotRenderable extends Exception {

        private static final long serialVersionUID = 1L;

        NotRenderable(String reason) {
            super(reason, null, false, false);
        }
    }
}
