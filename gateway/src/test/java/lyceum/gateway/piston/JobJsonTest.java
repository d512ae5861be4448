package lyceum.gateway.piston;

import static lyceum.gateway.sandbox.SandboxExamples.accepted;
import static lyceum.gateway.sandbox.SandboxExamples.compiled;
import static lyceum.gateway.sandbox.SandboxExamples.outcome;
import static lyceum.gateway.sandbox.SandboxExamples.uncompiled;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import lyceum.gateway.sandbox.SandboxExamples;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JobJsonTest {

    @Test
    void tellsOfAProgramThatWasRun() {
        assertThat(told(outcome(Verdict.ACCEPTED, 0, 0, "out\n", "err\n")).encode())
                .isEqualTo("{\"run\":{\"signal\":null,\"stdout\":\"out\\n\",\"stderr\":\"err\\n\",\"code\":0,"
                        + "\"output\":\"out\\nerr\\n\",\"memory\":9216000,\"message\":null,\"status\":null,"
                        + "\"cpu_time\":12,\"wall_time\":34},\"language\":\"python\",\"version\":\"3.11.2\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "RUNTIME_ERROR  | 3   | 0  | 3 | -       | RE | Exited with error status 3",
                "RUNTIME_ERROR  | 139 | 11 | - | SIGSEGV | SG | Caught fatal signal 11",
                "TIME_LIMIT     | 137 | 9  | - | SIGKILL | TO | Time limit exceeded (wall clock)",
                "CPU_LIMIT      | 137 | 9  | - | SIGKILL | TO | Time limit exceeded",
                "MEMORY_LIMIT   | 137 | 9  | - | SIGKILL | SG | Memory limit exceeded",
                "OUTPUT_LIMIT   | 137 | 9  | - | SIGKILL | OL | stdout length exceeded",
                "PROCESS_LIMIT  | 1   | 0  | 1 | -       | RE | Process limit exceeded",
                "PROCESS_LIMIT  | 134 | 6  | - | SIGABRT | SG | Process limit exceeded",
                "REFUSED        | 159 | 31 | - | SIGSYS  | SG | Forbidden system call",
                "CANCELLED      | 137 | 9  | - | SIGKILL | XX | Cancelled",
                "INTERNAL_ERROR | 137 | 0  | - | SIGKILL | XX | The sandbox failed"
            })
    void tellsHowItEnded(
            Verdict verdict, int exitCode, int number, Integer code, String signal, String status, String message) {
        JsonObject run = told(outcome(verdict, exitCode, number, "o", "")).getJsonObject("run");

        assertThat(run.getInteger("code")).isEqualTo(code);
        assertThat(run.getString("signal")).isEqualTo(signal);
        assertThat(run.getString("status")).isEqualTo(status);
        assertThat(run.getString("message")).isEqualTo(message);
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void tellsOfEveryVerdict(Verdict verdict) {
        assertThat(told(Outcome.of(verdict, 1, 0)).getJsonObject("run").fieldNames())
                .hasSize(10);
    }

    @Test
    void tellsWhichOutputWasTooLong() {
        JsonObject run = told(outcome(Verdict.OUTPUT_LIMIT, 137, 9, "o", "err")).getJsonObject("run");

        assertThat(run.getString("status")).isEqualTo("EL");
        assertThat(run.getString("message")).isEqualTo("stderr length exceeded");
    }

    @Test
    void tellsWhatTheCompilerSaidAsItsStandardError() {
        JsonObject told = told(compiled(accepted("out"), "warning"));

        assertThat(told.getJsonObject("compile").encode())
                .isEqualTo("{\"signal\":null,\"stdout\":\"\",\"stderr\":\"warning\",\"code\":0,\"output\":\"warning\","
                        + "\"memory\":9216000,\"message\":null,\"status\":null,\"cpu_time\":100,\"wall_time\":34}");
        assertThat(told.getJsonObject("run").getString("stdout")).isEqualTo("out");
    }

    @Test
    void tellsOfTheCompilerTwiceWhereNothingCouldBeRun() {
        JsonObject told = told(uncompiled(Verdict.RUNTIME_ERROR, 1, "error"));

        assertThat(told.getJsonObject("run")).isEqualTo(told.getJsonObject("compile"));
        assertThat(told.getJsonObject("run").getInteger("code")).isEqualTo(1);
        assertThat(told.getJsonObject("run").getString("status")).isEqualTo("RE");
    }

    @Test
    void tellsOfACompilerThatTookTooLong() {
        JsonObject compile = told(uncompiled(Verdict.TIME_LIMIT, 137, "")).getJsonObject("compile");

        assertThat(compile.getString("status")).isEqualTo("TO");
        assertThat(compile.getString("signal")).isEqualTo("SIGKILL");
    }

    private static JsonObject told(Outcome outcome) {
        return JobJson.of(PistonRuntime.of(SandboxExamples.PYTHON), outcome);
    }
}
