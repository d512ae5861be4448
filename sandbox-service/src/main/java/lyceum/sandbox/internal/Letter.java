package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxService.Window;

/** What a cell is told of its task; {@code cell/cell.py} says what it holds. */
final class Letter {

    /** Above the CPU limit of the whole: a process alone is stopped by the kernel even if nobody looks. */
    private static final long SPARE_CPU_SECONDS = 1;

    private Letter() {}

    static Buffer of(Task task, Meters meters) {
        Window window = task.terminal();
        JsonArray files = new JsonArray();
        task.files()
                .forEach(file -> files.add(
                        new JsonArray().add(file.name()).add(file.content().length())));
        JsonArray steps = new JsonArray();
        task.steps().forEach(step -> steps.add(of(step, task, meters)));
        Buffer letter = new JsonObject()
                .put("files", files)
                .put("file_bytes", task.program().limits().fileBytes())
                .put("stdin", task.isOpen() || task.stdin().length() > 0)
                .put("joined", task.streams() == Streams.JOINED)
                .put("terminal", window == null ? null : new JsonArray(List.of(window.rows(), window.columns())))
                .put("collect", !task.collect().isEmpty())
                .put("environment", JsonObject.mapFrom(task.environment()))
                .put("steps", steps)
                .toBuffer()
                .appendByte((byte) '\n');
        task.files().forEach(file -> letter.appendBuffer(file.content()));
        return letter;
    }

    private static JsonObject of(Task.Step step, Task task, Meters meters) {
        Limits limits = step.limits();
        boolean isWaitedFor = step.isPython()
                && NurserySetup.main(task.directory())
                        .equals(path(task, task.files().get(0).name()));
        return new JsonObject()
                .put("command", new JsonArray(List.copyOf(step.command())))
                .put("python", isWaitedFor)
                .put("cpu_seconds", limits.cpuTime().toSeconds() + SPARE_CPU_SECONDS)
                .put("processes", limits.processes())
                .put("address_bytes", meters.addressBytes(limits));
    }

    private static String path(Task task, String name) {
        return switch (task.directory()) {
            case ROOT -> "/" + name;
            case OWN -> "/w/" + name;
        };
    }
}
