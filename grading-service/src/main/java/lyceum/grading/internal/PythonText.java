package lyceum.grading.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** How Python 2 writes the values of JSON: {@code str} and {@code repr} of them (contracts/grading.md, section 4.2). */
final class PythonText {

    /** {@code str} of a float shows so many significant digits, {@code repr} as many as tell it from all others. */
    private static final int STR_DIGITS = 12;

    private static final int REPR_DIGITS = 17;
    private static final BigInteger LONGEST_INT = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger SHORTEST_INT = BigInteger.valueOf(Long.MIN_VALUE);

    private PythonText() {}

    /** @return {@code str(value)}: a string is itself */
    static String str(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Double number) {
            return real(number, STR_DIGITS, STR_DIGITS - 1);
        }
        return value instanceof BigInteger integer ? integer.toString() : repr(value);
    }

    /** @return {@code repr(value)} */
    static String repr(Object value) {
        StringBuilder text = new StringBuilder();
        repr(value, text);
        return text.toString();
    }

    private static void repr(Object value, StringBuilder text) {
        if (value == null) {
            text.append("None");
        } else if (value instanceof Boolean truth) {
            text.append(truth ? "True" : "False");
        } else if (value instanceof String string) {
            string(string, text);
        } else if (value instanceof Double number) {
            text.append(shortest(number));
        } else if (value instanceof BigInteger integer) {
            boolean isLong = integer.compareTo(LONGEST_INT) > 0 || integer.compareTo(SHORTEST_INT) < 0;
            text.append(integer).append(isLong ? "L" : "");
        } else if (value instanceof Map<?, ?> map) {
            map(map, text);
        } else if (value instanceof List<?> list) {
            list(list, text);
        } else {
            text.append(value);
        }
    }

    private static void list(List<?> list, StringBuilder text) {
        text.append('[');
        for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
            repr(items.next(), text);
            text.append(items.hasNext() ? ", " : "");
        }
        text.append(']');
    }

    private static void map(Map<?, ?> map, StringBuilder text) {
        text.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            repr(entry.getKey(), text);
            text.append(": ");
            repr(entry.getValue(), text);
            text.append(entries.hasNext() ? ", " : "");
        }
        text.append('}');
    }

    private static void string(String string, StringBuilder text) {
        char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
        text.append('u').append(quote);
        string.codePoints().forEach(character -> {
            switch (character) {
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (character == quote) {
                        text.append('\\').append(quote);
                    } else if (character >= ' ' && character < 0x7f) {
                        text.append((char) character);
                    } else {
                        String form = character <= 0xff ? "\\x%02x" : character <= 0xffff ? "\\u%04x" : "\\U%08x";
                        text.append(String.format(form, character));
                    }
                }
            }
        });
        text.append(quote);
    }

    /** Double.toString has sometimes more digits than needed before JDK 19. */
    private static String shortest(double number) {
        int digits = 1;
        while (digits < REPR_DIGITS
                && Double.isFinite(number)
                && new BigDecimal(number)
                                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                                .doubleValue()
                        != number) {
            digits++;
        }
        return real(number, digits, REPR_DIGITS - 1);
    }

    /**
     * @param digits significant ones, trailing zeros are not shown
     * @param wholeDigits how many may stand before the point without an exponent
     */
    private static String real(double number, int digits, int wholeDigits) {
        if (!Double.isFinite(number)) {
            return PythonNumbers.notFinite(number);
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal rounded = new BigDecimal(number)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= wholeDigits) {
            return PythonNumbers.scientific(rounded, rounded.precision() - 1, false);
        }
        return (rounded.scale() < 1 ? rounded.setScale(1) : rounded).toPlainString();
    }
}
