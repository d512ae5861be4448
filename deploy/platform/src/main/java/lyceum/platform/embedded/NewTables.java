package lyceum.platform.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The tables of a new PostgreSQL, whole or not at all: {@code initdb} writes first what tells that they are there, so they get
 * their name when it is done.
 */
final class NewTables {

    /** A hundred times what it takes. */
    private static final int INITDB_SECONDS = 120;

    /**
     * Rounds of hashing that each connection costs its client. They protect passwords that can be guessed, and ours is made
     * of random bits; a start, which opens many connections, would spend a fifth of its processor time on them.
     */
    private static final String ONE_ROUND = "scram_iterations=1";

    /** Each attempt has a name of its own: an initdb that outlived its JVM may still remove what it has begun. */
    private static final String BEGUN = "tables.new-";

    private NewTables() {}

    /**
     * @param initdb its command line, which lacks what it is to do
     * @param user who owns everything
     * @param tables where they will be
     * @param log gets its reasons
     */
    static void create(List<String> initdb, StoreDirectory directory, String user, Path tables, Path log) {
        try {
            removeBegun(tables.getParent());
            Path begun = tables.resolveSibling(BEGUN + UUID.randomUUID());
            List<String> command = new ArrayList<>(initdb);
            command.addAll(List.of("-D", begun.toString(), "-U", user, "-A", "scram-sha-256", "-E", "UTF8"));
            command.addAll(List.of("--locale=C", "-c", ONE_ROUND, "--pwfile=" + directory.resolve("password")));
            run(command, log);
            Files.move(begun, tables, StandardCopyOption.ATOMIC_MOVE);
            sync(tables.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the database was created", e);
        }
    }

    /** Else a cut of power could leave what was stored by then under a name that the next start removes. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static void run(List<String> command, Path log) throws IOException, InterruptedException {
        Process initdb = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!initdb.waitFor(INITDB_SECONDS, TimeUnit.SECONDS)) {
            initdb.destroyForcibly();
            throw new IllegalStateException("initdb did not end in %d s; see %s".formatted(INITDB_SECONDS, log));
        }
        if (initdb.exitValue() != 0) {
            throw new IllegalStateException("initdb failed; its reasons are in " + log);
        }
    }

    private static void removeBegun(Path directory) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, BEGUN + "*")) {
            for (Path begun : found) {
                remove(begun);
            }
        }
    }

    private static void remove(Path begun) throws IOException {
        try (Stream<Path> files = Files.walk(begun)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
