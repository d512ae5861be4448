package lyceum.launcher.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

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

    /** @throws Refused where something that is there could not be moved away; nothing is, yet */
    void check() throws IOException {
        for (Path child : store.children()) {
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                checkDirectory(child);
            }
        }
    }

    private void checkDirectory(Path child) throws IOException {
        if (!Files.getFileStore(child).equals(Files.getFileStore(store.root()))) {
            throw new Refused(child + " cannot be replaced: it is a volume of its own");
        }
        if (!Files.isWritable(child)) {
            try {
                // Says nothing new, and is the owner's alone to say.
                Files.setPosixFilePermissions(child, Files.getPosixFilePermissions(child));
            } catch (FileSystemException e) {
                throw new Refused(child + " cannot be replaced: it belongs to another user");
            }
        }
    }

    /** Changes the names. */
    void perform() throws IOException {
        for (Path child : store.children()) {
            move(child, old);
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(fresh)) {
            for (Path child : children) {
                moveAwayLink(store.root().resolve(child.getFileName()));
                move(child, store.root());
            }
        }
        BackupDirectory.sync(store.root());
    }

    /** One that is no part of a backup, and stays unless it stands in the place of something that is. */
    private void moveAwayLink(Path place) throws IOException {
        if (Files.isSymbolicLink(place)) {
            move(place, old);
        }
    }

    /** A directory that nobody may write into cannot be moved either: its entry for the parent changes. */
    private static void move(Path child, Path parent) throws IOException {
        Path target = parent.resolve(child.getFileName());
        if (!Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) || Files.isWritable(child)) {
            Files.move(child, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(child);
        allowWriting(child);
        Files.move(child, target, StandardCopyOption.ATOMIC_MOVE);
        Files.setPosixFilePermissions(target, permissions);
    }

    private static void allowWriting(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        permissions.add(PosixFilePermission.OWNER_WRITE);
        Files.setPosixFilePermissions(directory, permissions);
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
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!Files.isWritable(directory)) {
                    allowWriting(directory);
                }
                return FileVisitResult.CONTINUE;
            }

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
