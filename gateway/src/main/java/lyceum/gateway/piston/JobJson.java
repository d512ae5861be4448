package lyceum.gateway.piston;

import io.vertx.core.json.JsonObject;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Compilation;
import lyceum.sandbox.Outcome.Usage;
import lyceum.sandbox.Verdict;

/** Tells what became of a job. */
public final class JobJson {

    private JobJson() {}

    /** @return the answer to the client; where nothing was run, what the compiler did is told as the run, too */
    public static JsonObject of(PistonRuntime runtime, Outcome outcome) {
        JsonObject json = new JsonObject();
        Compilation compilation = outcome.compilation();
        if (compilation != null) {
            json.put("compile", compile(compilation));
        }
        boolean isRun = outcome.verdict() != Verdict.COMPILE_ERROR || compilation == null;
        return json.put("run", isRun ? run(outcome) : compile(compilation))
                .put("language", runtime.name())
                .put("version", runtime.version().toString());
    }

    private static JsonObject run(Outcome outcome) {
        boolean isStderrFull = outcome.stderr().written() > outcome.stdout().written();
        StageEnd end = StageEnd.of(outcome.verdict(), outcome.exitCode(), outcome.signal(), isStderrFull);
        return stage(
                end,
                outcome.stdout().bytes().toString(),
                outcome.stderr().bytes().toString(),
                outcome.usage());
    }

    private static JsonObject compile(Compilation compilation) {
        StageEnd end = StageEnd.of(compilation.verdict(), compilation.exitCode(), compilation.signal(), true);
        return stage(end, "", compilation.output().bytes().toString(), compilation.usage());
    }

    private static JsonObject stage(StageEnd end, String stdout, String stderr, Usage usage) {
        return new JsonObject()
                .put("signal", end.signal())
                .put("stdout", stdout)
                .put("stderr", stderr)
                .put("code", end.code())
                .put("output", stdout + stderr)
                .put("memory", usage.peakMemoryBytes())
                .put("message", end.message())
                .put("status", end.status())
                .put("cpu_time", usage.cpuTimeMillis())
                .put("wall_time", usage.wallTimeMillis());
    }
}
