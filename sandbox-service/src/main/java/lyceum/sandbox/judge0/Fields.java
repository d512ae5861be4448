package lyceum.sandbox.judge0;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Usage;

/**
 * Which attributes of a submission are told.
 *
 * @param names in the order in which they are told
 * @param unknown those that were asked for and do not exist
 */
public record Fields(List<String> names, List<String> unknown) {

    private static final Map<String, Function<SubmissionView, Object>> KNOWN = known();

    private static final String ALL = "*";

    private static final List<String> USUAL =
            List.of("stdout", "time", "memory", "stderr", "token", "compile_output", "message", "status");

    /** The columns of db/schema.rb, and what app/serializers/submission_serializer.rb adds to them. */
    private static Map<String, Function<SubmissionView, Object>> known() {
        Map<String, Function<SubmissionView, Object>> known = new LinkedHashMap<>();
        known.put("source_code", SubmissionView::source);
        asSent(known, "language_id");
        known.put("stdin", SubmissionView::stdin);
        known.put("expected_output", SubmissionView::expectedOutput);
        known.put("stdout", view -> view.output(Outcome::stdout));
        known.put("status_id", view -> view.judgement().status().id());
        known.put("created_at", SubmissionView::createdAt);
        known.put("finished_at", SubmissionView::finishedAt);
        known.put("time", view -> view.seconds(Usage::cpuTimeMillis));
        known.put("memory", SubmissionView::memory);
        known.put("stderr", view -> view.output(Outcome::stderr));
        known.put("token", view -> view.submission().token());
        NumberAttribute.ALL.forEach(attribute -> asSent(known, attribute.name()));
        asSent(known, "enable_per_process_and_thread_time_limit");
        asSent(known, "enable_per_process_and_thread_memory_limit");
        known.put("compile_output", SubmissionView::compileOutput);
        known.put("exit_code", SubmissionView::exitCode);
        known.put("exit_signal", SubmissionView::exitSignal);
        known.put("message", SubmissionView::message);
        known.put("wall_time", view -> view.seconds(Usage::wallTimeMillis));
        asSent(known, "compiler_options");
        asSent(known, "command_line_arguments");
        asSent(known, "redirect_stderr_to_stdout");
        asSent(known, "callback_url");
        asSent(known, "additional_files");
        asSent(known, "enable_network");
        known.put("status", view -> view.judgement().status().json());
        asSent(known, "language");
        return known;
    }

    private static void asSent(Map<String, Function<SubmissionView, Object>> known, String name) {
        known.put(name, view -> view.attribute(name));
    }

    /** @param parameter names separated by commas, {@code *} for all; the usual ones where it is empty */
    public static Fields of(String parameter) {
        List<String> wanted = Arrays.stream(parameter.split(","))
                .filter(name -> !name.isEmpty())
                .toList();
        List<String> unknown = new ArrayList<>(wanted);
        unknown.removeIf(name -> name.equals(ALL) || KNOWN.containsKey(name));
        List<String> told = wanted.isEmpty() ? USUAL : wanted;
        List<String> names = KNOWN.keySet().stream()
                .filter(name -> told.contains(ALL) || told.contains(name))
                .toList();
        return new Fields(names, unknown);
    }

    JsonObject tell(SubmissionView view) {
        JsonObject json = new JsonObject();
        names.forEach(name -> json.put(name, KNOWN.get(name).apply(view)));
        return json;
    }
}
