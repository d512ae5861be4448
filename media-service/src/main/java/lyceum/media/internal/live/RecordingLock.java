package lyceum.media.internal.live;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A recording that is written or finished: one has it, of all instances that share the directory, until it is closed or its
 * process ends in whatever way. Everything here blocks.
 */
final class RecordingLock implements AutoCloseable {

    /**
     * Those of this JVM. What is in here is not opened again: to close a file lets go all locks that the process has on it
     * (fcntl(2)).
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private RecordingLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @return a new file, locked */
    static RecordingLock create(Path file) throws IOException {
        return lock(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                .orElseThrow(() -> new IOException("somebody else writes " + file));
    }

    /** @return a file that is there; empty where somebody else has it, or has just finished it */
    static Optional<RecordingLock> take(Path file) throws IOException {
        Optional<RecordingLock> taken;
        try {
            taken = lock(file, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (taken.isPresent() && !Files.exists(file)) {
            taken.get().close();
            return Optional.empty();
        }
        return taken;
    }

    private static Optional<RecordingLock> lock(Path file, OpenOption... options) throws IOException {
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean isLocked = false;
        try {
            channel = FileChannel.open(file, options);
            isLocked = channel.tryLock() != null;
            return isLocked ? Optional.of(new RecordingLock(file, channel)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            // Another path leads to it, too.
            return Optional.empty();
        } finally {
            if (!isLocked) {
                HELD.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** @return where it is written */
    FileChannel channel() {
        return channel;
    }

    /** Others may have what is left of it. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
