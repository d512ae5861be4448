package lyceum.sandbox.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Interpreters that are installed on this machine. Blocks; used at start. */
final class SystemPython {

    private static final String DESCRIBE = "import os,sys;print(os.path.realpath(sys.executable));"
            + "print(os.path.realpath(sys.base_prefix));print('%d.%d.%d'%sys.version_info[:3])";
    private static final long ANSWER_SECONDS = 20;
    private static final Path USR = Path.of("/usr");

    private SystemPython() {}

    /** @return binaries named {@code python3} on the search path and where distributions put them, each once */
    static Set<Path> binaries(String searchPath) {
        Set<Path> found = new LinkedHashSet<>();
        Stream.concat(Arrays.stream(searchPath.split(":")), Stream.of("/usr/bin", "/usr/local/bin"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, "python3"))
                .filter(SystemPython::isBinary)
                .forEach(binary -> found.add(real(binary)));
        return found;
    }

    /**
     * Asks an interpreter, or a script that stands for one, what it is.
     *
     * @throws IOException with one line that says why it cannot be used
     */
    static Interpreter describe(Path python) throws IOException {
        List<String> lines = ask(python);
        if (lines.size() != 3) {
            throw new IOException(python + " is no Python 3");
        }
        Path executable = Path.of(lines.get(0));
        Path home = Path.of(lines.get(1));
        if (executable.startsWith(USR)) {
            return new Interpreter(executable, null, "", lines.get(2));
        }
        if (!executable.startsWith(home) || home.getNameCount() == 0) {
            throw new IOException(executable + " lies outside of its library " + home);
        }
        if (Path.of(System.getProperty("user.home")).startsWith(home)) {
            throw new IOException("programs would see all of %s beside the library of %s".formatted(home, executable));
        }
        return new Interpreter(executable, home, home.toString(), lines.get(2));
    }

    private static List<String> ask(Path python) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(python.toString(), "-E", "-s", "-S", "-c", DESCRIBE);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD)
                .environment()
                .keySet()
                .retainAll(Set.of("PATH", "HOME"));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(python + " does not answer");
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + python, e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Scripts that choose an interpreter by the user's home are left aside: a cell has another user. */
    private static boolean isBinary(Path path) {
        if (!Files.isExecutable(path)) {
            return false;
        }
        try (InputStream file = Files.newInputStream(path)) {
            return file.read() == 0x7F && file.read() == 'E';
        } catch (IOException e) {
            return false;
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }
}
