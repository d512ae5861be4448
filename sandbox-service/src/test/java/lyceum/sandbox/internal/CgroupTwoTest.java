package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a group of version 2 before anything is made in it, on a directory with its files. */
class CgroupTwoTest {

    @TempDir
    Path group;

    @Test
    void leavesAGroupAloneThatHasNotTheControllers() throws IOException {
        Files.writeString(group.resolve("cgroup.controllers"), "cpu io\n");

        assertThatThrownBy(() -> new CgroupTwo(group))
                .isInstanceOf(IOException.class)
                .hasMessage("memory, pids and cpu are not delegated to " + group);
        assertThat(group).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void leavesAGroupAloneThatOthersAreIn() throws IOException {
        Files.writeString(group.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        Files.writeString(group.resolve("cgroup.subtree_control"), "\n");
        Files.writeString(
                group.resolve("cgroup.procs"), "1\n" + ProcessHandle.current().pid() + "\n");

        assertThatThrownBy(() -> new CgroupTwo(group)).hasMessage("other processes are in " + group);
        assertThat(group).isDirectoryNotContaining(Files::isDirectory);
    }
}
