package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an interpreter says of itself, and what of it is believed. */
class SystemPythonTest {

    private static final Path HOME = Path.of(System.getProperty("user.home"));

    @TempDir
    Path directory;

    @Test
    void takesALibraryWithinAHome() throws IOException {
        Path library = HOME.resolve("pythons/3.12.1");

        assertThat(SystemPython.describe(saying(library.resolve("bin/python3.12"), library)))
                .isEqualTo(new Interpreter(library.resolve("bin/python3.12"), library, library.toString(), "3.12.1"));
    }

    @Test
    void refusesALibraryThatIsAHome() throws IOException {
        Path python = saying(HOME.resolve("bin/python3.12"), HOME);

        assertThatThrownBy(() -> SystemPython.describe(python))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("programs would see all of " + HOME);
    }

    @Test
    void refusesALibraryElsewhere() throws IOException {
        Path python = saying(Path.of("/opt/a/bin/python3"), Path.of("/opt/b"));

        assertThatThrownBy(() -> SystemPython.describe(python))
                .isInstanceOf(IOException.class)
                .hasMessage("/opt/a/bin/python3 lies outside of its library /opt/b");
    }

    private Path saying(Path executable, Path library) throws IOException {
        Path script = Files.writeString(
                directory.resolve("python3"), "#!/bin/sh\nprintf '%s\\n' " + executable + " " + library + " 3.12.1\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
