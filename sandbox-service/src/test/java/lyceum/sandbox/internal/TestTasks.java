package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SourceFile;

/** Tasks as the service makes them, for cells that are used without it. */
final class TestTasks {

    static final Limits LIMITS =
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(5), 256 << 20, 32, 16 << 20, 65_536, 65_536, -1);

    private TestTasks() {}

    /** @return a Python program that a cell has started in advance */
    static Task python(Directory directory, String source, Limits limits) {
        String main = directory == Directory.ROOT ? "codefile.py" : "main.py";
        String path = directory == Directory.ROOT ? "/" + main : main;
        Task.Step step = new Task.Step(Stage.RUN, List.of("python3", "-u", path), true, limits);
        return task(directory, List.of(new SourceFile(main, Buffer.buffer(source))), List.of(step), null);
    }

    static Task python(String source) {
        return python(Directory.OWN, source, LIMITS);
    }

    /** @return a program that is a child of its cell */
    static Task command(String... command) {
        return task(Directory.OWN, List.of(), List.of(step(Stage.RUN, command)), null);
    }

    static Task.Step step(Stage stage, String... command) {
        return new Task.Step(stage, List.of(command), false, LIMITS);
    }

    /** @param terminal its window, or null for pipes */
    static Task task(Directory directory, List<SourceFile> files, List<Task.Step> steps, Window terminal) {
        return new Task(
                "test",
                "any",
                files,
                directory,
                Map.of(),
                steps,
                Streams.JOINED,
                terminal,
                Buffer.buffer(),
                false,
                List.of());
    }
}
