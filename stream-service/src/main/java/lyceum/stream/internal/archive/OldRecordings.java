package lyceum.stream.internal.archive;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import lyceum.platform.ImportReport;
import lyceum.stream.RecordingName;

/**
 * The folder of recordings of the original (contract, section 4.1), which has the layout of ours. A file is copied as a whole
 * or not at all; one that is here already, with the same length, stays; one that cannot be read or copied is refused.
 * Blocks.
 */
public final class OldRecordings {

    private static final String FILES = "recording file";
    private static final String UNFINISHED = ".unfinished";

    private final Path from;
    private final Path to;
    private final boolean isDry;
    private final ImportReport report;

    /**
     * @param from holds {@code raw}, {@code post}, and those of hidden recordings
     * @param isDry whether nothing is copied
     */
    public OldRecordings(Path from, Path to, boolean isDry, ImportReport report) {
        this.from = from;
        this.to = to.toAbsolutePath().normalize();
        this.isDry = isDry;
        this.report = report;
    }

    /** @return whether a directory has that layout */
    public static boolean isIn(Path directory) {
        return Files.isDirectory(directory.resolve(Shelf.LISTED.raw()))
                || Files.isDirectory(directory.resolve(Shelf.LISTED.post()));
    }

    public void take() throws IOException {
        report.imported(FILES, 0);
        for (Shelf shelf : Shelf.values()) {
            for (Path recording : named(shelf.raw())) {
                takeRaw(recording);
            }
            for (Path recording : named(shelf.post())) {
                for (Path file : sorted(recording)) {
                    take(file, Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? null : "is no file");
                }
            }
        }
    }

    private List<Path> named(String shelf) throws IOException {
        List<Path> recordings = sorted(from.resolve(shelf));
        for (Path recording : recordings) {
            if (!isRecording(recording)) {
                refuse(recording, "is no recording: " + RecordingName.RULE);
            }
        }
        return recordings.stream().filter(OldRecordings::isRecording).toList();
    }

    private static boolean isRecording(Path directory) {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && RecordingName.isOne(Directories.name(directory));
    }

    private void takeRaw(Path recording) throws IOException {
        for (Path stream : sorted(recording)) {
            if (Files.isDirectory(stream, LinkOption.NOFOLLOW_LINKS)) {
                for (Path chunk : sorted(stream)) {
                    boolean isChunk = ChunkName.parse(Directories.name(chunk)).isPresent();
                    take(chunk, isChunk ? flaw(chunk) : "is no chunk of a stream");
                }
            } else {
                take(stream, Directories.name(stream).endsWith(ChunkName.ENDING) ? flaw(stream) : "is no zip");
            }
        }
    }

    private static List<Path> sorted(Path directory) throws IOException {
        return Directories.children(directory, path -> true).stream().sorted().toList();
    }

    private static String flaw(Path zip) {
        if (!Files.isRegularFile(zip, LinkOption.NOFOLLOW_LINKS)) {
            return "is no file";
        }
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.size() == 0 ? "is a zip without entries" : null;
        } catch (ZipException e) {
            return "is no zip, or not whole";
        } catch (IOException e) {
            return "cannot be read: " + e;
        }
    }

    private void take(Path file, String flaw) throws IOException {
        if (flaw != null) {
            refuse(file, flaw);
            return;
        }
        Path target = to.resolve(from.relativize(file).toString());
        if (!Directories.exists(target)) {
            try {
                if (!isDry) {
                    copy(file, target);
                }
                report.imported(FILES);
            } catch (IOException e) {
                refuse(file, "cannot be copied: " + e);
            }
        } else if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && Files.size(target) == Files.size(file)) {
            report.present(FILES);
        } else {
            refuse(file, "another file is in its place");
        }
    }

    private void copy(Path file, Path target) throws IOException {
        Directories.make(target.getParent());
        Path draft = Directories.make(to.resolve(UNFINISHED))
                .resolve(UUID.randomUUID().toString());
        try {
            // Not with the permissions of the original, which may forbid to write.
            try (FileChannel written =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                Files.copy(file, Channels.newOutputStream(written));
                written.force(true);
            }
            Files.setLastModifiedTime(draft, Files.getLastModifiedTime(file));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        Directories.sync(target.getParent());
    }

    private void refuse(Path file, String reason) {
        report.refused(FILES, from.relativize(file).toString(), reason);
    }
}
