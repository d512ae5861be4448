package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import lyceum.sandbox.SandboxService.Inspect;
import org.junit.jupiter.api.Test;

/** The interpreter out of the Maven artifact: for machines that have none. */
class BundledPythonTest {

    @Test
    void runsProgramsWithItsWholeLibrary() {
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "the artifact is for x86_64");
        try (TestSandbox sandbox = new TestSandbox(Map.of("LYCEUM_PYTHON", "bundled"))) {
            assertThat(sandbox.service().inspect(new Inspect()).await().text()).startsWith("Python 3.14.3");
            assertThat(sandbox.run("""
                    import ctypes, decimal, json, sqlite3, ssl, subprocess, sys, os
                    print(sys.version_info[:2], sorted(os.environ))
                    print(subprocess.run([sys.executable, "-c", "print(6*7)"], capture_output=True).stdout)""").stdout().bytes())
                    .hasToString("(3, 14) ['HOME', 'HOSTNAME', 'LANG', 'PATH', 'PYTHON_VERSION']\nb'42\\n'\n");
        }
    }
}
