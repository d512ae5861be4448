package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * Runs one program after another in a {@link Room}, for one owner on one context, until it is stopped. A program gets no
 * input, no environment but PATH, low priority, and limits that the kernel keeps.
 */
final class Runner {

    static final Failure TOO_LONG = new Failure(Kind.UNAVAILABLE, "ffmpeg took too long");

    /** $1 largest file in 512 byte blocks, $2 address space in KiB, $3 CPU seconds (POSIX sh, and what dash adds). */
    private static final String LIMITED = "ulimit -c 0 && ulimit -n 64 && ulimit -f \"$1\" && ulimit -v \"$2\""
            + " && ulimit -t \"$3\" && shift 3 && exec nice -n 10 \"$@\"";

    private static final String LOG = "ffmpeg.log";
    private static final int BLOCK_BYTES = 512;
    private static final long BYTES_PER_KIB = 1_024;
    /** The header of what ffmpeg says fits; it may go on complaining about each packet. */
    private static final int LOG_BYTES = 64 * 1024;

    /**
     * How a program ended.
     *
     * @param status what it said itself, or 128 and the number of the signal that ended it
     * @param log the beginning of what it printed
     */
    record Exit(int status, String log) {

        private static final int LAST_WORDS = 300;

        /** @return the end of the log, in one line */
        String lastWords() {
            return log.substring(Math.max(0, log.length() - LAST_WORDS)).replaceAll("\\p{Cntrl}+", " ");
        }
    }

    private final Vertx vertx;
    private final Path directory;
    private final Future<Room> room;
    private final RunLimits limits;
    private Process present;
    private Failure stopped;

    /**
     * @param directory of the room
     * @param room where the programs work; nothing runs before it is there
     * @param limits of each run
     */
    Runner(Vertx vertx, Path directory, Future<Room> room, RunLimits limits) {
        this.vertx = vertx;
        this.directory = directory;
        this.room = room;
        this.limits = limits;
    }

    /**
     * @param arguments of the program of the room
     * @return how it ended by itself, or the reason for which it was stopped
     */
    Future<Exit> run(List<String> arguments) {
        return run(arguments, LOG);
    }

    /** @param output the file that gets its standard output; the log is what it prints as errors */
    Future<Exit> run(List<String> arguments, String output) {
        if (stopped != null) {
            return Future.failedFuture(stopped);
        }
        return room.compose(built -> vertx.executeBlocking(() -> start(built, arguments, output), false))
                .compose(this::watch);
    }

    /** Ends what runs and lets nothing run any more. @return done when it is gone */
    Future<Void> stop(Failure reason) {
        if (stopped == null) {
            stopped = reason;
        }
        if (present != null) {
            present.destroyForcibly();
        }
        return room.compose(Room::close, never -> Future.succeededFuture());
    }

    private Process start(Room built, List<String> arguments, String output) throws IOException {
        String fileBlocks = Long.toString(limits.largestFileBytes() / BLOCK_BYTES + 1);
        String addressSpaceKib = limits.addressSpaceBytes() == Long.MAX_VALUE
                ? "unlimited"
                : Long.toString(limits.addressSpaceBytes() / BYTES_PER_KIB);
        String cpuSeconds = Long.toString(limits.cpuTime().toSeconds() + 1);
        List<String> limited = new ArrayList<>(List.of("/bin/sh", "-c", LIMITED, "limited"));
        limited.addAll(List.of(fileBlocks, addressSpaceKib, cpuSeconds));
        limited.addAll(built.command());
        limited.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(limited)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(directory.resolve(output).toFile());
        if (output.equals(LOG)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(directory.resolve(LOG).toFile());
        }
        builder.environment().keySet().retainAll(Set.of("PATH"));
        return builder.start();
    }

    private Future<Exit> watch(Process process) {
        present = process;
        if (stopped != null) {
            process.destroyForcibly();
        }
        long timer = vertx.setTimer(limits.wallTime().toMillis(), id -> stop(TOO_LONG));
        return Future.fromCompletionStage(process.onExit(), vertx.getOrCreateContext())
                .compose(ended -> {
                    vertx.cancelTimer(timer);
                    present = null;
                    return stopped == null ? told(ended.exitValue()) : Future.failedFuture(stopped);
                });
    }

    private Future<Exit> told(int status) {
        return vertx.executeBlocking(
                () -> {
                    try (InputStream file = Files.newInputStream(directory.resolve(LOG))) {
                        return new Exit(status, new String(file.readNBytes(LOG_BYTES), StandardCharsets.UTF_8));
                    }
                },
                false);
    }
}
