package lyceum.stream.internal.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import lyceum.stream.RecordingName;

/**
 * Files of recordings as files of a directory. Everything blocks.
 *
 * <p>Symbolic links are never followed below {@code post/}: whoever can make one there would choose what is read.
 */
final class FileTree {

    /** Apart from what the recorder has not finished: that is removed by whoever records next. */
    private static final String DRAFTS = ".uploads";

    /** A draft that nobody has written to for so long is nobody's: an upload ends after half a minute of silence. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private static final String ATTRIBUTES = "unix:isRegularFile,size,lastModifiedTime,ino";

    private final Path root;

    FileTree(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    private Path folder(Shelf shelf, String recording) {
        return Directories.child(root.resolve(shelf.post()), RecordingName.check(recording));
    }

    private Path place(String recording, String file) {
        return Directories.child(folder(Shelf.LISTED, recording), FileStore.checked(file));
    }

    StoredFile find(String recording, String file) throws IOException {
        if (!Directories.takes(RecordingName.check(recording)) || !Directories.takes(FileStore.checked(file))) {
            throw FileStore.missing();
        }
        Path place = place(recording, file);
        if (!Files.isDirectory(place.getParent(), LinkOption.NOFOLLOW_LINKS)) {
            throw FileStore.missing();
        }
        return look(place);
    }

    /** The number of the inode tells apart what was stored within one tick of the clock of files. */
    private static StoredFile look(Path place) throws IOException {
        Map<String, Object> known;
        try {
            known = Files.readAttributes(place, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | NotDirectoryException nothing) {
            throw FileStore.missing();
        }
        if (!Boolean.TRUE.equals(known.get("isRegularFile"))) {
            throw FileStore.missing();
        }
        Instant modified = ((FileTime) known.get("lastModifiedTime")).toInstant();
        long bytes = ((Number) known.get("size")).longValue();
        String tag = "%x-%x-%x%08x"
                .formatted(
                        ((Number) known.get("ino")).longValue(), bytes, modified.getEpochSecond(), modified.getNano());
        return new StoredFile(bytes, modified, tag);
    }

    /** @return as {@link FileStore#read} */
    byte[] read(String recording, String file, String tag, long offset, int count) throws IOException {
        find(recording, file);
        Path place = place(recording, file);
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            // Looked at once it is open: what is read from here on is that file or its successor's tag does not match.
            if (!look(place).tag().equals(tag)) {
                throw FileStore.changed();
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(count, channel.size() - offset)));
            long position = offset;
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, position);
                if (read < 0) {
                    throw FileStore.changed();
                }
                position += read;
            }
            return bytes.array();
        } catch (NoSuchFileException gone) {
            throw FileStore.missing();
        }
    }

    boolean isHidden(String recording) {
        return Directories.exists(folder(Shelf.HIDDEN, recording))
                || Directories.exists(root.resolve(Shelf.HIDDEN.raw()).resolve(recording));
    }

    /** @return an empty draft; what others have left alone makes room */
    Path begin(String recording, String file) throws IOException {
        place(recording, file);
        sweep();
        Path draft =
                Directories.make(root.resolve(DRAFTS)).resolve(UUID.randomUUID().toString());
        Files.createFile(draft);
        return draft;
    }

    void sweep() throws IOException {
        Instant forgotten = Instant.now().minus(FORGOTTEN);
        for (Path draft : Directories.children(root.resolve(DRAFTS), path -> true)) {
            try {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(forgotten)) {
                    Files.deleteIfExists(draft);
                }
            } catch (NoSuchFileException gone) {
                continue; // its owner was faster
            }
        }
    }

    /** @param draft all of which is on the disk. @return as {@link FileDraft#commit} */
    StoredFile commit(Path draft, String recording, String file, boolean overwrite) throws IOException {
        Path place = place(recording, file);
        Directories.make(place.getParent());
        if (!Files.isDirectory(place.getParent(), LinkOption.NOFOLLOW_LINKS)) {
            throw FileStore.missing();
        }
        if (overwrite) {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        } else {
            link(draft, place, FileStore.taken(recording, file));
        }
        Directories.sync(place.getParent());
        return look(place);
    }

    /** A move would replace what another instance has stored a moment ago; a link never does. */
    private static void link(Path draft, Path place, RuntimeException taken) throws IOException {
        try {
            Files.createLink(place, draft);
        } catch (FileAlreadyExistsException exists) {
            throw taken;
        }
        Files.delete(draft);
    }
}
