package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a directory of homework folders: each that has a {@code hw.xml} is one. A broken one is told and left out (D10).
 * All of it blocks: for a worker, never an event loop.
 */
final class HomeworkDirectory {

    private final HomeworkReader reader;
    private final ArchiveLimits limits;

    /** @param limits of one folder; nothing is packed in it, so without the ratio */
    HomeworkDirectory(HomeworkReader reader, ArchiveLimits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /**
     * @param homework sorted by slug
     * @param broken why, by slug
     */
    record Contents(List<Homework> homework, SortedMap<String, String> broken) {}

    /**
     * @param room for all that is kept of it
     * @throws IOException where the directory itself cannot be read
     */
    Contents read(Path root, ShelfRoom room) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry.resolve("hw.xml"))) {
                    folders.add(entry);
                }
            }
        }
        folders.sort(null);
        List<Homework> all = new ArrayList<>();
        Map<String, String> slugs = new HashMap<>();
        SortedMap<String, String> broken = new TreeMap<>();
        for (Path folder : folders) {
            String slug = folder.getFileName().toString();
            try {
                Homework homework = reader.read(slug, files(folder));
                String other = slugs.get(homework.uuid());
                if (other != null) {
                    throw new BrokenHomework("its uuid is that of " + other);
                }
                room.take(homework.bytes());
                slugs.put(homework.uuid(), slug);
                all.add(homework);
            } catch (BrokenHomework e) {
                broken.put(slug, e.getMessage());
            } catch (IOException e) {
                broken.put(slug, "cannot be read: " + e);
            }
        }
        return new Contents(List.copyOf(all), broken);
    }

    private Map<String, Buffer> files(Path folder) throws IOException, BrokenHomework {
        Path root = folder.toRealPath();
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(file);
                return found.size() > limits.maxFiles() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        if (found.size() > limits.maxFiles()) {
            throw new BrokenHomework("it has more than " + limits.maxFiles() + " files");
        }
        Map<String, Buffer> files = new HashMap<>();
        long left = limits.maxUnpackedBytes();
        for (Path file : found) {
            String path = root.relativize(file).toString().replace('\\', '/');
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new BrokenHomework(path + " is no file");
            }
            left -= Files.size(file);
            if (left < 0) {
                throw new BrokenHomework("its files have more than " + limits.maxUnpackedBytes() + " bytes");
            }
            files.put(path, Buffer.buffer(Files.readAllBytes(file)));
        }
        return files;
    }
}
