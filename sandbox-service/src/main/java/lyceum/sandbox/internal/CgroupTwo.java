package lyceum.sandbox.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import lyceum.sandbox.Limits;

/**
 * Control groups of version 2, in a subtree that is delegated to us (systemd's {@code Delegate=yes}, or a container with a
 * control group namespace it may write). Files as in the kernel's Documentation/admin-guide/cgroup-v2.rst.
 */
final class CgroupTwo implements ControlGroups {

    private static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu");
    /** A group with processes in it cannot hand controllers down, so we move into a leaf. */
    private static final String OURSELVES = "lyceum-self";

    private final GroupDirectory groups;
    private final AtomicLong runs = new AtomicLong();

    /**
     * @param own the group that this process is in
     * @throws IOException where that is not delegated to us with the controllers we need
     */
    CgroupTwo(Path own) throws IOException {
        Path base = own.endsWith(OURSELVES) ? own.getParent() : own;
        handDown(base);
        this.groups = new GroupDirectory(base);
        try {
            GroupDirectory.write(groups.path().resolve("cgroup.subtree_control"), plus());
        } catch (IOException e) {
            groups.close();
            throw e;
        }
    }

    private static void handDown(Path base) throws IOException {
        if (!controllers(base, "cgroup.controllers").containsAll(CONTROLLERS)) {
            throw new IOException("memory, pids and cpu are not delegated to " + base);
        }
        if (controllers(base, "cgroup.subtree_control").containsAll(CONTROLLERS)) {
            return;
        }
        Set<String> strangers = new HashSet<>(Files.readAllLines(base.resolve("cgroup.procs")));
        strangers.removeAll(ourProcesses());
        if (!strangers.isEmpty()) {
            throw new IOException("other processes are in " + base);
        }
        Path leaf = base.resolve(OURSELVES);
        if (!Files.isDirectory(leaf)) {
            Files.createDirectory(leaf);
        }
        for (String pid : Files.readAllLines(base.resolve("cgroup.procs"))) {
            GroupDirectory.write(leaf.resolve("cgroup.procs"), pid);
        }
        GroupDirectory.write(base.resolve("cgroup.subtree_control"), plus());
    }

    private static Set<String> ourProcesses() {
        ProcessHandle self = ProcessHandle.current();
        Set<String> ours = self.descendants()
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.toCollection(HashSet::new));
        ours.add(Long.toString(self.pid()));
        return ours;
    }

    private static List<String> controllers(Path group, String file) throws IOException {
        return Arrays.asList(GroupDirectory.read(group.resolve(file)).split(" "));
    }

    private static String plus() {
        return "+" + String.join(" +", CONTROLLERS);
    }

    @Override
    public Meter open() throws IOException {
        return new Group(groups.open("run-" + runs.incrementAndGet()));
    }

    @Override
    public String text() {
        return "limits by control groups (v2)";
    }

    @Override
    public void sweep() throws IOException {
        groups.sweep();
    }

    @Override
    public void close() {
        groups.close();
    }

    private final class Group implements Meter {

        private final Path path;
        private long microsBefore;

        Group(Path path) {
            this.path = path;
        }

        @Override
        public void admit(long pid) throws IOException {
            GroupDirectory.write(path.resolve("cgroup.procs"), pid);
        }

        @Override
        public void limit(Limits limits) throws IOException {
            GroupDirectory.write(path.resolve("memory.max"), limits.memoryBytes());
            if (Files.exists(path.resolve("memory.swap.max"))) {
                GroupDirectory.write(path.resolve("memory.swap.max"), 0);
            }
            GroupDirectory.write(path.resolve("pids.max"), limits.processes());
            microsBefore = micros();
        }

        @Override
        public Usage usage() throws IOException {
            Path peak = path.resolve("memory.peak"); // since Linux 5.19
            long peakBytes = Files.exists(peak) ? Long.parseLong(GroupDirectory.read(peak)) : 0;
            long killed = GroupDirectory.read(path.resolve("memory.events"), "oom_kill");
            long refused = GroupDirectory.read(path.resolve("pids.events"), "max");
            return new Usage(micros() - microsBefore, 0, peakBytes, killed, refused);
        }

        private long micros() throws IOException {
            return GroupDirectory.read(path.resolve("cpu.stat"), "usage_usec");
        }

        @Override
        public void close() {
            groups.remove(path);
        }
    }
}
