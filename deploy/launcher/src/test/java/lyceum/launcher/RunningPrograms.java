package lyceum.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The programs that run in sandboxes of this JVM. */
public final class RunningPrograms {

    private static final String NURSERY = "nursery";

    /** What only waits for a program, or watches one. */
    private static final Set<String> WAITING = Set.of(NURSERY, "zygote", "cell", "");

    private RunningPrograms() {}

    /** @return their names, as the kernel knows them */
    public static List<String> names() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> name(process).equals(NURSERY))
                .flatMap(ProcessHandle::descendants)
                .map(RunningPrograms::name)
                .filter(name -> !WAITING.contains(name))
                .toList();
    }

    private static String name(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "comm"))
                    .strip();
        } catch (IOException e) {
            return ""; // it has just ended
        }
    }
}
