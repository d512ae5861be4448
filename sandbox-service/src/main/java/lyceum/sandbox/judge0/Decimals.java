package lyceum.sandbox.judge0;

import java.math.BigDecimal;

/** Decimal numbers as Judge0 tells them: texts without an exponent, with one digit behind the point at least. */
final class Decimals {

    private static final int MILLI = 3;

    private Decimals() {}

    /** @return {@code 5.0}, {@code 0.25} */
    static String text(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
    }

    /** @return seconds */
    static String seconds(long millis) {
        return text(BigDecimal.valueOf(millis, MILLI));
    }
}
