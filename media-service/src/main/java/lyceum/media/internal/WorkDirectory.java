package lyceum.media.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of this instance below the one that all instances of a machine share. A lock in it tells that its owner
 * lives; what the dead have left is removed by whoever starts next. Everything here blocks: a worker calls it.
 */
final class WorkDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private WorkDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Removes what the dead have left, and makes the directory of this instance.
     *
     * @param instance a name that no other instance has
     */
    static WorkDirectory claim(Path shared, String instance) {
        return alone(shared, () -> {
            sweep(shared);
            Path path = Files.createDirectory(shared.resolve(instance), OWNER_ONLY);
            FileChannel lock = open(path);
            lock.lock();
            return new WorkDirectory(path, lock);
        });
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        alone(path.getParent(), () -> {
            FileTree.delete(path);
            lock.close();
            return path;
        });
    }

    private interface Work<T> {
        T call() throws IOException;
    }

    /** One thread of this JVM and one JVM of this machine at a time: what is not yet locked must not be swept. */
    private static synchronized <T> T alone(Path shared, Work<T> work) {
        try {
            Files.createDirectories(shared.getParent());
            if (!Files.isDirectory(shared)) {
                Files.createDirectory(shared, OWNER_ONLY);
            }
            try (FileChannel claiming = open(shared)) {
                claiming.lock();
                return work.call();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot work in " + shared, e);
        }
    }

    private static void sweep(Path shared) throws IOException {
        try (Stream<Path> found = Files.list(shared)) {
            for (Path instance : found.filter(Files::isDirectory).toList()) {
                if (abandoned(instance)) {
                    LOG.info("removing {}, whose owner is gone", instance);
                    FileTree.delete(instance);
                }
            }
        }
    }

    private static boolean abandoned(Path instance) throws IOException {
        try (FileChannel file = open(instance);
                FileLock free = file.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException e) {
            // Another instance in this JVM holds it.
            return false;
        }
    }

    private static FileChannel open(Path directory) throws IOException {
        return FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
