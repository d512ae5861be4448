package lyceum.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lyceum.platform.TestPostgres;

/** The programs that tests decode with, and that they run the service on. */
public final class TestFfmpeg {

    private TestFfmpeg() {}

    /** @return the system's ffmpeg where there is one, else the bundled one */
    public static String any() {
        return ofSystem().orElseGet(TestFfmpeg::bundled).toString();
    }

    /** @return the ffmpeg on PATH */
    public static Optional<Path> ofSystem() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, "ffmpeg"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @return the ffmpeg of the Maven artifact, unpacked once for all tests of this user */
    public static Path bundled() {
        return Bundled.PROGRAM;
    }

    /**
     * Runs any ffmpeg to its end, which must be a good one.
     *
     * @param arguments behind those that keep it quiet
     * @return what it printed
     */
    public static String output(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(any(), "-nostdin", "-v", "error"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("ffmpeg failed: " + command);
        }
        return printed;
    }

    /**
     * @param directory gets the file
     * @param arguments behind those that keep it quiet, without the name of the result
     * @return what the bundled ffmpeg writes
     */
    public static byte[] made(Path directory, String... arguments) throws IOException, InterruptedException {
        Path file = Files.createTempFile(directory, "made", "");
        List<String> command = new ArrayList<>(List.of(bundled().toString(), "-nostdin", "-y", "-v", "error"));
        command.addAll(List.of(arguments));
        command.add(file.toString());
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new AssertionError("ffmpeg failed: " + command);
        }
        return Files.readAllBytes(file);
    }

    private static final class Bundled {
        static final Path PROGRAM = unpack(TestPostgres.programs().resolve("ffmpeg-for-probes"));

        private static Path unpack(Path target) {
            if (Files.isExecutable(target)) {
                return target;
            }
            try (InputStream file = TestFfmpeg.class.getResourceAsStream("/ws/schild/jave/nativebin/ffmpeg-amd64")) {
                Files.createDirectories(target.getParent());
                Path draft = Files.createTempFile(target.getParent(), "unpacking", "");
                Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
                return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
