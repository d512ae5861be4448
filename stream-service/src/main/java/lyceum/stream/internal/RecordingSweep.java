package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.platform.Settings;
import lyceum.platform.retention.Sweep;
import lyceum.stream.RecordingService;
import lyceum.stream.RecordingService.DeleteRecording;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.ListRecordings;
import lyceum.stream.RecordingService.RecordingNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings, with what was made of them, wherever they are kept, whose last entry is old. Hidden ones stay, and so does one
 * whose age nobody can tell, or that is being recorded. One that cannot be read or removed does not keep the others.
 *
 * @param days 0 for ever
 */
public record RecordingSweep(int days) implements Sweep {

    static final int MOST_A_DAY = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecordingSweep.class);

    /** So many that fail are no matter of single recordings any more. */
    private static final int MOST_FAILED = 100;

    private static final Duration REPLY = Duration.ofMinutes(2);

    public static RecordingSweep from(Settings settings) {
        return new RecordingSweep(Sweep.days(
                settings,
                "LYCEUM_RETENTION_RECORDINGS",
                "Days that recordings of streams are kept, behind their last entry"));
    }

    @Override
    public String what() {
        return "recordings";
    }

    @Override
    public Future<Long> removeBefore(Vertx vertx, Instant limit) {
        return new Round(new Bus(vertx, REPLY).proxy(RecordingService.class), limit).go();
    }

    /** One look at all of them. */
    private static final class Round {

        private final RecordingService recordings;
        private final Instant limit;

        private String after = "";
        private long removed;
        private int failed;

        Round(RecordingService recordings, Instant limit) {
            this.recordings = recordings;
            this.limit = limit;
        }

        Future<Long> go() {
            return Loop.whileTrue(() ->
                            recordings.listRecordings(new ListRecordings(after)).compose(this::removeOld))
                    .map(done -> {
                        if (failed > 0) {
                            throw new IllegalStateException(
                                    "%d recordings stay that could not be read or removed; %d are removed"
                                            .formatted(failed, removed));
                        }
                        return removed;
                    });
        }

        private Future<Boolean> removeOld(RecordingNames page) {
            if (page.items().isEmpty()) {
                return Future.succeededFuture(false);
            }
            after = page.items().get(page.items().size() - 1);
            return Loop.each(page.items(), this::removeIfOld).map(done -> page.more() && !isEnough());
        }

        private boolean isEnough() {
            return removed >= MOST_A_DAY || failed >= MOST_FAILED;
        }

        private Future<Void> removeIfOld(String name) {
            if (isEnough()) {
                return Future.succeededFuture();
            }
            return recordings
                    .describeRecordings(new DescribeRecordings(List.of(name), true))
                    .compose(infos -> isOld(new JsonObject(infos.items().get(0))) ? remove(name) : keep())
                    .recover(error -> isOfOthers(error) ? keep() : failed(name, error));
        }

        /** It is gone meanwhile, or is being recorded once more. */
        private static boolean isOfOthers(Throwable error) {
            return error instanceof Failure failure
                    && (failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.CONFLICT);
        }

        private Future<Void> failed(String name, Throwable error) {
            failed++;
            LOG.warn("recording {} stays, whether it is old or not: {}", name, error.getMessage());
            return Future.succeededFuture();
        }

        private boolean isOld(JsonObject info) {
            return Optional.ofNullable(info.getString("last-entry"))
                    .flatMap(EntryId::parse)
                    .filter(last -> last.millis() > 0)
                    .map(last -> Instant.ofEpochMilli(last.millis()).isBefore(limit))
                    .orElse(false);
        }

        private Future<Void> remove(String name) {
            return recordings
                    .deleteRecording(new DeleteRecording(name))
                    .onSuccess(gone -> removed++)
                    .mapEmpty();
        }

        private static Future<Void> keep() {
            return Future.succeededFuture();
        }
    }
}
