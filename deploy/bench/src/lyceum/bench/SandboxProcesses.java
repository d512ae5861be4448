package lyceum.bench;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Processes of a sandbox at one moment: those of its user that are in another user namespace than we are. Formats as in
 * proc_pid_status(5) and namespaces(7).
 */
record SandboxProcesses(List<Long> nurseries, List<Long> waiting, List<Long> programs, List<Long> dead) {

    private static final Path PROC = Path.of("/proc");
    private static final Pattern KEYS = Pattern.compile("^(Name|State|Uid|VmRSS):\\s+(\\S+)", Pattern.MULTILINE);

    /** @return those of a user */
    static SandboxProcesses of(int uid) throws IOException {
        SandboxProcesses found =
                new SandboxProcesses(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : all) {
                found.take(process, uid);
            }
        }
        return found;
    }

    /** @return bytes that nurseries hold, together */
    long residentBytes() throws IOException {
        long kib = 0;
        for (long pid : nurseries) {
            kib += Long.parseLong(value(PROC.resolve(Long.toString(pid)), "VmRSS", "0"));
        }
        return kib * 1_024;
    }

    /** @return open descriptors of nurseries, together */
    long descriptors() throws IOException {
        long count = 0;
        for (long pid : nurseries) {
            count += descriptors(pid);
        }
        return count;
    }

    /** @return how many descriptors a process has open, 0 where it has ended */
    static long descriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(PROC.resolve(pid + "/fd"))) {
            return open.count();
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }

    private void take(Path process, int uid) throws IOException {
        if (!value(process, "Uid", "").equals(Integer.toString(uid)) || isInOurNamespace(process)) {
            return;
        }
        long pid = Long.parseLong(process.getFileName().toString());
        if (value(process, "State", "Z").equals("Z")) {
            dead.add(pid);
            return;
        }
        switch (value(process, "Name", "")) {
            case "nursery", "zygote" -> nurseries.add(pid);
            case "cell" -> waiting.add(pid);
            default -> programs.add(pid);
        }
    }

    private static boolean isInOurNamespace(Path process) throws IOException {
        Path own = Files.readSymbolicLink(PROC.resolve("self/ns/user"));
        try {
            return Files.readSymbolicLink(process.resolve("ns/user")).equals(own);
        } catch (AccessDeniedException hidden) {
            return false; // cells that wait do not let their own user look
        } catch (NoSuchFileException ended) {
            return true;
        }
    }

    private static String value(Path process, String key, String otherwise) throws IOException {
        try {
            return KEYS.matcher(Files.readString(process.resolve("status")))
                    .results()
                    .filter(found -> found.group(1).equals(key))
                    .map(found -> found.group(2))
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException ended) {
            return otherwise;
        }
    }
}
