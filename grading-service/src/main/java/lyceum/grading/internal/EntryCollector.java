package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Takes entries of an archive into memory, each checked before it is, all of them bounded together. */
final class EntryCollector {

    /** Directories cost nothing but their names. */
    private static final int ENTRIES_PER_FILE = 10;

    private final ArchiveLimits limits;
    private final long maxBytes;
    private final Map<String, Buffer> files = new LinkedHashMap<>();
    private final Set<String> directories = new HashSet<>();
    private int entries;
    private int fileEntries;
    private long bytes;

    /** @param packedBytes size of the archive */
    EntryCollector(ArchiveLimits limits, long packedBytes) {
        this.limits = limits;
        this.maxBytes = limits.unpackedBytes(packedBytes);
    }

    /** @return what all files together may come to */
    long maxBytes() {
        return maxBytes;
    }

    void directory(String name) throws ArchiveRefusal {
        count();
        String path = EntryPath.of(name, limits.maxDepth());
        if (!path.isEmpty()) {
            addDirectory(path, name);
        }
    }

    /** Takes a file; of several of one path the last counts, as when they are unpacked one after another. */
    void file(String name, InputStream content) throws IOException {
        count();
        fileEntries++;
        if (fileEntries > limits.maxFiles()) {
            throw ArchiveRefusal.tooManyFiles("there are more than " + limits.maxFiles() + " files");
        }
        String path = EntryPath.of(name, limits.maxDepth());
        if (path.isEmpty() || directories.contains(path)) {
            throw ArchiveRefusal.forbidden(name, "a file has the path of a directory");
        }
        int slash = path.lastIndexOf('/');
        if (slash >= 0) {
            addDirectory(path.substring(0, slash), name);
        }
        byte[] read = content.readNBytes((int) Math.min(maxBytes - bytes + 1, Integer.MAX_VALUE - 8));
        bytes += read.length;
        if (bytes > maxBytes) {
            throw tooLarge(name);
        }
        files.put(path, Buffer.buffer(read));
    }

    ArchiveRefusal tooLarge(String name) {
        return ArchiveRefusal.forbidden(name, "unpacked there are more than " + maxBytes + " bytes");
    }

    /** @throws ArchiveRefusal always: an entry that is neither file nor directory */
    void special(String name) throws ArchiveRefusal {
        throw ArchiveRefusal.forbidden(name, "it is a link or a device");
    }

    /** @return the files by path, in the order of the archive */
    Map<String, Buffer> files() {
        return Collections.unmodifiableMap(files);
    }

    private void count() throws ArchiveRefusal {
        entries++;
        if (entries > limits.maxFiles() * ENTRIES_PER_FILE) {
            throw ArchiveRefusal.tooManyFiles(
                    "there are more than " + limits.maxFiles() * ENTRIES_PER_FILE + " files and directories");
        }
    }

    private void addDirectory(String path, String name) throws ArchiveRefusal {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            addOne(path.substring(0, slash), name);
        }
        addOne(path, name);
    }

    private void addOne(String path, String name) throws ArchiveRefusal {
        if (files.containsKey(path)) {
            throw ArchiveRefusal.forbidden(name, "a directory has the path of a file");
        }
        directories.add(path);
    }
}
