package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lyceum.platform.TestDirectory;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService.Inspect;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The interpreter out of the Maven artifact: for machines that have none. */
class BundledPythonTest {

    @BeforeAll
    static void isForThisMachine() {
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "the artifact is for x86_64");
    }

    @Test
    void runsProgramsWithItsWholeLibrary() {
        try (TestSandbox sandbox = new TestSandbox(Map.of("LYCEUM_PYTHON", "bundled"))) {
            assertThat(sandbox.service().inspect(new Inspect()).await().text()).startsWith("Python 3.14.3");
            assertThat(sandbox.run("""
                    import ctypes, decimal, json, sqlite3, ssl, subprocess, sys, os
                    print(sys.version_info[:2], sorted(os.environ))
                    print(subprocess.run([sys.executable, "-c", "print(6*7)"], capture_output=True).stdout)""").stdout().bytes())
                    .hasToString("(3, 14) ['HOME', 'HOSTNAME', 'LANG', 'PATH', 'PYTHON_VERSION']\nb'42\\n'\n");
        }
    }

    /** As those who manage versions of Python for a user install it; where root does, cells have a /root of their own. */
    @ParameterizedTest
    @EnumSource(Directory.class)
    void runsProgramsFromTheHomeOfItsUser(Directory directory) throws IOException {
        Path own = Files.createTempDirectory(Path.of(System.getProperty("user.home")), "pythons");
        try {
            Path executable = BundledPython.unpack(new Unpacked(own)).executable();
            try (TestSandbox sandbox = new TestSandbox(Map.of("LYCEUM_PYTHON", executable.toString()))) {
                Buffer source = Buffer.buffer("import json, sys; print(sys.executable)");
                Run run = TestSandbox.python("at-home", source, Buffer.buffer(), TestSandbox.LIMITS, directory);

                assertThat(sandbox.service().run(run).await().stdout().bytes()).hasToString(executable + "\n");
            }
        } finally {
            TestDirectory.delete(own);
        }
    }
}
