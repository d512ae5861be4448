package lyceum.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A program that wants out, or wants too much. Judged as {@code HostileTest} of sandbox-service does, but for what that
 * sees of the host.
 *
 * @param entry of the index
 */
record HostileTrial(JsonObject entry, String source) implements Trial {

    /** Is in the environment of the service, and must be in no output. */
    static final String CANARY = "canary-5f0c9d1e";

    private static final long WALL_MILLIS = 3_000;
    private static final long MEMORY_BYTES = 128L << 20;
    private static final int OUTPUT_BYTES = 65_536;
    /** The line that says how much was cut. */
    private static final int CUT_BYTES = 100;
    private static final JsonObject LIMITS = new JsonObject()
            .put("wallTimeMillis", WALL_MILLIS)
            .put("cpuTimeMillis", 2_000)
            .put("memoryBytes", MEMORY_BYTES)
            .put("processes", 32)
            .put("fileBytes", 32 << 20)
            .put("outputBytes", OUTPUT_BYTES);

    @Override
    public String name() {
        return entry.getString("name");
    }

    @Override
    public JsonObject order() {
        return new JsonObject()
                .put("language", "python3")
                .put("source", source)
                .put("stdin", entry.getString("stdin", ""))
                .put("streams", "joined")
                .put("collect", entry.getJsonArray("request_files", new JsonArray()))
                .put("limits", LIMITS);
    }

    @Override
    public List<String> faults(JsonObject outcome) {
        String output = output(outcome);
        List<String> faults = new ArrayList<>();
        for (String word : List.of("ESCAPED", "REFUSED", CANARY)) {
            check(!output.contains(word) && !outcome.getJsonArray("files").encode().contains(word), word, faults);
        }
        check(allowed(outcome.getString("verdict")), outcome.getString("verdict"), faults);
        texts("stdout_must_contain").forEach(text -> check(output.contains(text), "no '" + text + "'", faults));
        texts("stdout_must_not_contain").forEach(text -> check(!output.contains(text), "'" + text + "'", faults));
        check(
                output.startsWith(entry.getString("stdout_prefix", "")) || isOutOfMemory(outcome),
                "another beginning",
                faults);
        checkNumbers(outcome, faults);
        return faults.isEmpty() ? faults : List.of(String.join(", ", faults) + ": " + beginning(output));
    }

    private void checkNumbers(JsonObject outcome, List<String> faults) {
        int exitCode = outcome.getInteger("exitCode");
        check(exitCode == entry.getInteger("exit_code", exitCode), "exit code " + exitCode, faults);
        long wallMillis = outcome.getLong("wallTimeMillis");
        long most = outside("result_within_ms:1500") ? 1_500 : WALL_MILLIS + 1_000;
        check(wallMillis <= most, wallMillis + " ms", faults);
        long peakBytes = outcome.getLong("peakMemoryBytes");
        check(peakBytes <= MEMORY_BYTES + spareBytes(), peakBytes + " bytes of memory", faults);
        int signal = outcome.getInteger("signal");
        check(!outside("signal_reported:11") || signal == 11, "signal " + signal, faults);
        check(output(outcome).length() < OUTPUT_BYTES + CUT_BYTES, "too much output", faults);
    }

    /** What one process may hold beyond the limit for a moment, and what many may: as the index has it. */
    private long spareBytes() {
        return entry.containsKey("max_held_mib") ? 64L << 20 : 128L << 20;
    }

    private boolean allowed(String verdict) {
        // The index has one word for both clocks.
        String named = verdict.equals("cpu_limit") ? "time_limit" : verdict;
        return entry.getJsonArray("verdict_any_of").contains(named);
    }

    /** Such a one may have been ended before it could write. */
    private static boolean isOutOfMemory(JsonObject outcome) {
        return outcome.getString("verdict").equals("memory_limit");
    }

    private boolean outside(String check) {
        return entry.getJsonArray("outside").contains(check);
    }

    private List<String> texts(String key) {
        return entry.getJsonArray(key, new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
    }

    private static String output(JsonObject outcome) {
        String text = outcome.getString("stdout");
        return outcome.containsKey("stdoutEncoding")
                ? new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8)
                : text;
    }

    private static void check(boolean right, String fault, List<String> faults) {
        if (!right) {
            faults.add(fault);
        }
    }

    private static String beginning(String output) {
        return output.substring(0, Math.min(300, output.length()));
    }
}
