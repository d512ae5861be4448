package lyceum.launcher.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Puts files in the place of those of a store. The new ones are laid out in a directory inside the store, because the store
 * itself may be a mounted volume, which cannot be renamed; then names change, and no byte.
 */
final class Swap {

    /** No recording and no homework has a dot in front. */
    static final String DIRECTORY = ".restore";

    private final FileStore store;
    private final Path work;
    private final Path fresh;
    private final Path old;

    Swap(FileStore store) {
        this.store = store;
        work = store.root().resolve(DIRECTORY);
        fresh = work.resolve("new");
        old = work.resolve("old");
    }

    /** Lays the new files out; those that are there stay. */
    void prepare(InputStream archive) throws IOException {
        delete(work);
        Files.createDirectories(fresh);
        Files.createDirectories(old);
        FileArchive.unpack(archive, fresh);
    }

    /** Changes the names. */
    void perform() throws IOException {
        for (Path child : store.children()) {
            Files.move(child, old.resolve(child.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(fresh)) {
            for (Path child : children) {
                Files.move(child, store.root().resolve(child.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        BackupDirectory.sync(store.root());
    }

    /** Removes what is not needed any more: the old files, or the new ones where they were not wanted in the end. */
    void clear() throws IOException {
        delete(work);
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
                if (error != null) {
                    throw error;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
