package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import lyceum.sandbox.internal.ScriptedCells.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompilationTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void tellsBothOutputsOfTheCompilerAsOneText() {
        Outcome outcome = run(new ScriptedCells(command -> Answer.fails(1)));

        assertThat(outcome.verdict()).isEqualTo(Verdict.COMPILE_ERROR);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.compilation().verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
        assertThat(outcome.compilation().output().bytes()).hasToString("no\n");
        assertThat(outcome.stderr()).isEqualTo(Output.NONE);
    }

    @Test
    void isToldBesideWhatTheProgramWrites() {
        Outcome outcome = run(new ScriptedCells(
                command -> command.get(0).equals("gcc") ? Answer.says("warning\n") : Answer.fails(4)));

        assertThat(outcome.verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.compilation().verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(outcome.compilation().output().bytes()).hasToString("warning\n");
        assertThat(outcome.stderr().bytes()).hasToString("no\n");
    }

    private Outcome run(Cells cells) {
        Program program =
                new Program("c", List.of(new SourceFile("", Buffer.buffer("x"))), List.of(), Map.of(), Directory.OWN);
        Run run = new Run(
                "id",
                "",
                Priority.INTERACTIVE,
                program,
                Buffer.buffer(),
                Streams.APART,
                Limits.OF_LANGUAGE,
                Limits.OF_LANGUAGE,
                List.of());
        LanguageDefinition c = LanguageShelf.read(null).find("c").orElseThrow();
        Task task = new Translation(c, run, Ceilings.from(new Settings(Map.of()))).task(null, false);
        return new Execution(vertx, cells, task, new Transcripts(task)).start().await();
    }
}
