package lyceum.sandbox.judge0;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * A number that a submission may set, what it is where none is sent, and between what it must be; the defaults and most of
 * the bounds are those of judge0.conf.
 *
 * @param isLeastAllowed whether the lower bound is itself allowed
 * @param isWhole whether decimals are cut off
 */
public record NumberAttribute(
        String name, BigDecimal fallback, BigDecimal least, boolean isLeastAllowed, BigDecimal most, boolean isWhole) {

    /** One: it would take the machine as often as it says. */
    public static final NumberAttribute NUMBER_OF_RUNS = whole("number_of_runs", 1, 1, 1);

    /** Seconds. */
    public static final NumberAttribute CPU_TIME_LIMIT = decimal("cpu_time_limit", 5, 0, 15);

    /** Seconds that a program may go on above the limit, so that its true time is told. */
    public static final NumberAttribute CPU_EXTRA_TIME = decimal("cpu_extra_time", 1, 0, 5);

    /** Seconds. */
    public static final NumberAttribute WALL_TIME_LIMIT = decimal("wall_time_limit", 10, 1, 20);

    /** KiB. */
    public static final NumberAttribute MEMORY_LIMIT = whole("memory_limit", 128_000, 2_048, 512_000);

    /** KiB; it is checked and told, and the sandbox has one of its own. */
    public static final NumberAttribute STACK_LIMIT = whole("stack_limit", 64_000, 0, 128_000);

    /** No more than the sandbox gives to anybody, unless it is set otherwise. */
    public static final NumberAttribute PROCESSES = whole("max_processes_and_or_threads", 60, 1, 64);

    /** KiB; here for each output of the program, which are files in Judge0. */
    public static final NumberAttribute FILE_SIZE = whole("max_file_size", 1_024, 0, 4_096);

    /** In the order in which they are checked. */
    public static final List<NumberAttribute> ALL = List.of(
            NUMBER_OF_RUNS,
            CPU_TIME_LIMIT,
            CPU_EXTRA_TIME,
            WALL_TIME_LIMIT,
            MEMORY_LIMIT,
            STACK_LIMIT,
            PROCESSES,
            FILE_SIZE);

    private static NumberAttribute decimal(String name, long fallback, long least, long most) {
        return new NumberAttribute(
                name, BigDecimal.valueOf(fallback), BigDecimal.valueOf(least), true, BigDecimal.valueOf(most), false);
    }

    /** Where 1 is the least, Judge0 says "greater than 0". */
    private static NumberAttribute whole(String name, long fallback, long least, long most) {
        boolean isCount = least == 1;
        return new NumberAttribute(
                name,
                BigDecimal.valueOf(fallback),
                BigDecimal.valueOf(isCount ? 0 : least),
                !isCount,
                BigDecimal.valueOf(most),
                true);
    }

    /** @return what is wrong with a value, if something is */
    public Optional<String> complaint(BigDecimal value) {
        int above = value.compareTo(least);
        if (above < 0 || above == 0 && !isLeastAllowed) {
            return Optional.of("must be greater than %s%s".formatted(isLeastAllowed ? "or equal to " : "", least));
        }
        return value.compareTo(most) > 0
                ? Optional.of("must be less than or equal to %s".formatted(most))
                : Optional.empty();
    }

    /** @return the value as it is stored */
    public BigDecimal stored(BigDecimal value) {
        return isWhole ? value.setScale(0, RoundingMode.DOWN) : value;
    }

    /** @return the value as Judge0 tells it: a whole one as a number, a decimal one as a text */
    public Object told(BigDecimal value) {
        return isWhole ? (Object) value.longValue() : Decimals.text(value);
    }
}
