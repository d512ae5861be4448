package lyceum.gateway.piston;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import lyceum.sandbox.Limits;

/**
 * What a stage of a job may use.
 *
 * @param stage {@code compile} or {@code run}
 * @param usual what Piston allows where nothing is configured: wall clock and CPU alike
 * @param ofLanguage what the language has here; null where it has no such stage
 */
record JobLimits(String stage, Duration usual, Limits ofLanguage) {

    private static final String WALL_TIME = "timeout";
    private static final String CPU_TIME = "cpu_time";
    private static final String MEMORY = "memory_limit";

    /**
     * Memory is not bounded here but in the sandbox, which refuses what is above its ceiling; negative is without a limit
     * of its own.
     *
     * @return the limits that a job asks for; a part that is zero is what the language has
     * @throws JobRefused where one is no number, or not within its bounds
     */
    Limits read(JsonObject body, int outputBytes) {
        long memoryBytes = Math.max(0, number(body, MEMORY));
        long wallMillis = millis(body, WALL_TIME, ofLanguage == null ? usual : ofLanguage.wallTime());
        long cpuMillis = millis(body, CPU_TIME, ofLanguage == null ? usual : ofLanguage.cpuTime());
        int tailBytes = outputBytes / 4;
        return new Limits(
                Duration.ofMillis(wallMillis),
                Duration.ofMillis(cpuMillis),
                memoryBytes,
                0,
                0,
                outputBytes - tailBytes,
                tailBytes,
                outputBytes);
    }

    private long millis(JsonObject body, String constraint, Duration here) {
        long value = number(body, constraint);
        long most = Math.max(usual.toMillis(), here.toMillis());
        if (value > most) {
            throw new JobRefused("%s cannot exceed the configured limit of %d".formatted(name(constraint), most));
        }
        if (value < 0) {
            throw new JobRefused(name(constraint) + " must be non-negative");
        }
        return value;
    }

    /** @return 0 where it is absent, as everything that JavaScript takes for false */
    private long number(JsonObject body, String constraint) {
        Object value = body.getValue(name(constraint));
        if (value == null || value.equals(false) || value.equals("")) {
            return 0;
        }
        if (!(value instanceof Number number)) {
            throw new JobRefused("If specified, %s must be a number".formatted(name(constraint)));
        }
        return (long) Math.ceil(number.doubleValue());
    }

    private String name(String constraint) {
        return stage + '_' + constraint;
    }
}
