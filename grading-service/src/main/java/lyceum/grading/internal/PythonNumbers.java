package lyceum.grading.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The conversions e, f and g of C and Python: exact binary values, ties to even. */
final class PythonNumbers {

    private PythonNumbers() {}

    /** @return {@code nan}, {@code inf} or {@code -inf} */
    static String notFinite(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        return number > 0 ? "inf" : "-inf";
    }

    /**
     * @param conversion e, f or g
     * @param precision digits behind the point, of g significant ones
     * @param alternate whether the point, and of g the zeros at the end, always stand
     */
    static String convert(double number, char conversion, int precision, boolean alternate) {
        if (!Double.isFinite(number)) {
            return notFinite(number);
        }
        boolean negative = number < 0 || number == 0 && 1 / number < 0;
        BigDecimal exact = new BigDecimal(Math.abs(number));
        String text = switch (conversion) {
            case 'e' -> scientific(exact, precision, alternate);
            case 'f' -> fixed(exact, precision, alternate);
            default -> general(exact, Math.max(precision, 1), alternate);
        };
        return negative ? "-" + text : text;
    }

    /** @return one digit, {@code precision} behind the point, and an exponent of at least two digits */
    static String scientific(BigDecimal exact, int precision, boolean alternate) {
        BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = exact.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        BigDecimal mantissa = exact.signum() == 0 ? rounded : rounded.scaleByPowerOfTen(-exponent);
        return fixed(mantissa, precision, alternate)
                + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static String fixed(BigDecimal exact, int precision, boolean alternate) {
        String text = exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
        return alternate && precision == 0 ? text + "." : text;
    }

    private static String general(BigDecimal exact, int digits, boolean alternate) {
        BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = exact.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= digits) {
            int shown = alternate
                    ? digits - 1
                    : Math.max(rounded.stripTrailingZeros().precision() - 1, 0);
            return scientific(rounded, shown, alternate);
        }
        int shown = digits - 1 - exponent;
        if (!alternate) {
            shown = exact.signum() == 0
                    ? 0
                    : Math.max(rounded.stripTrailingZeros().scale(), 0);
        }
        return fixed(rounded, shown, alternate);
    }
}
