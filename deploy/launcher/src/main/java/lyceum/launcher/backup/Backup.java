package lyceum.launcher.backup;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import lyceum.launcher.backup.Manifest.Kind;
import lyceum.launcher.backup.Manifest.Part;
import lyceum.launcher.backup.Schemas.Migration;
import lyceum.platform.Settings;

/**
 * Makes backups, a directory each, {@code lyceum-20261129T015800Z}. Until everything is on the disk its name ends with
 * {@code .partial}. The suite may run meanwhile, and is not disturbed: PostgreSQL gives a snapshot.
 */
public final class Backup {

    private static final String PREFIX = "lyceum-";
    private static final String PARTIAL = ".partial";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path place;
    private final int kept;
    private final String program;
    private final Clock clock;
    private final Consumer<String> report;

    /**
     * @param place where backups lie beside each other; is made
     * @param kept so many of the newest stay, 0 for all
     * @param program its version
     * @param report told what was done, one line each
     */
    public Backup(Path place, int kept, String program, Clock clock, Consumer<String> report) {
        this.place = place.toAbsolutePath().normalize();
        this.kept = kept;
        this.program = program;
        this.clock = clock;
        this.report = report;
    }

    /**
     * Makes one, and then removes the oldest of those that are too many.
     *
     * @return its directory
     * @throws Refused where there is nothing that could be backed up, or another one is being made
     */
    public Path make(Vertx vertx, Settings settings, String postgresUrl, String redisUrl) throws Exception {
        Files.createDirectories(place);
        try (FileChannel channel =
                        FileChannel.open(place.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = lock(channel)) {
            if (alone == null) {
                throw new Refused("another backup is being made in " + place);
            }
            removeLeftovers();
            Path made = makeAlone(vertx, settings, postgresUrl, redisUrl);
            removeOldest();
            return made;
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private Path makeAlone(Vertx vertx, Settings settings, String postgresUrl, String redisUrl) throws Exception {
        Instant now = clock.instant();
        Path target = place.resolve(PREFIX + TIME.format(now));
        if (Files.exists(target)) {
            throw new Refused(target + " is there already");
        }
        Path partial = place.resolve(target.getFileName() + PARTIAL);
        Files.createDirectory(
                partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            write(new BackupDirectory(partial), now, vertx, settings, postgresUrl, redisUrl);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            BackupDirectory.sync(place);
        } catch (Exception e) {
            Swap.delete(partial);
            throw e;
        }
        report.accept("backup " + target);
        return target;
    }

    private void write(
            BackupDirectory backup, Instant now, Vertx vertx, Settings settings, String postgresUrl, String redisUrl)
            throws Exception {
        List<Part> parts = new ArrayList<>();
        Map<String, List<Migration>> schemas;
        Map<String, Long> sequences;
        try (DatabaseStore database = DatabaseStore.open(postgresUrl)) {
            if (database.isMarked()) {
                throw new Refused("a restore into this database is not finished");
            }
            SnapshotStore snapshot = new SnapshotStore(database);
            schemas = database.schemas();
            for (String schema : schemas.keySet()) {
                for (String table : database.tables(schema)) {
                    String name = "postgres.%s.%s".formatted(schema, table);
                    parts.add(tell(backup.write(
                            name, Kind.TABLE, schema + '.' + table, sink -> snapshot.copy(schema, table, sink))));
                }
            }
            sequences = snapshot.sequences(List.copyOf(schemas.keySet()));
            snapshot.end();
        }
        try (Keys keys = new Keys(vertx, redisUrl)) {
            parts.add(tell(backup.write("redis", Kind.KEYS, "redis", keys::writeTo)));
        }
        for (FileStore store : FileStore.from(settings)) {
            parts.add(tell(backup.write(
                    "files.%s.tar".formatted(store.name()),
                    Kind.FILES,
                    store.name(),
                    sink -> FileArchive.write(store, sink, this::tellLeftOut))));
        }
        backup.seal(new Manifest(program, now.toString(), schemas, sequences, parts));
    }

    private void tellLeftOut(Path path) {
        report.accept("left out: %s is %s".formatted(path, Files.isSymbolicLink(path) ? "a link" : "no file"));
    }

    private Part tell(Part part) {
        report.accept("%s %d (%d bytes)".formatted(part.name(), part.items(), part.bytes()));
        return part;
    }

    /** Of backups that were interrupted; nobody else makes one now. */
    private void removeLeftovers() throws IOException {
        for (Path leftover : found(PREFIX + "*" + PARTIAL)) {
            Swap.delete(leftover);
        }
    }

    private void removeOldest() throws IOException {
        List<Path> all = new ArrayList<>(new TreeSet<>(found(PREFIX + "????????T??????Z")));
        for (Path old : kept == 0 ? List.<Path>of() : all.subList(0, Math.max(0, all.size() - kept))) {
            Swap.delete(old);
            report.accept("removed " + old);
        }
    }

    private List<Path> found(String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(place, pattern)) {
            paths.forEach(found::add);
        }
        return found;
    }
}
