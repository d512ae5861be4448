package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

    @TempDir
    Path data;

    @Test
    void removesWhatAKilledInstanceHasLeft() throws IOException {
        Path leftover = Files.createDirectories(data.resolve("media/killed/job"));
        Files.writeString(leftover.resolve("input0"), "sound");
        Files.writeString(data.resolve("media/killed/lock"), "");

        try (WorkDirectory own = WorkDirectory.claim(data.resolve("media"), "own")) {
            assertThat(data.resolve("media/killed")).doesNotExist();
            assertThat(own.path()).isDirectory();
        }
    }

    @Test
    void keepsWhatALivingInstanceOfThisJvmHas() {
        try (WorkDirectory first = WorkDirectory.claim(data.resolve("media"), "first");
                WorkDirectory second = WorkDirectory.claim(data.resolve("media"), "second")) {
            assertThat(first.path()).isDirectory();
            assertThat(second.path()).isDirectory();
        }
        assertThat(data.resolve("media")).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void keepsWhatALivingInstanceOfAnotherJvmHas() throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkDirectoryTest.class.getName(),
                        data.resolve("media").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(other.inputReader().lines().anyMatch("claimed"::equals)).isTrue();
            WorkDirectory.claim(data.resolve("media"), "own").close();
            assertThat(data.resolve("media/other")).isDirectory();
        } finally {
            other.destroyForcibly().waitFor();
        }
        WorkDirectory.claim(data.resolve("media"), "own").close();
        assertThat(data.resolve("media/other")).doesNotExist();
    }

    /** The other JVM: claims, says so, and waits to be killed. */
    public static void main(String[] arguments) throws IOException {
        WorkDirectory own = WorkDirectory.claim(Path.of(arguments[0]), "other");
        System.out.println("claimed");
        System.in.read();
        own.close();
    }
}
