package lyceum.gateway.sandbox;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import lyceum.sandbox.Language;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Compilation;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Outcome.Usage;
import lyceum.sandbox.SandboxService.LanguageList;
import lyceum.sandbox.Verdict;

/** Languages and outcomes as the sandbox would tell them. */
public final class SandboxExamples {

    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(15), Duration.ofSeconds(2), 64L << 20, 32, 64 << 20, 1 << 18, 1 << 16, 1 << 24);
    private static final Limits MORE = new Limits(
            Duration.ofSeconds(15), Duration.ofSeconds(2), 512L << 20, 62, 64 << 20, 1 << 18, 1 << 16, 1 << 24);

    public static final Language PYTHON =
            new Language("python3", "Python 3", "3.11.2", List.of("python"), "main.py", false, true, LIMITS, null);
    public static final Language C =
            new Language("c", "C (GCC)", "12.2.0", List.of(), "main.c", true, true, LIMITS, LIMITS);
    public static final Language JAVA =
            new Language("java", "Java", "17.0.12+7", List.of(), "Main.java", true, true, MORE, MORE);
    public static final Language JAVASCRIPT =
            new Language("javascript", "JavaScript", "18.19", List.of("node"), "main.js", false, true, LIMITS, null);
    public static final Language ABSENT_RUST =
            new Language("rust", "Rust", "", List.of(), "main.rs", true, false, LIMITS, LIMITS);

    public static final LanguageList LANGUAGES = new LanguageList(List.of(C, JAVA, JAVASCRIPT, PYTHON, ABSENT_RUST));

    private SandboxExamples() {}

    /** @return a program that took 12 ms of CPU, 34 ms, and 9000 KiB */
    public static Outcome outcome(Verdict verdict, int exitCode, int signal, String stdout, String stderr) {
        return outcome(verdict, exitCode, signal, Buffer.buffer(stdout), Buffer.buffer(stderr));
    }

    public static Outcome outcome(Verdict verdict, int exitCode, int signal, Buffer stdout, Buffer stderr) {
        return new Outcome(verdict, exitCode, signal, output(stdout), output(stderr), usage(12), null, List.of(), 0);
    }

    public static Outcome accepted(String stdout) {
        return outcome(Verdict.ACCEPTED, 0, 0, stdout, "");
    }

    /** @return the outcome of a program that was compiled before */
    public static Outcome compiled(Outcome outcome, String text) {
        return new Outcome(
                outcome.verdict(),
                outcome.exitCode(),
                outcome.signal(),
                outcome.stdout(),
                outcome.stderr(),
                outcome.usage(),
                new Compilation(Verdict.ACCEPTED, 0, 0, output(Buffer.buffer(text)), usage(100)),
                List.of(),
                0);
    }

    /** @param verdict of the compiler */
    public static Outcome uncompiled(Verdict verdict, int exitCode, String text) {
        Compilation compilation = new Compilation(verdict, exitCode, 0, output(Buffer.buffer(text)), usage(100));
        return new Outcome(
                Verdict.COMPILE_ERROR, exitCode, 0, Output.NONE, Output.NONE, Usage.NONE, compilation, List.of(), 0);
    }

    public static Usage usage(long cpuTimeMillis) {
        return new Usage(34, cpuTimeMillis, 9_000 * 1_024);
    }

    private static Output output(Buffer bytes) {
        return new Output(bytes, bytes.length(), false);
    }
}
