package lyceum.gateway.judge0;

import static lyceum.gateway.sandbox.SandboxExamples.accepted;
import static lyceum.gateway.sandbox.SandboxExamples.compiled;
import static lyceum.gateway.sandbox.SandboxExamples.outcome;
import static lyceum.gateway.sandbox.SandboxExamples.uncompiled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.gateway.sandbox.SandboxExamples;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Submission;
import lyceum.sandbox.Submission.State;
import lyceum.sandbox.Verdict;
import lyceum.sandbox.judge0.Fields;
import lyceum.sandbox.judge0.NotText;
import lyceum.sandbox.judge0.SubmissionJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SubmissionJsonTest {

    private static final Instant SUBMITTED = Instant.parse("2026-11-24T21:28:00Z");
    private static final Judge0Languages LANGUAGES = new Judge0Languages(SandboxExamples.LANGUAGES.languages());

    @Test
    void tellsTheUsualAttributes() {
        assertThat(told("", false, accepted("hello\n")).encode())
                .isEqualTo("{\"stdout\":\"hello\\n\",\"time\":\"0.012\",\"memory\":9000,\"stderr\":null,"
                        + "\"token\":\"token\",\"compile_output\":null,\"message\":null,"
                        + "\"status\":{\"id\":3,\"description\":\"Accepted\"}}");
    }

    @Test
    void tellsAllAttributes() {
        JsonObject order = new JsonObject()
                .put("source_code", "x")
                .put("language_id", 71)
                .put("stdin", "in")
                .put("expected_output", "é")
                .put("command_line_arguments", "a b")
                .put("callback_url", "http://x.org/")
                .put("cpu_time_limit", 0.5)
                .put("additional_files", ArchiveTest.base64(Map.of("a", new byte[1])));

        JsonObject told = tell("*", false, ended(order, outcome(Verdict.RUNTIME_ERROR, 139, 11, "out", "err")));

        assertThat(told.remove("additional_files").toString()).startsWith("UEsDB");
        assertThat(told.encodePrettily()).isEqualTo("""
                {
                  "source_code" : "x",
                  "language_id" : 71,
                  "stdin" : "in",
                  "expected_output" : "é",
                  "stdout" : "out",
                  "status_id" : 7,
                  "created_at" : "2026-11-24T21:28:00.000Z",
                  "finished_at" : "2026-11-24T21:28:01.250Z",
                  "time" : "0.012",
                  "memory" : 9000,
                  "stderr" : "err",
                  "token" : "token",
                  "number_of_runs" : 1,
                  "cpu_time_limit" : "0.5",
                  "cpu_extra_time" : "1.0",
                  "wall_time_limit" : "10.0",
                  "memory_limit" : 128000,
                  "stack_limit" : 64000,
                  "max_processes_and_or_threads" : 60,
                  "max_file_size" : 1024,
                  "enable_per_process_and_thread_time_limit" : false,
                  "enable_per_process_and_thread_memory_limit" : false,
                  "compile_output" : null,
                  "exit_code" : 139,
                  "exit_signal" : 11,
                  "message" : "Caught fatal signal 11",
                  "wall_time" : "0.034",
                  "compiler_options" : null,
                  "command_line_arguments" : "a b",
                  "redirect_stderr_to_stdout" : false,
                  "callback_url" : "http://x.org/",
                  "enable_network" : false,
                  "status" : {
                    "id" : 7,
                    "description" : "Runtime Error (SIGSEGV)"
                  },
                  "language" : {
                    "id" : 71,
                    "name" : "Python (3.11.2)"
                  }
                }""");
    }

    @Test
    void tellsTextsInBase64() {
        JsonObject told = told("*", true, outcome(Verdict.RUNTIME_ERROR, 1, 0, noText(), Buffer.buffer("e")));

        assertThat(told.getString("stdout")).isEqualTo("/w==\n");
        assertThat(told.getString("stderr")).isEqualTo("ZQ==\n");
        assertThat(told.getString("source_code")).isEqualTo("eA==\n");
        assertThat(told.getString("message")).isEqualTo("RXhpdGVkIHdpdGggZXJyb3Igc3RhdHVzIDE=\n");
        assertThat(told.getValue("stdin")).isNull();
    }

    @Test
    void cannotTellWhatIsNoTextWithoutBase64() {
        Outcome outcome = outcome(Verdict.ACCEPTED, 0, 0, noText(), Buffer.buffer());

        assertThatThrownBy(() -> told("", false, outcome)).isInstanceOf(NotText.class);
        assertThat(told("status_id", false, outcome)).isEqualTo(new JsonObject().put("status_id", 3));
    }

    @Test
    void tellsTheAskedForAttributesInItsOwnOrder() {
        Fields fields = Fields.of("token,stdout,nothing,stdout, time,");

        assertThat(fields.names()).containsExactly("stdout", "token");
        assertThat(fields.unknown()).containsExactly("nothing", " time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "ACCEPTED       | 0   | 0  | 3  | -",
                "RUNTIME_ERROR  | 3   | 0  | 11 | Exited with error status 3",
                "RUNTIME_ERROR  | 134 | 6  | 10 | Caught fatal signal 6",
                "RUNTIME_ERROR  | 136 | 8  | 9  | Caught fatal signal 8",
                "RUNTIME_ERROR  | 139 | 11 | 7  | Caught fatal signal 11",
                "RUNTIME_ERROR  | 153 | 25 | 8  | Caught fatal signal 25",
                "RUNTIME_ERROR  | 143 | 15 | 12 | Caught fatal signal 15",
                "PROCESS_LIMIT  | 1   | 0  | 11 | Process limit exceeded",
                "PROCESS_LIMIT  | 134 | 6  | 10 | Process limit exceeded",
                "TIME_LIMIT     | 137 | 9  | 5  | Time limit exceeded (wall clock)",
                "CPU_LIMIT      | 137 | 9  | 5  | Time limit exceeded",
                "MEMORY_LIMIT   | 137 | 9  | 12 | Memory limit exceeded",
                "OUTPUT_LIMIT   | 137 | 9  | 8  | Output limit exceeded",
                "REFUSED        | 159 | 31 | 12 | Forbidden system call",
                "CANCELLED      | 137 | 9  | 13 | Cancelled",
                "INTERNAL_ERROR | 137 | 0  | 13 | The sandbox failed"
            })
    void judgesHowAProgramEnded(Verdict verdict, int exitCode, int signal, int status, String message) {
        JsonObject told = told("status_id,message,exit_code", false, outcome(verdict, exitCode, signal, "", ""));

        assertThat(told.getInteger("status_id")).isEqualTo(status);
        assertThat(told.getString("message")).isEqualTo(message);
        assertThat(told.getInteger("exit_code")).isEqualTo(status == 13 ? null : Integer.valueOf(exitCode));
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void judgesEveryVerdict(Verdict verdict) {
        assertThat(told("status_id", false, Outcome.of(verdict, 1, 0)).getInteger("status_id"))
                .isBetween(3, 13);
    }

    @ParameterizedTest
    @CsvSource({"hello,hello~ ~,3", "hello,hallo,4", "'',x,4", "'','',3", "é,é,3"})
    void comparesWithWhatIsExpected(String expected, String stdout, int status) {
        JsonObject order = order().put("expected_output", expected);

        assertThat(tell("status_id", false, ended(order, accepted(stdout.replace('~', '\n'))))
                        .getInteger("status_id"))
                .isEqualTo(status);
    }

    @Test
    void comparesNothingOfAProgramThatFailed() {
        JsonObject order = order().put("expected_output", "x");

        assertThat(tell("status_id", false, ended(order, outcome(Verdict.RUNTIME_ERROR, 1, 0, "y", "")))
                        .getInteger("status_id"))
                .isEqualTo(11);
    }

    /** 12 ms were used. */
    @ParameterizedTest
    @CsvSource({"0.011,5", "0.012,3", "0,3"})
    void findsTheTimeAboveTheLimitTooLong(String limit, int status) {
        JsonObject order = order().put("cpu_time_limit", limit);

        assertThat(tell("status_id", false, ended(order, accepted(""))).getInteger("status_id"))
                .isEqualTo(status);
    }

    @Test
    void tellsWhatTheCompilerFound() {
        JsonObject told = told("*", false, uncompiled(Verdict.RUNTIME_ERROR, 1, "main.c:1: error"));

        assertThat(told.getInteger("status_id")).isEqualTo(6);
        assertThat(told.getString("compile_output")).isEqualTo("main.c:1: error");
        for (String name : List.of("stdout", "stderr", "time", "wall_time", "memory", "message", "exit_code")) {
            assertThat(told.getValue(name)).as(name).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"TIME_LIMIT", "CPU_LIMIT"})
    void tellsThatTheCompilerTookTooLong(Verdict verdict) {
        assertThat(told("compile_output", false, uncompiled(verdict, 137, "warning"))
                        .getString("compile_output"))
                .isEqualTo("Compilation time limit exceeded.");
    }

    @Test
    void tellsTheWarningsOfACompiler() {
        JsonObject told = told("compile_output,stdout", false, compiled(accepted("out"), "warning"));

        assertThat(told).isEqualTo(new JsonObject().put("stdout", "out").put("compile_output", "warning"));
        assertThat(told("compile_output", false, compiled(accepted("out"), "")).getValue("compile_output"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"QUEUED,1,In Queue", "RUNNING,2,Processing"})
    void tellsOfOneThatIsNotOver(State state, int status, String description) {
        Submission open = new Submission("token", run(order()), state, null, SUBMITTED, null);

        JsonObject told = tell("*", false, open);

        assertThat(told.getJsonObject("status"))
                .isEqualTo(new JsonObject().put("id", status).put("description", description));
        for (String name : List.of("stdout", "compile_output", "time", "memory", "message", "finished_at")) {
            assertThat(told.getValue(name)).as(name).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "something", "{\"other\":{}}", "{\"judge0\":", "{\"judge0\":[]}"})
    void knowsNoSubmissionOfOthers(String note) {
        Run run = run(order());
        Run other = new Run(
                run.id(),
                run.caller(),
                run.priority(),
                run.program(),
                run.stdin(),
                run.streams(),
                run.limits(),
                run.compileLimits(),
                run.collect(),
                note);

        assertThat(new SubmissionJson(Fields.of("*"), true)
                        .of(new Submission("token", other, State.QUEUED, null, SUBMITTED, null)))
                .isEmpty();
    }

    private static JsonObject told(String fields, boolean isBase64, Outcome outcome) {
        return tell(fields, isBase64, ended(order(), outcome));
    }

    private static JsonObject tell(String fields, boolean isBase64, Submission submission) {
        return new SubmissionJson(Fields.of(fields), isBase64).of(submission).orElseThrow();
    }

    private static Submission ended(JsonObject order, Outcome outcome) {
        return new Submission("token", run(order), State.ENDED, outcome, SUBMITTED, SUBMITTED.plusMillis(1_250));
    }

    private static JsonObject order() {
        return new JsonObject().put("source_code", "x").put("language_id", 71);
    }

    private static Run run(JsonObject order) {
        return new SubmissionForm(order, false, LANGUAGES).run("token", "ada", Priority.BATCH);
    }

    private static Buffer noText() {
        return Buffer.buffer(new byte[] {(byte) 0xFF});
    }
}
