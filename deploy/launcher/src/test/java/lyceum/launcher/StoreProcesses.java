package lyceum.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds servers that run on a directory, whoever started them. */
final class StoreProcesses {

    private StoreProcesses() {}

    /** @return the processes that have the directory in their command line or work in it, but for JVMs */
    static List<ProcessHandle> of(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> !commandLine(process).contains("-jar"))
                .filter(process -> commandLine(process).contains(directory.toString())
                        || workingDirectory(process).startsWith(directory))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(proc(process, "cmdline"));
        } catch (IOException e) {
            // It has ended meanwhile.
            return "";
        }
    }

    private static Path workingDirectory(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(proc(process, "cwd"));
        } catch (IOException e) {
            return Path.of("/");
        }
    }

    private static Path proc(ProcessHandle process, String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }
}
