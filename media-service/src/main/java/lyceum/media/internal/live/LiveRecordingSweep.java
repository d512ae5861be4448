package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import lyceum.platform.Settings;
import lyceum.platform.retention.Sweep;

/**
 * Recordings of live video that were finished long ago. What is being recorded, or waits to be finished, stays, and so does
 * what somebody has put beside them.
 *
 * @param directory of the recordings; there need not be one yet
 * @param days 0 for ever
 */
public record LiveRecordingSweep(Path directory, int days) implements Sweep {

    static final int MOST_A_DAY = 1_000;

    /** Reads {@code LYCEUM_RETENTION_LIVE} and the data directory. */
    public static LiveRecordingSweep from(Settings settings) {
        return new LiveRecordingSweep(
                LiveConfig.recordingsDirectory(settings),
                Sweep.days(settings, "LYCEUM_RETENTION_LIVE", "Days that recordings of live video are kept"));
    }

    @Override
    public String what() {
        return "live";
    }

    @Override
    public Future<Long> removeBefore(Vertx vertx, Instant limit) {
        return vertx.executeBlocking(() -> remove(limit), false);
    }

    private long remove(Instant limit) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        long removed = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, LiveRecordings::isWhole)) {
            for (Path file : found) {
                if (removed < MOST_A_DAY && isOld(file, limit) && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    /** Another instance may share the directory, and be quicker. */
    private static boolean isOld(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
