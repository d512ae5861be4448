package lyceum.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.platform.TestJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM that is not root's, whom no permission holds up. */
class SwapTest {

    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));
    /** A user namespace without a map: files of root are its own, and it may nothing that another user may not. */
    private static final List<String> UNPRIVILEGED = List.of("unshare", "-U");

    private static final String DONE = "done\n";

    @TempDir
    Path root;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(root.resolve("roman/code"));
        Files.writeString(root.resolve("roman/hw.xml"), "<homework/>");
        Files.writeString(root.resolve("roman/code/run.py"), "pass");
    }

    @Test
    void replacesDirectoriesIntoWhichNobodyMayWrite() throws Exception {
        permit("roman/code", "r-xr-xr-x");
        permit("roman", "r-xr-xr-x");

        assertThat(replaced()).isEqualTo(DONE);

        assertThat(root.resolve("roman/code/run.py")).hasContent("pass");
        assertThat(permissions("roman")).isEqualTo("r-xr-xr-x");
        assertThat(permissions("roman/code")).isEqualTo("r-xr-xr-x");
        assertThat(root.resolve(Swap.DIRECTORY)).doesNotExist();
    }

    @Test
    void refusesBeforehandWhatBelongsToAnother() throws Exception {
        assumeTrue(IS_ROOT, "only root can give files away");
        Files.setAttribute(root.resolve("roman"), "unix:uid", 65534);

        assertThat(replaced()).isEqualTo(root.resolve("roman") + " cannot be replaced: it belongs to another user\n");

        assertThat(root.resolve("roman/hw.xml")).exists();
    }

    private void permit(String directory, String permissions) throws IOException {
        Files.setPosixFilePermissions(root.resolve(directory), PosixFilePermissions.fromString(permissions));
    }

    private String permissions(String directory) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(directory)));
    }

    private String replaced() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(IS_ROOT ? UNPRIVILEGED : List.of());
        command.addAll(TestJvm.command(
                "-cp", System.getProperty("java.class.path"), SwapTest.class.getName(), root.toString()));
        Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jvm.waitFor();
        return said;
    }

    /** Replaces the files of a store with the same. */
    public static void main(String[] arguments) throws IOException {
        FileStore store = new FileStore("homework", Path.of(arguments[0]), Optional.empty(), true);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        FileArchive.write(store, archive, path -> {});
        Swap swap = new Swap(store);
        swap.prepare(new ByteArrayInputStream(archive.toByteArray()));
        try {
            swap.check();
        } catch (Refused e) {
            System.out.println(e.getMessage());
            return;
        }
        swap.perform();
        swap.clear();
        System.out.print(DONE);
    }
}
