package lyceum.launcher.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import lyceum.launcher.backup.Manifest.Kind;
import lyceum.launcher.backup.Manifest.Part;

/** The files of one backup; only their owner can read them. What has been written is on the disk. */
final class BackupDirectory {

    private static final String MANIFEST = "manifest.json";
    /** What {@code sha256sum --check} reads. */
    private static final String MANIFEST_HASH = "manifest.json.sha256";

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MOST_MANIFEST_BYTES = 16 * 1024 * 1024;

    private final Path directory;

    BackupDirectory(Path directory) {
        this.directory = directory;
    }

    /** Writes the content of a part, and says how many rows, keys or files it has. */
    interface Content {
        long writeTo(OutputStream sink) throws Exception;
    }

    Part write(String name, Kind kind, String of, Content content) throws Exception {
        Path file = directory.resolve(name);
        MessageDigest digest = sha256();
        try (FileChannel channel = create(file)) {
            Hashed sink = new Hashed(Channels.newOutputStream(channel), digest);
            OutputStream buffered = new BufferedOutputStream(sink, BUFFER_BYTES);
            long items = content.writeTo(buffered);
            buffered.flush();
            channel.force(true);
            return new Part(
                    name, kind, of, items, channel.size(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** Writes it last: a backup without it is none. */
    void seal(Manifest manifest) throws IOException {
        byte[] text = manifest.text().getBytes(StandardCharsets.UTF_8);
        writeAll(directory.resolve(MANIFEST), text);
        String hash = HexFormat.of().formatHex(sha256().digest(text)) + "  " + MANIFEST + "\n";
        writeAll(directory.resolve(MANIFEST_HASH), hash.getBytes(StandardCharsets.UTF_8));
        sync(directory);
    }

    /** @throws Refused where it is missing, damaged, or not for this program */
    Manifest manifest() throws IOException {
        Path file = directory.resolve(MANIFEST);
        Path hash = directory.resolve(MANIFEST_HASH);
        if (!Files.isRegularFile(file) || !Files.isRegularFile(hash) || Files.size(file) > MOST_MANIFEST_BYTES) {
            throw new Refused(directory + " is no backup: there is no " + MANIFEST + " with its hash");
        }
        byte[] text = Files.readAllBytes(file);
        String expected = HexFormat.of().formatHex(sha256().digest(text));
        if (!Files.readString(hash, StandardCharsets.ISO_8859_1).startsWith(expected)) {
            throw new Refused("the backup is damaged: " + MANIFEST);
        }
        return Manifest.read(new String(text, StandardCharsets.UTF_8));
    }

    /** Reads all of it; @throws Refused where a part is missing or not as it was written */
    void verify(Manifest manifest) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (Part part : manifest.parts()) {
            Path file = directory.resolve(part.name()).normalize();
            if (!directory.normalize().equals(file.getParent()) || !Files.isRegularFile(file)) {
                throw new Refused("the backup is damaged: %s is missing".formatted(part.name()));
            }
            MessageDigest digest = sha256();
            try (InputStream source = Files.newInputStream(file)) {
                for (int length = source.read(buffer); length >= 0; length = source.read(buffer)) {
                    digest.update(buffer, 0, length);
                }
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
                throw new Refused("the backup is damaged: " + part.name());
            }
        }
    }

    InputStream read(Part part) throws IOException {
        return new BufferedInputStream(Files.newInputStream(directory.resolve(part.name())), BUFFER_BYTES);
    }

    /** Makes what was renamed, made or deleted in a directory outlive a power cut. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void writeAll(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = create(file)) {
            Channels.newOutputStream(channel).write(bytes);
            channel.force(true);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PRIVATE));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hashes what it passes on, in pieces as they come. */
    private static final class Hashed extends FilterOutputStream {

        private final MessageDigest digest;

        Hashed(OutputStream sink, MessageDigest digest) {
            super(sink);
            this.digest = digest;
        }

        @Override
        public void write(int b) throws IOException {
            digest.update((byte) b);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            out.write(bytes, offset, length);
        }
    }
}
