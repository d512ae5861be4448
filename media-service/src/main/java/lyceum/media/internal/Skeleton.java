package lyceum.media.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The root directory of every {@link Room}: empty directories to mount on, and links where the machine has links. All of
 * it is made at the start, and is read-only inside of a room. Everything here blocks: a worker calls it.
 *
 * @param root its place on this machine
 */
record Skeleton(Path root) {

    /** Where ffmpeg is, inside of a room. */
    static final String PROGRAM = "/program/ffmpeg";

    /** Directories with programs and libraries; on most machines all but the first are links into the first. */
    private static final List<String> OF_SYSTEM = List.of("usr", "bin", "sbin", "lib", "lib64");

    /** What the loader of programs looks at, and where Debian keeps which library is meant by a name. */
    private static final List<String> OF_LOADER = List.of("etc/ld.so.cache", "etc/alternatives");

    /** Without it ffmpeg burns time to find random numbers. */
    private static final String RANDOM = "dev/urandom";

    /** @return the skeleton, made below a directory that has none yet */
    static Skeleton in(Path directory) throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        for (String name : List.of("job", "old", "program", "dev", "etc")) {
            Files.createDirectory(root.resolve(name));
        }
        Files.createFile(root.resolve(PROGRAM.substring(1)));
        Files.createFile(root.resolve(RANDOM));
        // umount(8) wants to read what is mounted; after it there is nothing behind this link.
        Files.createSymbolicLink(root.resolve("proc"), Path.of("old/proc"));
        for (String name : OF_SYSTEM) {
            Path original = Path.of("/", name);
            if (Files.isSymbolicLink(original)) {
                Files.createSymbolicLink(root.resolve(name), Files.readSymbolicLink(original));
            } else if (Files.isDirectory(original)) {
                Files.createDirectory(root.resolve(name));
            }
        }
        for (String name : OF_LOADER) {
            Path original = Path.of("/", name);
            if (Files.isDirectory(original)) {
                Files.createDirectory(root.resolve(name));
            } else if (Files.exists(original)) {
                Files.createFile(root.resolve(name));
            }
        }
        return new Skeleton(root);
    }

    /**
     * @return a file in the form of fstab(5), with all that is mounted for a job, in order; whoever has read it deletes it. It is
     *     not in the job's directory: files of that may be for everybody, and places of this machine are not
     */
    Path mounts(Path program, Path job) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(line(root, "", "rbind,ro"));
        for (String name : OF_SYSTEM) {
            if (Files.isDirectory(root.resolve(name)) && !Files.isSymbolicLink(root.resolve(name))) {
                lines.add(line(Path.of("/", name), name, "rbind,ro"));
            }
        }
        for (String name : OF_LOADER) {
            if (Files.exists(root.resolve(name))) {
                lines.add(line(Path.of("/", name), name, "bind,ro"));
            }
        }
        lines.add(line(program, PROGRAM.substring(1), "bind,ro"));
        lines.add(line(Path.of("/", RANDOM), RANDOM, "bind"));
        lines.add(line(job, "job", "bind"));
        return Files.write(Files.createTempFile(root.getParent(), "mounts-", null), lines);
    }

    private String line(Path what, String where, String options) {
        return "%s %s none %s 0 0".formatted(escaped(what), escaped(root.resolve(where)), options);
    }

    private static String escaped(Path path) {
        return path.toString()
                .replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }
}
