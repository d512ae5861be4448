package lyceum.platform.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Programs that came in a Maven artifact, unpacked once: into a draft first, then in place by one rename. */
public final class Bundle {

    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private Bundle() {}

    /** @return the directory with the content of a {@code .txz} of the class path */
    static Path archive(String resource, Path target) {
        return Files.isDirectory(target) ? target : place(target, draft -> unpack(resource, draft));
    }

    /** @return an executable file with the content of a resource */
    public static Path program(String resource, Path target) {
        Path directory = target.getParent();
        if (!Files.isExecutable(target)) {
            place(directory, draft -> copy(resource, draft.resolve(target.getFileName())));
        }
        return target;
    }

    private interface Filling {
        void into(Path draft) throws IOException;
    }

    private static Path place(Path target, Filling filling) {
        try {
            Path parent = Files.createDirectories(target.getParent()).normalize();
            Path draft = Files.createTempDirectory(parent, "unpacking");
            try {
                filling.into(draft);
                Files.setPosixFilePermissions(draft, EXECUTABLE);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
                // Another process was faster; its copy is as good.
            } finally {
                deleteTree(draft);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack to " + target, e);
        }
    }

    private static void unpack(String resource, Path draft) throws IOException {
        try (InputStream file = open(resource);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(file)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = draft.resolve(entry.getName()).normalize();
                if (!path.startsWith(draft)) {
                    throw new IOException("entry outside of its archive: " + entry.getName());
                }
                place(tar, entry, path);
            }
        }
    }

    private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(path, EXECUTABLE);
        }
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream file = open(resource)) {
            Files.copy(file, target);
        }
        Files.setPosixFilePermissions(target, EXECUTABLE);
    }

    private static InputStream open(String resource) throws IOException {
        InputStream file = Bundle.class.getResourceAsStream(resource);
        if (file == null) {
            throw new IOException("not on the class path: " + resource);
        }
        return file;
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
