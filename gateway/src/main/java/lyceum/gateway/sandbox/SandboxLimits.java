package lyceum.gateway.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import lyceum.gateway.route.StrictObject;
import lyceum.sandbox.Limits;

/** Limits as clients know them: six numbers, of which none is needed. */
final class SandboxLimits {

    private SandboxLimits() {}

    /** @return what a client asks for; parts that are zero are the language's */
    static Limits read(Optional<StrictObject> form) {
        return form.map(SandboxLimits::read).orElse(Limits.OF_LANGUAGE);
    }

    /** Who says how much output there may be wants all of it, and no more: the beginning is kept, more ends the program. */
    private static Limits read(StrictObject form) {
        int outputBytes = (int) form.positiveOrZero("outputBytes", Integer.MAX_VALUE);
        Limits limits = new Limits(
                Duration.ofMillis(form.positiveOrZero("wallTimeMillis", Long.MAX_VALUE)),
                Duration.ofMillis(form.positiveOrZero("cpuTimeMillis", Long.MAX_VALUE)),
                form.positiveOrZero("memoryBytes", Long.MAX_VALUE),
                (int) form.positiveOrZero("processes", Integer.MAX_VALUE),
                form.positiveOrZero("fileBytes", Long.MAX_VALUE),
                outputBytes,
                0,
                outputBytes);
        form.end();
        return limits;
    }

    /** @return limits of a language, in numbers that a client may ask for; of output, as much as is kept */
    static JsonObject json(Limits limits) {
        return new JsonObject()
                .put("wallTimeMillis", limits.wallTime().toMillis())
                .put("cpuTimeMillis", limits.cpuTime().toMillis())
                .put("memoryBytes", limits.memoryBytes())
                .put("processes", limits.processes())
                .put("fileBytes", limits.fileBytes())
                .put("outputBytes", (long) limits.outputHeadBytes() + limits.outputTailBytes());
    }
}
