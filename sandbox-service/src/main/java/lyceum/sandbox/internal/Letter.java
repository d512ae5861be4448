package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxService.Window;

/**
 * What a cell is told of its task; {@code cell/cell.py} says what it holds.
 *
 * @param python the interpreter inside, which is what {@code python3} stands for
 */
record Letter(String python, Meters meters) {

    private static final String PYTHON = "python3";

    private static final long SPARE_CPU_SECONDS = 1;

    Buffer of(Task task) {
        Window window = task.terminal();
        JsonArray files = new JsonArray();
        task.files()
                .forEach(file -> files.add(
                        new JsonArray().add(file.name()).add(file.content().length())));
        JsonArray steps = new JsonArray();
        task.steps().forEach(step -> steps.add(of(step, task)));
        Buffer letter = new JsonObject()
                .put("files", files)
                .put("file_bytes", room(task))
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

    private JsonObject of(Task.Step step, Task task) {
        Limits limits = CellLimits.of(task, step);
        return new JsonObject()
                .put("command", command(step))
                .put("python", CellLimits.isWaitedFor(task, step))
                .put("cpu_seconds", mostCpuSeconds(limits))
                .put("processes", meters.processes(limits))
                .put("address_bytes", meters.addressBytes(limits));
    }

    /**
     * Well above the CPU limit of the whole, for a process that nobody looks at: what the kernel counts here are ticks, which on
     * a busy machine have been a fifth more than what was used.
     */
    private static long mostCpuSeconds(Limits limits) {
        return 2 * limits.cpuTime().toSeconds() + SPARE_CPU_SECONDS;
    }

    /** Compiler and program share their places. */
    private static long room(Task task) {
        return task.steps().stream()
                .mapToLong(step -> step.limits().fileBytes())
                .max()
                .orElseThrow();
    }

    private JsonArray command(Task.Step step) {
        List<String> command = new ArrayList<>(step.command());
        if (command.get(0).equals(PYTHON)) {
            command.set(0, python);
        }
        return new JsonArray(command);
    }
}
