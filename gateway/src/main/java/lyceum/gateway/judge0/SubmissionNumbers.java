package lyceum.gateway.judge0;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lyceum.sandbox.Language;
import lyceum.sandbox.Limits;
import lyceum.sandbox.judge0.Attributes;
import lyceum.sandbox.judge0.NumberAttribute;

/** The numbers of a submission: those that were sent, and what stands for those that were not. */
final class SubmissionNumbers {

    private static final int KIB = 1_024;

    private final Map<NumberAttribute, BigDecimal> sent = new HashMap<>();

    private SubmissionNumbers() {}

    static SubmissionNumbers read(Scalars body, Findings findings) {
        SubmissionNumbers numbers = new SubmissionNumbers();
        for (NumberAttribute attribute : NumberAttribute.ALL) {
            Optional<BigDecimal> value = body.number(attribute.name());
            Optional<String> complaint = body.isNoNumber(attribute.name())
                    ? Optional.of("is not a number")
                    : value.flatMap(attribute::complaint);
            complaint.ifPresent(message -> findings.add(attribute.name(), message));
            value.ifPresent(number -> numbers.sent.put(attribute, attribute.stored(number)));
        }
        return numbers;
    }

    /**
     * The time above the CPU limit is given, and taken for too long afterwards. A limit of 0 is what the language has.
     *
     * @return what a program in that language may use
     */
    Limits limits(Language language) {
        BigDecimal cpuTime = value(NumberAttribute.CPU_TIME_LIMIT);
        BigDecimal extraTime = cpuTime.signum() == 0 ? BigDecimal.ZERO : value(NumberAttribute.CPU_EXTRA_TIME);
        int outputBytes = value(NumberAttribute.FILE_SIZE).intValue() * KIB;
        int tailBytes = outputBytes / 4;
        return new Limits(
                Attributes.seconds(value(NumberAttribute.WALL_TIME_LIMIT)),
                Attributes.seconds(cpuTime.add(extraTime)),
                memoryBytes(language),
                processes(language),
                0,
                outputBytes - tailBytes,
                tailBytes,
                outputBytes);
    }

    /** Puts what was sent or stands for it, as it is told. */
    void tell(JsonObject json, Language language) {
        for (NumberAttribute attribute : NumberAttribute.ALL) {
            json.put(attribute.name(), attribute.told(value(attribute)));
        }
        tellMore(json, NumberAttribute.MEMORY_LIMIT, language.limits().memoryBytes() / KIB);
        tellMore(json, NumberAttribute.PROCESSES, language.limits().processes());
    }

    private void tellMore(JsonObject json, NumberAttribute attribute, long ofLanguage) {
        if (hasMore(attribute, ofLanguage)) {
            json.put(attribute.name(), ofLanguage);
        }
    }

    private BigDecimal value(NumberAttribute attribute) {
        return sent.getOrDefault(attribute, attribute.fallback());
    }

    private long memoryBytes(Language language) {
        long ofLanguage = language.limits().memoryBytes() / KIB;
        return hasMore(NumberAttribute.MEMORY_LIMIT, ofLanguage)
                ? 0
                : value(NumberAttribute.MEMORY_LIMIT).longValue() * KIB;
    }

    private int processes(Language language) {
        return hasMore(NumberAttribute.PROCESSES, language.limits().processes())
                ? 0
                : value(NumberAttribute.PROCESSES).intValue();
    }

    /** Judge0's defaults are too little for some languages, which start a machine of their own. */
    private boolean hasMore(NumberAttribute attribute, long ofLanguage) {
        return !sent.containsKey(attribute) && BigDecimal.valueOf(ofLanguage).compareTo(attribute.fallback()) > 0;
    }
}
