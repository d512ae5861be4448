package lyceum.grading.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import lyceum.grading.internal.VerdictStore.ProcessEnd;

/** Reads how a process ended, as a runner tells it (contracts/grading.md, section 1.4 and D3). */
final class ProcessReader {

    private static final BigDecimal LEAST = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    private ProcessReader() {}

    /** @return nothing where a member is missing, or of a type that cannot be kept */
    static Optional<ProcessEnd> read(Map<String, Object> payload) {
        boolean isWhole = isText(payload, "stdout")
                && isText(payload, "stderr")
                && payload.containsKey("exitcode")
                && isExitCode(payload.get("exitcode"));
        return isWhole
                ? Optional.of(new ProcessEnd(
                        exitCode(payload.get("exitcode")),
                        TextJson.storable((String) payload.get("stdout")),
                        TextJson.storable((String) payload.get("stderr"))))
                : Optional.empty();
    }

    private static boolean isText(Map<String, Object> payload, String name) {
        return payload.containsKey(name) && (payload.get(name) == null || payload.get(name) instanceof String);
    }

    private static boolean isExitCode(Object value) {
        if (value == null) {
            return true;
        }
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            return false;
        }
        BigDecimal exact = exact(number);
        return exact.stripTrailingZeros().scale() <= 0 && exact.compareTo(LEAST) >= 0 && exact.compareTo(MOST) <= 0;
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return number instanceof Double real ? new BigDecimal(real) : BigDecimal.valueOf(number.longValue());
    }

    private static Integer exitCode(Object value) {
        return value == null ? null : ((Number) value).intValue();
    }
}
