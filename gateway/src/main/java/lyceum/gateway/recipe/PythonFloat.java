package lyceum.gateway.recipe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes a number as Python does ({@code repr(float)}): with as few digits as tell it from its neighbours, and an exponent
 * only for what is very large or very small.
 */
final class PythonFloat {

    /** No double needs more. */
    private static final int MOST_DIGITS = 17;

    private static final int LEAST_PLAIN_EXPONENT = -4;
    private static final int LEAST_LARGE_EXPONENT = 16;

    private PythonFloat() {}

    static String text(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return Double.toString(number);
        }
        BigDecimal shortest = shortest(number).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return exponent >= LEAST_PLAIN_EXPONENT && exponent < LEAST_LARGE_EXPONENT
                ? shortest.setScale(Math.max(1, shortest.scale())).toPlainString()
                : "%se%+03d".formatted(shortest.scaleByPowerOfTen(-exponent).toPlainString(), exponent);
    }

    /** What Java writes has more digits than that in places, up to JDK 18 (JDK-4511638). */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        int digits = 1;
        BigDecimal rounded;
        do {
            rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            digits++;
        } while (rounded.doubleValue() != number && digits <= MOST_DIGITS);
        return rounded;
    }
}
