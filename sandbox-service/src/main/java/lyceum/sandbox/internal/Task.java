package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SourceFile;

/**
 * A run in which no question is open: what lies in its cell, and what is run there, one after the other.
 *
 * @param id of the run
 * @param language its name, for those cells that are made for one
 * @param files every one has a name
 * @param environment all of it, but what each cell sets itself ({@code HOME}, {@code PATH}, {@code LANG},
 *     {@code HOSTNAME}, {@code PYTHON_VERSION}), which it may replace
 * @param steps 1 or 2
 * @param terminal the window of the terminal of the last step, or null for pipes
 * @param stdin of the last step; what a session writes comes behind it
 * @param isOpen whether more input may come
 * @param collect names of files to bring back
 */
record Task(
        String id,
        String language,
        List<SourceFile> files,
        Directory directory,
        Map<String, String> environment,
        List<Step> steps,
        Streams streams,
        Window terminal,
        Buffer stdin,
        boolean isOpen,
        List<String> collect) {

    /**
     * One program of a task.
     *
     * @param command name or path of the program, and its arguments
     * @param isPython whether that is {@code python3 -u <first file> …}, which a cell may have started in advance
     * @param limits no part is zero
     */
    record Step(Stage stage, List<String> command, boolean isPython, Limits limits) {}

    /** @return the last step, the one that the task is for */
    Step program() {
        return steps.get(steps.size() - 1);
    }
}
