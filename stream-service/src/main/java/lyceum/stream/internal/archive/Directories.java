package lyceum.stream.internal.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What both trees of a directory of recordings do with directories. Everything blocks. */
final class Directories {

    private Directories() {}

    /** @return whether something can be called so here; in the locale POSIX the names of files are in ASCII */
    static boolean takes(String name) {
        try {
            return Path.of(name).getNameCount() == 1;
        } catch (InvalidPathException notEncoded) {
            return false;
        }
    }

    /** @return what is called so in a directory; or INVALID where nothing can be */
    static Path child(Path directory, String name) {
        if (!takes(name)) {
            throw RecordingStore.unnameable(name);
        }
        return directory.resolve(name);
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    static String name(Path path) {
        return path.getFileName().toString();
    }

    /** @return what is in a directory; nothing where there is none */
    static List<Path> children(Path directory, Predicate<Path> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            all.forEach(path -> {
                if (wanted.test(path)) {
                    found.add(path);
                }
            });
        } catch (NoSuchFileException | NotDirectoryException nothing) {
            return List.of();
        }
        return found;
    }

    /** A new directory is there after a crash only when the one above it has been written. */
    static Path make(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            make(directory.getParent());
            Files.createDirectories(directory);
            sync(directory.getParent());
        }
        return directory;
    }

    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
