package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What there is of runs, besides the service itself, at one moment.
 *
 * @param groups directories of control groups, that of the service and those in it, in all hierarchies
 * @param files in the temporary directory of the service and in that of its sandbox
 * @param traces files on the host that hostile programs would leave
 */
record Remains(
        int programs,
        int dead,
        int nurseries,
        int waiting,
        long mounts,
        long groups,
        long files,
        long traces,
        long nurseryDescriptors,
        long jvmDescriptors,
        double nurseryMib) {

    private static final double MIB = 1024 * 1024;
    /** Of pools and jars, which come and go. 10,000 runs take a dozen nurseries, so that one of each would show. */
    private static final long SPARE_DESCRIPTORS = 8;

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final List<Path> TRACES = Stream.of(
                    "/tmp/hostile-daemon-alive",
                    "/dev/shm/hostile-daemon-alive",
                    "/etc/hostile-was-here",
                    "/usr/hostile-was-here",
                    "/hostile-was-here",
                    "/tmp/.hostile-mark",
                    "/dev/shm/.hostile-mark")
            .map(Path::of)
            .toList();

    /** @param uid of the user of its sandbox */
    static Remains of(Suite suite, int uid) throws IOException {
        SandboxProcesses processes = SandboxProcesses.of(uid);
        return new Remains(
                processes.programs().size(),
                processes.dead().size(),
                processes.nurseries().size(),
                processes.waiting().size(),
                Files.readAllLines(Path.of("/proc", Long.toString(suite.pid()), "mountinfo"))
                        .size(),
                groups(suite.pid()),
                files(suite.temporary()) + files(suite.data().resolve("sandbox")),
                TRACES.stream().filter(Files::exists).count(),
                processes.descriptors(),
                SandboxProcesses.descriptors(suite.pid()),
                processes.residentBytes() / MIB);
    }

    /** @return whether nothing is here that was not there before */
    boolean isNoMoreThan(Remains before) {
        return exact().equals(before.exact()) && jvmDescriptors <= before.jvmDescriptors + SPARE_DESCRIPTORS;
    }

    static List<String> titles() {
        return List.of(
                "programs",
                "zombies",
                "nurseries",
                "cells that wait",
                "mounts",
                "groups",
                "files",
                "traces",
                "descriptors of nurseries",
                "of the JVM",
                "nurseries MiB");
    }

    /** @return what {@link #titles()} name */
    List<Object> values() {
        return Stream.concat(exact().stream(), Stream.of(jvmDescriptors, nurseryMib))
                .toList();
    }

    private List<Object> exact() {
        return List.of(programs, dead, nurseries, waiting, mounts, groups, files, traces, nurseryDescriptors);
    }

    private static long groups(long pid) throws IOException {
        String ours = "lyceum-" + pid + "-";
        return Tree.count(
                GROUPS, path -> Files.isDirectory(path) && path.toString().contains(ours));
    }

    private static long files(Path directory) throws IOException {
        return Tree.count(directory, path -> true);
    }
}
