package lyceum.sandbox.internal;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lyceum.platform.Failure;
import lyceum.sandbox.Program.Directory;

/** Names of files within the directory of a program, as a caller gives them. */
final class FileNames {

    /** An archive of Judge0's, and the program. */
    private static final int MOST = 1_001;
    /** NAME_MAX of Linux. */
    private static final int LONGEST_PART_BYTES = 255;
    /** PATH_MAX of Linux is 4,096; some of it goes to what stands before the name. */
    private static final int LONGEST_BYTES = 4_000;

    /** What a root has already. */
    private static final Set<String> OF_ROOT = Set.of(
            "bin", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "opt", "proc", "root", "run", "sbin", "sys",
            "tmp", "usr", "var");

    private static final int SHOWN_CHARACTERS = 80;

    private FileNames() {}

    /**
     * @param names all files of a program
     * @throws Failure INVALID where they cannot lie in it, side by side
     */
    static void check(List<String> names, Directory directory) {
        checkEach(names);
        Set<String> all = Set.copyOf(names);
        for (String name : names) {
            for (int end = name.indexOf('/'); end > 0; end = name.indexOf('/', end + 1)) {
                refuseIf(all.contains(name.substring(0, end)), name, "lies below another file");
            }
            boolean isOfRoot = directory == Directory.ROOT && OF_ROOT.contains(name.split("/", 2)[0]);
            refuseIf(isOfRoot, name, "lies in a directory of the system");
        }
    }

    /** @throws Failure INVALID where one of them leaves the directory, is none, or is there twice */
    static void checkEach(List<String> names) {
        if (names.size() > MOST) {
            throw Failure.invalid("there are %d files, more than %d".formatted(names.size(), MOST));
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            check(name);
            refuseIf(!seen.add(name), name, "is there twice");
        }
    }

    private static void check(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        refuseIf(bytes.length > LONGEST_BYTES, name, "is too long");
        refuseIf(name.indexOf('\0') >= 0, name, "has a NUL in it");
        refuseIf(!new String(bytes, StandardCharsets.UTF_8).equals(name), name, "is not Unicode");
        for (String part : name.split("/", -1)) {
            refuseIf(part.isEmpty() || part.equals(".") || part.equals(".."), name, "is not a path below a directory");
            boolean isLong = part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART_BYTES;
            refuseIf(isLong, name, "has a part that is too long");
        }
    }

    private static void refuseIf(boolean isWrong, String name, String text) {
        if (isWrong) {
            String shown = name.length() > SHOWN_CHARACTERS ? name.substring(0, SHOWN_CHARACTERS) + "…" : name;
            throw Failure.invalid("file name '%s' %s".formatted(shown, text));
        }
    }
}
