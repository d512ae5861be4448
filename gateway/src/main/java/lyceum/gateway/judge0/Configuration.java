package lyceum.gateway.judge0;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import lyceum.sandbox.judge0.NumberAttribute;

/**
 * What this Judge0 allows and what it is, as {@code /config_info} and {@code /about} tell. How long the queue is and how
 * often a callback is tried is not told: the sandbox knows, not the gateway.
 */
public final class Configuration {

    /** Most submissions that are created, or fetched, at once. */
    public static final int MOST_IN_BATCH = 20;

    /** Of additional files, unpacked, together. */
    static final int MOST_EXTRACTED_BYTES = 10_240 * 1_024;

    /** The version whose requests and answers these are. */
    private static final String VERSION = "1.13.1";

    private Configuration() {}

    /** @return every configuration variable */
    public static JsonObject json() {
        JsonObject json = new JsonObject()
                .put("maintenance_mode", false)
                .put("enable_wait_result", true)
                .put("enable_compiler_options", false)
                .put("allowed_languages_for_compile_options", new JsonArray())
                .put("enable_command_line_arguments", true)
                .put("enable_submission_delete", true)
                .put("enable_callbacks", true)
                .put("enable_additional_files", true);
        NumberAttribute.ALL.forEach(attribute -> put(json, attribute));
        return json.put("enable_per_process_and_thread_time_limit", false)
                .put("allow_enable_per_process_and_thread_time_limit", false)
                .put("enable_per_process_and_thread_memory_limit", false)
                .put("allow_enable_per_process_and_thread_memory_limit", false)
                .put("redirect_stderr_to_stdout", false)
                .put("max_extract_size", MOST_EXTRACTED_BYTES / 1_024)
                .put("enable_batched_submissions", true)
                .put("max_submission_batch_size", MOST_IN_BATCH)
                .put("submission_cache_duration", 0.0)
                .put("use_docs_as_homepage", false)
                .put("allow_enable_network", false)
                .put("enable_network", false);
    }

    private static void put(JsonObject json, NumberAttribute attribute) {
        json.put(attribute.name(), number(attribute, attribute.fallback().longValue()))
                .put(
                        "max_" + attribute.name(),
                        number(attribute, attribute.most().longValue()));
    }

    private static Number number(NumberAttribute attribute, long value) {
        return attribute.isWhole() ? (Number) value : (Number) (double) value;
    }

    /** @return who answers; the version is that of the protocol */
    public static JsonObject about() {
        return new JsonObject()
                .put("version", VERSION)
                .put("homepage", "/docs")
                .put("source_code", null)
                .put("maintainer", "Lyceum");
    }
}
