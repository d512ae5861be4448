package lyceum.sandbox.internal;

import lyceum.sandbox.Limits;

/** What a cell of this machine may use, which is not always what its program may. */
final class CellLimits {

    private CellLimits() {}

    /** @return whether a program takes the place of what waits; any other program is a child of that */
    static boolean isWaitedFor(Task task, Task.Step step) {
        return step.isPython()
                && task.terminal() == null
                && NurserySetup.main(task.directory())
                        .equals(path(task, task.files().get(0).name()));
    }

    /** @return the limits of a step; with room for the cell itself, where that is there beside the program */
    static Limits of(Task task, Task.Step step) {
        Limits limits = step.limits();
        if (isWaitedFor(task, step)) {
            return limits;
        }
        return new Limits(
                limits.wallTime(),
                limits.cpuTime(),
                limits.memoryBytes(),
                limits.processes() + 1,
                limits.fileBytes(),
                limits.outputHeadBytes(),
                limits.outputTailBytes(),
                limits.outputStopBytes());
    }

    private static String path(Task task, String name) {
        return switch (task.directory()) {
            case ROOT -> "/" + name;
            case OWN -> "/w/" + name;
        };
    }
}
