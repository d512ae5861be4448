package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import lyceum.platform.TestDirectory;
import lyceum.platform.TestJvm;
import lyceum.sandbox.Run;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A service that is killed takes its programs along; the next one removes what it could not. */
class ServiceDeathTest {

    private static final int PROGRAMS = 4;

    /** The service that will be killed. */
    static final class Doomed {

        private Doomed() {}

        public static void main(String[] arguments) {
            TestSandbox sandbox = new TestSandbox(Map.of(), Integer.parseInt(arguments[0]));
            Buffer source = Buffer.buffer("import ctypes; ctypes.CDLL(None).prctl(1, 0)\nwhile True: pass");
            for (int i = 0; i < PROGRAMS; i++) {
                sandbox.service().run(Run.ofLesson("doomed-" + i, source, TestSandbox.LIMITS));
            }
        }
    }

    @Test
    void nothingSurvivesTheServiceForASecond() throws IOException {
        int uid = TestSandbox.freshUid();
        Path directory = Files.createTempDirectory("doomed");
        ProcessBuilder builder = new ProcessBuilder(TestJvm.command(
                "-Xmx128m",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Doomed.class.getName(),
                Integer.toString(uid)));
        Process doomed = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> TestSandbox.programs(uid).size() == PROGRAMS);
        } finally {
            doomed.destroyForcibly();
        }
        Awaitility.await().until(() -> TestSandbox.processes(uid).isEmpty());

        try (TestSandbox next = new TestSandbox(Map.of())) {
            assertThat(next.run("print('alive')").stdout().bytes()).hasToString("alive\n");
            assertThat(TestSandbox.groups(doomed.pid())).isEmpty();
        }
        TestDirectory.delete(directory);
    }
}
