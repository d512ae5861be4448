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

    private final String list;
    private final String member;

    /** @param member of each item of the list, which is its name; empty where the item is */
    private FileNames(String list, String member) {
        this.list = list;
        this.member = member;
    }

    /**
     * @param names all files of a program
     * @throws Failure INVALID where they cannot lie in it, side by side
     */
    static void ofProgram(List<String> names, Directory directory) {
        FileNames files = new FileNames("files", ".name");
        files.check(names);
        Set<String> all = Set.copyOf(names);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            for (int end = name.indexOf('/'); end > 0; end = name.indexOf('/', end + 1)) {
                files.refuseIf(all.contains(name.substring(0, end)), i, name, "lies below another file");
            }
            boolean isOfRoot = directory == Directory.ROOT && OF_ROOT.contains(name.split("/", 2)[0]);
            files.refuseIf(isOfRoot, i, name, "lies in a directory of the system");
        }
    }

    /**
     * @param names of files that are wanted of a program
     * @throws Failure INVALID where one of them leaves the directory, is none, or is there twice
     */
    static void ofCollected(List<String> names) {
        new FileNames("collect", "").check(names);
    }

    private void check(List<String> names) {
        if (names.size() > MOST) {
            throw Failure.invalid("%s has %d items, more than %d".formatted(list, names.size(), MOST));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            check(i, names.get(i));
            refuseIf(!seen.add(names.get(i)), i, names.get(i), "is there twice");
        }
    }

    private void check(int index, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        refuseIf(bytes.length > LONGEST_BYTES, index, name, "is too long");
        refuseIf(name.indexOf('\0') >= 0, index, name, "has a NUL in it");
        refuseIf(!new String(bytes, StandardCharsets.UTF_8).equals(name), index, name, "is not Unicode");
        for (String part : name.split("/", -1)) {
            boolean isStep = part.isEmpty() || part.equals(".") || part.equals("..");
            refuseIf(isStep, index, name, "is not a path below a directory");
            boolean isLong = part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART_BYTES;
            refuseIf(isLong, index, name, "has a part that is too long");
        }
    }

    private void refuseIf(boolean isWrong, int index, String name, String text) {
        if (isWrong) {
            throw Failure.invalid("%s[%d]%s '%s' %s".formatted(list, index, member, shown(name), text));
        }
    }

    /** @return as much of a text of a caller's as has a place in a complaint */
    static String shown(String text) {
        return text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
    }
}
