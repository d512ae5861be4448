package lyceum.stream.internal.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import lyceum.platform.Failure;
import lyceum.stream.RecordingName;
import lyceum.stream.RecordingService.Gone;
import lyceum.stream.RecordingService.Moved;
import lyceum.stream.internal.EntryId;

/**
 * Recordings as directories and files. Everything blocks.
 *
 * <p>What is not whole yet lies in a directory beside the recordings and is moved to its place when it is on the disk;
 * what is to be deleted is moved there first. So nobody ever sees half of anything, and what a crash leaves is found in
 * one place.
 */
final class RecordingTree {

    private static final String UNFINISHED = ".unfinished";
    private static final String TRASH = ".trash";

    private final Path root;

    RecordingTree(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path recording : Directories.children(root.resolve(Shelf.LISTED.raw()), Files::isDirectory)) {
            names.add(Directories.name(recording));
        }
        names.removeIf(name -> !RecordingName.isOne(name));
        names.sort(NameOrder.BY_CODE_POINT);
        return names;
    }

    boolean contains(String recording) {
        return Directories.takes(RecordingName.check(recording))
                && Files.isDirectory(place(Shelf.LISTED.raw(), recording));
    }

    StoredRecording find(String recording) throws IOException {
        if (!Directories.takes(RecordingName.check(recording))) {
            return StoredRecording.NONE;
        }
        List<StoredStream> streams = new ArrayList<>();
        for (Path each : Directories.children(place(Shelf.LISTED.raw(), recording), path -> true)) {
            stream(each).ifPresent(streams::add);
        }
        streams.sort(Comparator.comparing(StoredStream::stream, NameOrder.BY_CODE_POINT));
        List<String> files = new ArrayList<>();
        for (Path file : Directories.children(place(Shelf.LISTED.post(), recording), path -> true)) {
            files.add(Directories.name(file));
        }
        files.sort(NameOrder.BY_CODE_POINT);
        return new StoredRecording(streams, files);
    }

    private static Optional<StoredStream> stream(Path place) throws IOException {
        String name = Directories.name(place);
        if (!Files.isDirectory(place)) {
            return name.endsWith(ChunkName.ENDING)
                    ? Optional.of(StoredStream.single(ofSingle(name), Files.size(place)))
                    : Optional.empty();
        }
        StoredStream stream = StoredStream.empty(DirectoryName.stream(name));
        for (Path file : Directories.children(place, path -> true)) {
            Optional<ChunkName> chunk = ChunkName.parse(Directories.name(file));
            if (chunk.isPresent()) {
                stream = stream.with(chunk.get(), Files.size(file));
            }
        }
        return Optional.of(stream);
    }

    private static String ofSingle(String file) {
        return DirectoryName.stream(file.substring(0, file.length() - ChunkName.ENDING.length()));
    }

    List<StoredZip> zips(String recording, String stream) throws IOException {
        Optional<String> directory = DirectoryName.of(stream);
        if (directory.isEmpty()) {
            return List.of();
        }
        Path raw = place(Shelf.LISTED.raw(), recording);
        List<ChunkName> chunks = new ArrayList<>();
        Path place = raw.resolve(directory.get());
        for (Path file : Directories.children(place, path -> true)) {
            ChunkName.parse(Directories.name(file)).ifPresent(chunks::add);
        }
        chunks.sort(Comparator.comparing(ChunkName::first).thenComparing(ChunkName::last));
        Path single = raw.resolve(directory.get() + ChunkName.ENDING);
        return chunks.isEmpty() && Files.isRegularFile(single)
                ? List.of(new StoredZip(single.toString(), EntryId.NONE))
                : chunks.stream()
                        .map(chunk -> new StoredZip(place.resolve(chunk.file()).toString(), chunk.last()))
                        .toList();
    }

    /** @return as {@link RecordingStore#add} */
    boolean add(String recording, Chunk chunk, BooleanSupplier permission) throws IOException {
        String directory = DirectoryName.of(chunk.stream()).orElseThrow();
        Path stream = Directories.make(place(Shelf.LISTED.raw(), recording).resolve(directory));
        Path draft = Directories.make(root.resolve(UNFINISHED)).resolve(UUID.randomUUID() + ChunkName.ENDING);
        try {
            write(chunk, draft);
            if (!permission.getAsBoolean()) {
                return false;
            }
            Files.move(draft, stream.resolve(chunk.name().file()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        Directories.sync(stream);
        return true;
    }

    private static void write(Chunk chunk, Path draft) throws IOException {
        try (FileChannel file = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), 64 * 1024);
            chunk.writeTo(out);
            out.flush();
            file.force(true);
        }
    }

    /**
     * One at a time: what was looked at is what is moved. Other processes are kept apart by the moves themselves, which
     * replace nothing but an empty directory. What was made of a recording goes first: after a crash the same order
     * finishes it, whereas a recording that had gone first would look like another one at its place.
     *
     * @return as {@link RecordingStore#move}
     */
    synchronized Moved move(String recording, Shelf from, String newName, Shelf to) throws IOException {
        Path raw = place(from.raw(), recording);
        Path newRaw = place(to.raw(), newName);
        Path post = place(from.post(), recording);
        Path newPost = place(to.post(), newName);
        // What was made of it may have been moved already, before a crash.
        if (Directories.exists(newRaw)
                || Directories.exists(newPost) && (Directories.exists(post) || !Directories.exists(raw))) {
            throw RecordingStore.taken(newName);
        }
        boolean hasPost = claim(post, newPost, newName);
        try {
            claim(raw, newRaw, newName);
        } catch (IOException | Failure notMoved) {
            if (hasPost && Directories.exists(raw)) {
                moveIfThere(newPost, post);
            }
            throw notMoved;
        }
        return new Moved(Directories.exists(newRaw), !Directories.exists(raw));
    }

    /** @return whether it was there; or CONFLICT where somebody else was faster */
    private static boolean claim(Path from, Path to, String newName) throws IOException {
        try {
            return moveIfThere(from, to);
        } catch (FileSystemException notMoved) {
            if (Directories.exists(to)) {
                throw RecordingStore.taken(newName);
            }
            throw notMoved;
        }
    }

    /** @return whether it was there */
    private static boolean moveIfThere(Path from, Path to) throws IOException {
        if (!Directories.exists(from)) {
            return false;
        }
        Directories.make(to.getParent());
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return false; // somebody else was faster
        }
        Directories.sync(to.getParent());
        Directories.sync(from.getParent());
        return true;
    }

    /** @return as {@link RecordingStore#delete} */
    synchronized Gone delete(String recording) throws IOException {
        Path raw = place(Shelf.LISTED.raw(), recording);
        Path post = place(Shelf.LISTED.post(), recording);
        moveIfThere(post, trash());
        moveIfThere(raw, trash());
        return new Gone(!Directories.exists(raw), !Directories.exists(post));
    }

    private Path trash() {
        return root.resolve(TRASH).resolve(UUID.randomUUID().toString());
    }

    Void sweep() throws IOException {
        for (Path draft : Directories.children(root.resolve(UNFINISHED), path -> true)) {
            Files.deleteIfExists(draft);
        }
        return emptyTrash();
    }

    /** Others may do so at the same time. */
    Void emptyTrash() throws IOException {
        for (Path each : Directories.children(root.resolve(TRASH), path -> true)) {
            Files.walkFileTree(each, new Removal());
        }
        return null;
    }

    private Path place(String directory, String recording) {
        return Directories.child(root.resolve(directory), RecordingName.check(recording));
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
            if (error instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw error;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
