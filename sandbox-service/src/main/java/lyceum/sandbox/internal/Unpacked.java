package lyceum.sandbox.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories with what came in our jars: filled as a draft, then put in place by one rename. Blocks; used at start. */
final class Unpacked {

    private static final String DRAFT = "draft-";

    private final Path directory;

    /** @param directory where they lie, side by side */
    Unpacked(Path directory) {
        this.directory = directory;
    }

    /** Fills a draft. */
    interface Filling {
        void into(Path draft) throws IOException;
    }

    /** @return the directory of that name, filled if it is not there yet */
    Path place(String name, Filling filling) throws IOException {
        Path target = directory.toAbsolutePath().resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(target.getParent());
        Path draft = Files.createTempDirectory(
                target.getParent(), DRAFT + ProcessHandle.current().pid() + "-");
        try {
            filling.into(draft);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            delete(draft); // another process was faster, and its copy is as good
        }
        return target;
    }

    /** Removes drafts of processes that died over them. */
    void sweep() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory, DRAFT + "*-*")) {
            for (Path draft : drafts) {
                long pid = Long.parseLong(draft.getFileName().toString().split("-")[1]);
                if (ProcessHandle.of(pid).isEmpty()) {
                    delete(draft);
                }
            }
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
