package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Verdict;

/**
 * A program of {@code hostile/}. What it may do, and what must be true outside, is told by {@code hostile/index.json}.
 *
 * @param json what the index tells of it
 */
record HostileProgram(JsonObject json) {

    /** Where memory is dear (nested virtual machines) it takes a second or two to fill as much as a program may have. */
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(6), Duration.ofSeconds(4), 128L << 20, 32, 32 << 20, 65_536, 0, 131_072);

    /** @return all of them, each as often as it must be run */
    static List<HostileProgram> all() {
        return TestSandbox.programs("hostile")
                .flatMap(json -> Stream.generate(() -> json).limit(json.getInteger("runs", 1)))
                .map(HostileProgram::new)
                .toList();
    }

    String name() {
        return json.getString("name");
    }

    Run run(Directory directory) {
        return TestSandbox.python(
                name() + "-" + System.nanoTime(),
                TestSandbox.source("hostile", name()),
                Buffer.buffer(json.getString("stdin", "")),
                LIMITS,
                directory);
    }

    /** Fails where it has got out, or has ended in a way that its index does not name. */
    void judge(Outcome outcome) {
        String output = outcome.stdout().bytes().toString();
        assertThat(output).doesNotContain("ESCAPED", "REFUSED", Canaries.TEXT);
        assertThat(json.getJsonArray("verdict_any_of")).as(output).contains(named(outcome.verdict()));
        texts("stdout_must_contain").forEach(text -> assertThat(output).contains(text));
        texts("stdout_must_not_contain").forEach(text -> assertThat(output).doesNotContain(text));
        if (outcome.verdict() != Verdict.MEMORY_LIMIT) {
            // out_one_huge_write holds twice what it wants to write, which is more than it may, before it writes.
            assertThat(output).startsWith(json.getString("stdout_prefix", ""));
        }
        if (json.containsKey("exit_code")) {
            assertThat(outcome.exitCode()).isEqualTo(json.getInteger("exit_code"));
        }
        assertThat(outcome.usage().wallTimeMillis()).isLessThanOrEqualTo(wallLimitMillis());
        assertThat(outcome.usage().peakMemoryBytes()).isLessThanOrEqualTo(LIMITS.memoryBytes() + spareBytes());
        assertThat(outcome.stdout().bytes().length()).isLessThan(LIMITS.outputHeadBytes() + 100);
        assertThat(outcome.signal()).isEqualTo(outside("signal_reported:11") ? 11 : outcome.signal());
    }

    /** The index has one word for both clocks. */
    private static String named(Verdict verdict) {
        return (verdict == Verdict.CPU_LIMIT ? Verdict.TIME_LIMIT : verdict)
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private long wallLimitMillis() {
        return outside("result_within_ms:1500") ? 1_500 : LIMITS.wallTime().toMillis() + 2_000;
    }

    /** What one process may hold beyond the limit for a moment, and what many may: as the index has it. */
    private long spareBytes() {
        return json.containsKey("max_held_mib") ? 64L << 20 : 128L << 20;
    }

    private boolean outside(String check) {
        return json.getJsonArray("outside").contains(check);
    }

    private List<String> texts(String key) {
        return json.getJsonArray(key, new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
    }
}
