package lyceum.sandbox.judge0;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What a submission has that a run has not. It is the note of the run.
 *
 * @param json its members are named and told as Judge0's attributes, but that {@code expected_output} is in plain base64
 */
public record Attributes(JsonObject json) {

    /** Notes of others have no such member. */
    private static final String MARK = "judge0";

    private static final String EXPECTED_OUTPUT = "expected_output";
    private static final String CALLBACK_URL = "callback_url";

    /** @return what the run has to carry */
    public String note() {
        return new JsonObject().put(MARK, json).encode();
    }

    /** @return what a note says; empty where it is not of Judge0 */
    public static Optional<Attributes> of(String note) {
        if (!note.startsWith("{\"" + MARK + "\":")) {
            return Optional.empty();
        }
        try {
            return new JsonObject(note).getValue(MARK) instanceof JsonObject json
                    ? Optional.of(new Attributes(json))
                    : Optional.empty();
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    /** @return the same, which knows what the program should write */
    public Attributes expecting(Optional<Buffer> output) {
        json.put(EXPECTED_OUTPUT, output.map(Buffer::getBytes).orElse(null));
        return this;
    }

    /** @return what the program should write, if somebody wants to know */
    Optional<Buffer> expectedOutput() {
        return Optional.ofNullable(json.getBinary(EXPECTED_OUTPUT)).map(Buffer::buffer);
    }

    /** @return an absolute URL, or empty */
    String callbackUrl() {
        return json.getString(CALLBACK_URL, "");
    }

    /** @return whether a program took longer than it may, though it was left alone for a little more */
    boolean isAboveCpuTime(long cpuTimeMillis) {
        Duration limit = seconds(new BigDecimal(json.getString(NumberAttribute.CPU_TIME_LIMIT.name())));
        return !limit.isZero() && cpuTimeMillis > limit.toMillis();
    }

    /** @return seconds with decimals, cut to milliseconds */
    public static Duration seconds(BigDecimal number) {
        return Duration.ofMillis(number.movePointRight(3).longValue());
    }
}
