package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import lyceum.sandbox.internal.Command.Values;
import lyceum.sandbox.internal.Task.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries languages, in cells as any program: asks the tools for their version, then compiles and runs the sample. */
final class LanguageProbe {

    private static final Logger LOG = LoggerFactory.getLogger(LanguageProbe.class);

    private static final String SAMPLE_OUTPUT = "hello\n";
    /** Exit codes of a shell for a command that cannot be executed, or is not there. */
    private static final List<Integer> ABSENT = List.of(126, 127);

    private static final int LOGGED_CHARACTERS = 500;

    private final Vertx vertx;
    private final Cells cells;
    private final Ceilings ceilings;

    LanguageProbe(Vertx vertx, Cells cells, Ceilings ceilings) {
        this.vertx = vertx;
        this.cells = cells;
        this.ceilings = ceilings;
    }

    /** @return what was found out; never fails */
    Future<Usability> probe(LanguageDefinition language) {
        return execute(versionTask(language))
                .compose(outcome -> judgeVersion(language, outcome))
                .recover(error -> broken(language, error))
                .onSuccess(found -> LOG.info(
                        "language name={} version={} reason={}", language.name(), found.version(), found.reason()));
    }

    private Future<Usability> judgeVersion(LanguageDefinition language, Outcome outcome) {
        String tool = language.commands().detect().parts().get(0);
        if (ABSENT.contains(outcome.exitCode())) {
            return Future.succeededFuture(Usability.never("%s is not installed".formatted(tool)));
        }
        String text = outcome.stdout().bytes().toString();
        Matcher version = language.commands().version().matcher(text);
        if (outcome.verdict() != Verdict.ACCEPTED || !version.find() || version.group(1) == null) {
            logWhatItSays(language, outcome.verdict(), text);
            return Future.succeededFuture(Usability.notNow("%s does not tell its version".formatted(tool)));
        }
        return execute(sampleTask(language)).map(tried -> judgeSample(language, tried, version.group(1)));
    }

    private Usability judgeSample(LanguageDefinition language, Outcome outcome, String version) {
        String text = outcome.stdout().bytes().toString();
        if (outcome.verdict() == Verdict.COMPILE_ERROR) {
            text = outcome.compilation().output().bytes().toString();
        }
        if (outcome.verdict() == Verdict.ACCEPTED && text.equals(SAMPLE_OUTPUT)) {
            return Usability.usable(version);
        }
        logWhatItSays(language, outcome.verdict(), text);
        return Usability.notNow(
                outcome.verdict() == Verdict.ACCEPTED
                        ? "its sample program does not say hello"
                        : "its sample program ends with %s".formatted(outcome.verdict()));
    }

    private static Future<Usability> broken(LanguageDefinition language, Throwable error) {
        LOG.warn("language name={} cannot be tried", language.name(), error);
        return Future.succeededFuture(Usability.notNow("it cannot be tried now"));
    }

    private static void logWhatItSays(LanguageDefinition language, Verdict verdict, String text) {
        String shown = text.substring(0, Math.min(text.length(), LOGGED_CHARACTERS));
        LOG.warn("language name={} verdict={} says '{}'", language.name(), verdict, shown.strip());
    }

    private Future<Outcome> execute(Task task) {
        return new Execution(vertx, cells, task, new Transcripts(task)).start();
    }

    private Task versionTask(LanguageDefinition language) {
        Limits limits = ceilings.resolve(Limits.OF_LANGUAGE, language.limits());
        List<String> command = language.commands().detect().fill(Values.ofMemory(limits.memoryBytes()));
        return new Task(
                "version-of-" + language.name(),
                language.name(),
                List.of(),
                Directory.OWN,
                language.environment(),
                List.of(new Step(Stage.RUN, command, false, limits)),
                Streams.JOINED,
                null,
                Buffer.buffer(),
                false,
                List.of());
    }

    private Task sampleTask(LanguageDefinition language) {
        SourceFile sample = new SourceFile("", language.sources().sample());
        Program program = new Program(language.name(), List.of(sample), List.of(), Map.of(), Directory.OWN);
        Run run = new Run(
                "sample-of-" + language.name(),
                "",
                Priority.BATCH,
                program,
                Buffer.buffer(),
                Streams.JOINED,
                Limits.OF_LANGUAGE,
                Limits.OF_LANGUAGE,
                List.of());
        return new Translation(language, run, ceilings).task(null, false);
    }
}
