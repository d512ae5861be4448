package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * Runs one program after another, for one owner on one context, until it is stopped. A program gets no input, no
 * environment but PATH, low priority, and limits that the kernel keeps.
 */
final class Runner {

    static final Failure TOO_LONG = new Failure(Kind.UNAVAILABLE, "ffmpeg took too long");

    /** $1 largest file in 512 byte blocks, $2 address space in KiB, $3 CPU seconds (POSIX sh, and what dash adds). */
    private static final String LIMITED = "ulimit -c 0 && ulimit -n 64 && ulimit -f \"$1\" && ulimit -v \"$2\""
            + " && ulimit -t \"$3\" && shift 3 && exec nice -n 10 \"$@\"";

    private static final int BLOCK_BYTES = 512;
    private static final long ADDRESS_SPACE_KIB = 2L << 20;
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
    private final Duration limit;
    private final long largestFileBytes;
    private Process present;
    private Failure stopped;

    /**
     * @param directory where the programs work
     * @param limit time for each of them
     * @param largestFileBytes beyond which a file of theirs cannot grow
     */
    Runner(Vertx vertx, Path directory, Duration limit, long largestFileBytes) {
        this.vertx = vertx;
        this.directory = directory;
        this.limit = limit;
        this.largestFileBytes = largestFileBytes;
    }

    /** @return how the program ended by itself, or the reason for which it was stopped */
    Future<Exit> run(List<String> command) {
        if (stopped != null) {
            return Future.failedFuture(stopped);
        }
        return vertx.executeBlocking(() -> start(command), false).compose(this::watch);
    }

    /** Kills what runs and lets nothing run any more. */
    void stop(Failure reason) {
        if (stopped == null) {
            stopped = reason;
        }
        if (present != null) {
            present.destroyForcibly();
        }
    }

    private Process start(List<String> command) throws IOException {
        String fileBlocks = Long.toString(largestFileBytes / BLOCK_BYTES + 1);
        String cpuSeconds = Long.toString(limit.toSeconds() + 1);
        List<String> limited = new ArrayList<>(List.of("/bin/sh", "-c", LIMITED, "limited"));
        limited.addAll(List.of(fileBlocks, Long.toString(ADDRESS_SPACE_KIB), cpuSeconds));
        limited.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(limited)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().keySet().retainAll(Set.of("PATH"));
        return builder.start();
    }

    private Future<Exit> watch(Process process) {
        present = process;
        if (stopped != null) {
            process.destroyForcibly();
        }
        long timer = vertx.setTimer(limit.toMillis(), id -> stop(TOO_LONG));
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
                    try (InputStream file = Files.newInputStream(log())) {
                        return new Exit(status, new String(file.readNBytes(LOG_BYTES), StandardCharsets.UTF_8));
                    }
                },
                false);
    }

    private Path log() {
        return directory.resolve("ffmpeg.log");
    }
}
