package lyceum.sandbox.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Compilation;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Outcome.Usage;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Submission;

/** The JSON of what became of runs. */
public final class OutcomeJson {

    private OutcomeJson() {}

    /** @return all that there is to tell */
    public static JsonObject whole(String id, Outcome outcome) {
        JsonObject json = ending(id, outcome);
        put(json, "stdout", outcome.stdout());
        put(json, "stderr", outcome.stderr());
        Compilation compilation = outcome.compilation();
        if (compilation != null) {
            put(json.getJsonObject("compilation"), "output", compilation.output());
        }
        return json;
    }

    /** @return all but what was written, for somebody who has heard that already */
    public static JsonObject ending(String id, Outcome outcome) {
        Compilation compilation = outcome.compilation();
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("verdict", lowerCase(outcome.verdict()))
                .put("exitCode", outcome.exitCode())
                .put("signal", outcome.signal());
        return put(json, outcome.usage())
                .put("queuedMillis", outcome.queuedMillis())
                .put("compilation", compilation == null ? null : ending(compilation))
                .put(
                        "files",
                        new JsonArray(
                                outcome.files().stream().map(OutcomeJson::file).toList()));
    }

    /** @return how far a submitted run is, and what became of it if it is over */
    public static JsonObject submission(Submission submission) {
        Outcome outcome = submission.outcome();
        return new JsonObject()
                .put("id", submission.token())
                .put("state", lowerCase(submission.state()))
                .put("submittedAt", submission.submittedAt())
                .put("endedAt", submission.endedAt())
                .put("outcome", outcome == null ? null : whole(submission.token(), outcome));
    }

    /** @return about how long the JSON is */
    public static long sizeBytes(Outcome outcome) {
        long compiler = outcome.compilation() == null
                ? 0
                : sizeBytes(outcome.compilation().output());
        long files = outcome.files().stream()
                .mapToLong(file -> file.content().length())
                .sum();
        return sizeBytes(outcome.stdout()) + sizeBytes(outcome.stderr()) + compiler + files;
    }

    private static long sizeBytes(Output output) {
        return output.bytes().length();
    }

    private static JsonObject ending(Compilation compilation) {
        JsonObject json = new JsonObject()
                .put("verdict", lowerCase(compilation.verdict()))
                .put("exitCode", compilation.exitCode())
                .put("signal", compilation.signal());
        return put(json, compilation.usage());
    }

    private static JsonObject put(JsonObject json, Usage usage) {
        return json.put("wallTimeMillis", usage.wallTimeMillis())
                .put("cpuTimeMillis", usage.cpuTimeMillis())
                .put("peakMemoryBytes", usage.peakMemoryBytes());
    }

    private static void put(JsonObject json, String name, Output output) {
        BytesText bytes = BytesText.of(output.bytes());
        json.put(name, bytes.text());
        if (!bytes.encoding().equals(BytesText.UTF8)) {
            json.put(name + "Encoding", bytes.encoding());
        }
        json.put(name + "Bytes", output.written()).put(name + "Truncated", output.truncated());
    }

    private static JsonObject file(SourceFile file) {
        BytesText content = BytesText.of(file.content());
        return new JsonObject()
                .put("name", file.name())
                .put("content", content.text())
                .put("encoding", content.encoding());
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
