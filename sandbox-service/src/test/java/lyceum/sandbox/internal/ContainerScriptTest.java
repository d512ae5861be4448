package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts, in the shells of this machine; every image brings its own. */
class ContainerScriptTest {

    private static final String[] INPUT = {"input", "joined"};
    private static final String[] APART = {"nothing", "apart"};

    @TempDir
    private Path home;

    private Path directory;
    private Path ours;

    @BeforeEach
    void makeDirectories() throws IOException {
        directory = Files.createDirectory(home.resolve("w"));
        ours = Files.createDirectory(home.resolve("ours"));
    }

    private record Done(int code, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix"})
    void runsAProgramInItsDirectoryAndEndsLikeIt(String shell) throws Exception {
        Done done = run(shell, "", APART, "sh", "-c", "pwd; echo wrong >&2; exit 5");

        assertThat(done).isEqualTo(new Done(5, directory + "\n", "wrong\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix"})
    void saysNothingOfItsOwnWhenAProgramIsKilled(String shell) throws Exception {
        assertThat(run(shell, "", APART, "sh", "-c", "kill -ABRT $$")).isEqualTo(new Done(134, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix"})
    void feedsItInPiecesUntilOneIsEmpty(String shell) throws Exception {
        String input = "3\na\nb70000\n" + "x".repeat(70_000) + "1\nc0\nnot for it";

        assertThat(run(shell, input, INPUT, "cat").out()).isEqualTo("a\nb" + "x".repeat(70_000) + "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix"})
    void doesNotWaitForAProgramThatDoesNotRead(String shell) throws Exception {
        assertThat(run(shell, "5\nhe", INPUT, "true").code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix"})
    void limitsCpuTimeFilesCoresAndDescriptors(String shell) throws Exception {
        Done limits = run(shell, "", APART, "sh", "-c", "ulimit -S -t; ulimit -H -t; ulimit -f; ulimit -c; ulimit -n");
        Done spinning = run(shell, "", APART, "sh", "-c", "while :; do :; done");

        assertThat(limits.out()).isEqualTo("1\n2\n2048\n0\n1024\n");
        assertThat(spinning.code()).isEqualTo(128 + 24);
        assertThat(used()).containsPattern("0m(0\\.[5-9]|1\\.)\\d+s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix"})
    void leavesInterruptsToTheProgram(String shell) throws Exception {
        assertThat(run(shell, "", APART, "sh", "-c", "trap 'echo caught' INT; kill -INT $PPID $$; echo on")
                        .out())
                .isEqualTo("caught\non\n");
    }

    /** In namespaces of its own: there the first process has the name of ours, and everybody else may be killed. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix"})
    void endsWithTheFirstProcessOfAProgram(String shell) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("unshare", "-Urpf", "--mount-proc", "sh", "-c", "\"$@\"; exit $?"));
        command.add(ContainerScript.FIRST_PROCESS);
        command.addAll(runScript(shell, APART, "sh", "-c", "sleep 100 & echo left one; exit 6"));

        assertThat(start(command, "")).isEqualTo(new Done(6, "left one\n", ""));
    }

    @Test
    void leavesTheProcessesOfAMachineThatIsNotOursAlone() throws Exception {
        Process other = new ProcessBuilder("sleep", "100").start();

        run("dash", "", APART, "true");

        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly();
    }

    @Test
    void findsTheHolesOfThisMachine() throws Exception {
        List<String> arguments = List.of(directory.toString(), "gVisor");

        Done done = start(ContainerScript.PROOF.command(arguments), "");

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.out().strip().split("; "))
                .contains("its kernel is not gVisor", "it sees other processes", "its root can be written");
    }

    @Test
    void findsThatSomethingCanBeReached() throws Exception {
        try (java.net.ServerSocket server =
                new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(server.getLocalPort());
            List<String> arguments = List.of(directory.toString(), "", "127.0.0.1", port, "127.0.0.1", "1");

            String holes = start(ContainerScript.PROOF.command(arguments), "").out();

            assertThat(holes.split("it reaches 127\\.0\\.0\\.1", -1)).hasSize(2);
        }
    }

    @Test
    void holdsAContainerOpenForItsTime() throws Exception {
        Process sleeper = new ProcessBuilder(ContainerScript.SLEEP.command(List.of("0"))).start();

        assertThat(sleeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(sleeper.exitValue()).isZero();
    }

    private String used() throws Exception {
        return start(ContainerScript.USED.command(List.of(ours.toString())), "").out();
    }

    private Done run(String shell, String input, String[] modes, String... program) throws Exception {
        return start(runScript(shell, modes, program), input);
    }

    private List<String> runScript(String shell, String[] modes, String... program) {
        List<String> arguments =
                new ArrayList<>(List.of(directory.toString(), ours.toString(), "1", "2048", "0", modes[0], modes[1]));
        arguments.addAll(List.of("env", "--", "A=b"));
        arguments.addAll(List.of(program));
        List<String> command = ContainerScript.RUN.command(arguments);
        List<String> inShell = new ArrayList<>(List.of(shell.split(" ")));
        inShell.addAll(command.subList(1, command.size()));
        return inShell;
    }

    /** Its input stays open until it has ended, as that of an engine does. */
    private Done start(List<String> command, String input) throws Exception {
        Path errors = home.resolve("errors");
        Process process = new ProcessBuilder(TestSignals.unheard(command))
                .redirectError(errors.toFile())
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            write(stdin, input);
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return new Done(process.exitValue(), out, Files.readString(errors));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void write(OutputStream stdin, String input) throws IOException {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
        stdin.flush();
    }
}
