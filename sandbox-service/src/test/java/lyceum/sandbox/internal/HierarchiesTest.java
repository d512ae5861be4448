package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HierarchiesTest {

    @Test
    void findsOurGroupsOfVersionOne() {
        Hierarchies hierarchies = new Hierarchies(
                List.of("4:memory:/jobs/a:b", "2:cpu,cpuacct:/", "0::/"),
                List.of(
                        "30 24 0:26 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
                        "31 24 0:27 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct"));

        assertThat(hierarchies.first("memory")).contains(Path.of("/sys/fs/cgroup/memory/jobs/a:b"));
        assertThat(hierarchies.first("cpuacct")).contains(Path.of("/sys/fs/cgroup/cpu,cpuacct"));
        assertThat(hierarchies.first("pids")).isEmpty();
        assertThat(hierarchies.second()).isEmpty();
    }

    @Test
    void findsOurGroupInAContainerThatSeesAPartOfTheHierarchy() {
        Hierarchies hierarchies = new Hierarchies(
                List.of("4:memory:/docker/17/inner"),
                List.of("30 24 0:26 /docker/17 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory"));

        assertThat(hierarchies.first("memory")).contains(Path.of("/sys/fs/cgroup/memory/inner"));
    }

    @Test
    void findsOurGroupOfVersionTwo() {
        Hierarchies hierarchies = new Hierarchies(
                List.of("0::/system.slice/lyceum.service"),
                List.of("29 23 0:25 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate"));

        assertThat(hierarchies.second()).contains(Path.of("/sys/fs/cgroup/system.slice/lyceum.service"));
    }
}
