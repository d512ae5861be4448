package lyceum.launcher.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Files of a store as a tar, as POSIX extends it; links are left out, and told, but for those that the store follows. A file
 * that grows is taken as long as it is when its turn comes; one that is removed before that is not taken.
 */
final class FileArchive {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
    };

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private final TarArchiveOutputStream tar;
    private final Consumer<Path> leftOut;

    private FileArchive(TarArchiveOutputStream tar, Consumer<Path> leftOut) {
        this.tar = tar;
        this.leftOut = leftOut;
    }

    /**
     * @param leftOut told of each link, and whatever else is neither a file nor a directory
     * @return how many files were written
     */
    static long write(FileStore store, OutputStream sink, Consumer<Path> leftOut) throws IOException {
        store.leftOut().forEach(leftOut);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(sink, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        long files = 0;
        FileArchive archive = new FileArchive(tar, leftOut);
        for (Path child : store.children()) {
            // A link that is followed is written as what it leads to, under its own name.
            Path real = Files.isSymbolicLink(child) ? child.toRealPath() : child;
            files += archive.add(child.getFileName().toString(), real);
        }
        tar.finish();
        return files;
    }

    private long add(String name, Path path) throws IOException {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return addDirectory(name, path);
            }
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return addFile(name, path);
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                leftOut.accept(path);
            }
            return 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private long addDirectory(String name, Path path) throws IOException {
        long files = 0;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            tar.putArchiveEntry(entry(name + '/', path));
            tar.closeArchiveEntry();
            for (Path child : children) {
                files += add(name + '/' + child.getFileName(), child);
            }
        }
        return files;
    }

    private long addFile(String name, Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            TarArchiveEntry entry = entry(name, path);
            long size = channel.size();
            entry.setSize(size);
            tar.putArchiveEntry(entry);
            copy(Channels.newInputStream(channel), size, tar, path);
            tar.closeArchiveEntry();
            return 1;
        }
    }

    private static TarArchiveEntry entry(String name, Path path) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setModTime(Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS));
        entry.setMode(mode(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)));
        return entry;
    }

    private static void copy(InputStream source, long size, OutputStream sink, Path path) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = size;
        while (left > 0) {
            int length = source.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (length < 0) {
                throw new EOFException(path + " became shorter while it was read");
            }
            sink.write(buffer, 0, length);
            left -= length;
        }
    }

    /**
     * Lays the files out, on the disk when it is done. Directories get their permissions last, and the inner ones first:
     * into some of them nobody may write any more then.
     */
    static void unpack(InputStream source, Path target) throws IOException {
        Deque<Laid> directories = new ArrayDeque<>();
        TarArchiveInputStream tar = new TarArchiveInputStream(source, "UTF-8");
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = target.resolve(entry.getName()).normalize();
            if (!path.startsWith(target) || !(entry.isFile() || entry.isDirectory())) {
                throw new IOException("not an entry of a backup: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                Set<PosixFilePermission> permissions = permissions(entry.getMode());
                directories.push(new Laid(path, permissions));
                Files.setPosixFilePermissions(path, withOwner(permissions));
            } else {
                write(tar, path);
                Files.setLastModifiedTime(
                        path, FileTime.fromMillis(entry.getModTime().getTime()));
                Files.setPosixFilePermissions(path, permissions(entry.getMode()));
            }
        }
        for (Laid directory : directories) {
            Files.setPosixFilePermissions(directory.path(), directory.permissions());
        }
    }

    /** Of nobody else's more than in the end. */
    private static Set<PosixFilePermission> withOwner(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> all = EnumSet.copyOf(OWNER);
        all.addAll(permissions);
        return all;
    }

    /** A directory of an archive; those within come behind it there. */
    private record Laid(Path path, Set<PosixFilePermission> permissions) {}

    private static void write(InputStream source, Path path) throws IOException {
        Files.createDirectories(path.getParent());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            source.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (int bit = 0; bit < BITS.length; bit++) {
            mode |= permissions.contains(BITS[bit]) ? 1 << bit : 0;
        }
        return mode;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                permissions.add(BITS[bit]);
            }
        }
        return permissions;
    }
}
