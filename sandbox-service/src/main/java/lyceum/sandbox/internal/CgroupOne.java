package lyceum.sandbox.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import lyceum.sandbox.Limits;

/**
 * Control groups of version 1: the controllers memory, pids and cpuacct, each in a hierarchy of its own. Files as in the
 * kernel's Documentation/admin-guide/cgroup-v1.
 */
final class CgroupOne implements ControlGroups {

    private final GroupDirectory memory;
    private final GroupDirectory pids;
    private final GroupDirectory cpu;
    private final AtomicLong runs = new AtomicLong();

    /** Fails where one of the hierarchies is not there, or is not ours to write. */
    CgroupOne(Hierarchies hierarchies) throws IOException {
        List<GroupDirectory> made = new ArrayList<>();
        try {
            for (String controller : List.of("memory", "pids", "cpuacct")) {
                Path base = hierarchies.first(controller).orElseThrow(() -> new IOException("no " + controller));
                made.add(new GroupDirectory(base));
            }
        } catch (IOException e) {
            made.forEach(GroupDirectory::close);
            throw e;
        }
        this.memory = made.get(0);
        this.pids = made.get(1);
        this.cpu = made.get(2);
    }

    @Override
    public Meter open() throws IOException {
        String name = "run-" + runs.incrementAndGet();
        return new Groups(memory.open(name), pids.open(name), cpu.open(name));
    }

    @Override
    public String text() {
        return "limits by control groups (v1)";
    }

    @Override
    public void sweep() throws IOException {
        memory.sweep();
        pids.sweep();
        cpu.sweep();
    }

    @Override
    public void close() {
        memory.close();
        pids.close();
        cpu.close();
    }

    private final class Groups implements Meter {

        private final Path memory;
        private final Path pids;
        private final Path cpu;
        private long nanosBefore;

        Groups(Path memory, Path pids, Path cpu) {
            this.memory = memory;
            this.pids = pids;
            this.cpu = cpu;
        }

        @Override
        public void admit(long pid) throws IOException {
            for (Path group : List.of(memory, pids, cpu)) {
                GroupDirectory.write(group.resolve("cgroup.procs"), pid);
            }
        }

        @Override
        public void limit(Limits limits) throws IOException {
            limitMemory(limits.memoryBytes());
            GroupDirectory.write(pids.resolve("pids.max"), limits.processes());
            nanosBefore = nanos();
        }

        /** The limit with swap may never be below the other one, not even for a moment. */
        private void limitMemory(long bytes) throws IOException {
            Path most = memory.resolve("memory.limit_in_bytes");
            Path withSwap = memory.resolve("memory.memsw.limit_in_bytes");
            boolean knowsSwap = Files.exists(withSwap);
            if (knowsSwap && Long.parseLong(GroupDirectory.read(withSwap)) < bytes) {
                GroupDirectory.write(withSwap, bytes);
            }
            GroupDirectory.write(most, bytes);
            if (knowsSwap) {
                GroupDirectory.write(withSwap, bytes);
            }
        }

        @Override
        public Usage usage() throws IOException {
            long peak = Long.parseLong(GroupDirectory.read(memory.resolve("memory.max_usage_in_bytes")));
            long killed = GroupDirectory.read(memory.resolve("memory.oom_control"), "oom_kill");
            long refused = GroupDirectory.read(pids.resolve("pids.events"), "max");
            return new Usage((nanos() - nanosBefore) / 1_000, 0, peak, killed, refused);
        }

        private long nanos() throws IOException {
            return Long.parseLong(GroupDirectory.read(cpu.resolve("cpuacct.usage")));
        }

        @Override
        public void close() {
            CgroupOne.this.memory.remove(memory);
            CgroupOne.this.pids.remove(pids);
            CgroupOne.this.cpu.remove(cpu);
        }
    }
}
