package lyceum.platform.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The directory of one embedded server: who owns it, the password, and where the owner's server can be reached. */
final class StoreDirectory implements AutoCloseable {

    private static final int PASSWORD_BYTES = 24;
    /** Lies there while an owner is one of {@link Tenancy#PASSING}; a leftover is removed by the next owner. */
    private static final String PASSING = "passing";

    private final Path directory;
    private final FileChannel lockFile;
    private final Tenancy tenancy;
    private FileLock lock;

    /**
     * Opens the directory and tries to become its owner.
     *
     * @param tenancy as an owner
     */
    StoreDirectory(Path directory, Tenancy tenancy) {
        this.directory = directory;
        this.tenancy = tenancy;
        try {
            Files.createDirectories(directory);
            lockFile = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tryToOwn();
    }

    /** Becomes the owner where there is none. */
    void tryToOwn() {
        try {
            lock = tryLock(lockFile);
            if (owned()) {
                withdraw();
                markTenancy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void markTenancy() throws IOException {
        if (tenancy == Tenancy.PASSING) {
            writePrivately(resolve(PASSING), "");
        } else {
            Files.deleteIfExists(resolve(PASSING));
        }
    }

    private static FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** @return whether this process may start a server here; otherwise another one does */
    boolean owned() {
        return lock != null;
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** @return the password, made at the first start and kept in a file that only its owner can read */
    String password() {
        Path file = resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            writePrivately(file, HexFormat.of().formatHex(random));
        }
        return read(file);
    }

    /** @return whether others may use a server that this process starts here */
    boolean isLasting() {
        return tenancy == Tenancy.LASTING;
    }

    /** @return whether the owner gives the directory back as soon as its work is done */
    boolean isOfPassingOwner() {
        return Files.exists(resolve(PASSING));
    }

    /** Says where the server of this directory can be reached, if others may use it. */
    void announceUnlessPassing(String url) {
        if (isLasting()) {
            writePrivately(resolve("url"), url);
        }
    }

    /** Takes back what was announced, by us or by one that was killed. */
    void withdraw() {
        try {
            Files.deleteIfExists(resolve("url"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return where the owner's server can be reached; empty text while it starts */
    String announced() {
        try {
            return Files.readString(resolve("url"));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that only its owner can read, whole or not at all. */
    void writePrivately(Path file, String text) {
        try {
            Path draft = Files.createTempFile(
                    directory,
                    "draft",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (owned()) {
                withdraw();
                Files.deleteIfExists(resolve(PASSING));
            }
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
