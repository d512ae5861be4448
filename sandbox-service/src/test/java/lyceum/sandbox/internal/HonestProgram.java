package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;

/**
 * A program of {@code honest/}, whose result is known.
 *
 * @param json what {@code honest/index.json} tells of it
 */
record HonestProgram(JsonObject json) {

    static List<HonestProgram> all() {
        return TestSandbox.programs("honest").map(HonestProgram::new).toList();
    }

    Run run() {
        String name = json.getString("name");
        return TestSandbox.python(
                name + "-" + System.nanoTime(),
                TestSandbox.source("honest", name),
                Buffer.buffer(json.getString("stdin", "")),
                TestSandbox.LIMITS,
                Directory.OWN);
    }

    /** Fails where anything else has become of it than should. */
    void judge(Outcome outcome) {
        assertThat(outcome.stdout().bytes()).hasToString(json.getString("stdout"));
        assertThat(outcome.verdict().name().toLowerCase(Locale.ROOT)).isEqualTo(json.getString("verdict", "accepted"));
        assertThat(outcome.exitCode()).isEqualTo(json.getInteger("exit_code", 0));
    }
}
