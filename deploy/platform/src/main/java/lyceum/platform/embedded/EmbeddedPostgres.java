package lyceum.platform.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** PostgreSQL out of a Maven artifact. */
public final class EmbeddedPostgres {

    /** The user who owns everything. */
    private static final String USER = "lyceum";

    private static final int MAX_CONNECTIONS = 200;
    private static final Duration STOP_WAIT = Duration.ofSeconds(30);
    /** In {@code postmaster.pid} the eighth line tells the state (PostgreSQL, src/include/utils/pidfile.h). */
    private static final int STATUS_LINE = 7;

    private EmbeddedPostgres() {}

    /**
     * Starts the server, or finds the one that another process runs on the same directory until it is told to end.
     *
     * @param data keeps the tables over restarts
     * @param programs gets the unpacked programs
     * @param progress told what takes time, one line each
     * @throws IllegalStateException where it cannot run, with the reason
     */
    public static EmbeddedStore start(Path data, Path programs, Consumer<String> progress) {
        return start(data, programs, progress, Tenancy.LASTING);
    }

    /** @param tenancy what others that start meanwhile do; otherwise like {@link #start(Path, Path, Consumer)} */
    public static EmbeddedStore start(Path data, Path programs, Consumer<String> progress, Tenancy tenancy) {
        return start(data, programs, progress, tenancy, Unprivileged::prefix);
    }

    /** @param guise given a directory, what is put before the command line of a program that must write to it */
    static EmbeddedStore start(
            Path data, Path programs, Consumer<String> progress, Tenancy tenancy, Function<Path, List<String>> guise) {
        StoreDirectory directory = new StoreDirectory(data.toAbsolutePath(), tenancy);
        Optional<EmbeddedStore> other = EmbeddedStore.ofOther(directory, "PostgreSQL", progress);
        if (other.isPresent()) {
            return other.get();
        }
        Path bin = unpack(programs.toAbsolutePath(), progress).resolve("bin");
        Path tables = directory.resolve("tables");
        Path log = directory.resolve("postgres.log");
        // Made before the directory is given away: whoever gets it must be able to read it.
        String password = directory.password();
        List<String> unprivileged = guise.apply(directory.resolve("."));
        if (!Files.exists(tables.resolve("PG_VERSION"))) {
            progress.accept("creating the database");
            List<String> initdb = new ArrayList<>(unprivileged);
            initdb.add(bin.resolve("initdb").toString());
            NewTables.create(initdb, directory, USER, tables, log);
        }
        stopLeftover(tables);
        int port = KeptPort.choose(directory);
        List<String> command = command(unprivileged, bin, tables, port);
        String url = "postgresql://%s:%s@127.0.0.1:%d/postgres".formatted(USER, password, port);
        return EmbeddedStore.own(
                directory,
                () -> GuardedProcess.start("INT", command, data, log),
                url,
                log,
                address -> status(tables).equals("ready"));
    }

    private static Path unpack(Path programs, Consumer<String> progress) {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        Path target = programs.resolve("postgres-17.11.0-" + machine);
        if (!Files.isDirectory(target)) {
            progress.accept("unpacking PostgreSQL");
        }
        return Bundle.archive("/postgres-linux-%s.txz".formatted(machine), target);
    }

    private static List<String> command(List<String> unprivileged, Path bin, Path tables, int port) {
        List<String> command = new ArrayList<>(unprivileged);
        command.addAll(List.of(bin.resolve("postgres").toString(), "-D", tables.toString()));
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        command.addAll(List.of("-c", "port=" + port, "-c", "max_connections=" + MAX_CONNECTIONS));
        return command;
    }

    /** A server that outlived its JVM is asked to stop; a number that now belongs to somebody else is forgotten. */
    private static void stopLeftover(Path tables) {
        Path pidFile = tables.resolve("postmaster.pid");
        List<String> lines = lines(pidFile);
        if (lines.isEmpty()) {
            return;
        }
        Optional<ProcessHandle> leftover = ProcessHandle.of(Long.parseLong(lines.get(0)))
                .filter(process -> commandLine(process).contains(tables.toString()));
        leftover.ifPresent(EmbeddedPostgres::stop);
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(ProcessHandle leftover) {
        leftover.destroy();
        Instant limit = Instant.now().plus(STOP_WAIT);
        while (leftover.isAlive()) {
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException("an earlier PostgreSQL does not stop: process " + leftover.pid());
            }
            EmbeddedStore.pause();
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    private static String status(Path tables) {
        List<String> lines = lines(tables.resolve("postmaster.pid"));
        return lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
