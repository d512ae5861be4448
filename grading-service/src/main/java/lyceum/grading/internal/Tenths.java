package lyceum.grading.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Scores as people see them: to one decimal, halves of ten times the score away from zero (contracts/grading.md, 7.1). */
final class Tenths {

    /** What was stored before there were bounds is shown, too. */
    private static final double MOST = Double.MAX_VALUE / 10;

    private Tenths() {}

    static double of(double score) {
        return rounded(score).doubleValue();
    }

    static String shown(double score) {
        return rounded(score).toPlainString();
    }

    private static BigDecimal rounded(double score) {
        double bounded = Double.isNaN(score) ? 0 : Math.max(-MOST, Math.min(MOST, score));
        return new BigDecimal(bounded * 10)
                .setScale(0, RoundingMode.HALF_UP)
                .movePointLeft(1)
                .setScale(1, RoundingMode.UNNECESSARY);
    }
}
