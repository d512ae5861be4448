package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.media.internal.Runner.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs ffmpeg and watches how far it comes: it writes that into a file twice a second, and the end of it is read. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final String FILE = "progress";
    private static final long PERIOD_MILLIS = 500;
    /** One report has about 250 bytes. */
    private static final int REPORT_BYTES = 1_024;

    private static final long MICROS_PER_MILLI = 1_000;
    private static final Pattern TIME = Pattern.compile("^out_time_us=(\\d+)$", Pattern.MULTILINE);

    private final Vertx vertx;
    private final JobFiles files;
    private final Ffmpeg ffmpeg;

    Progress(Vertx vertx, JobFiles files, Ffmpeg ffmpeg) {
        this.vertx = vertx;
        this.files = files;
        this.ffmpeg = ffmpeg;
    }

    /**
     * @param wholeMillis how long the output becomes; not above 0 where nobody knows
     * @param meter told until the end
     * @return how it ended
     */
    Future<Exit> run(List<String> arguments, long wholeMillis, Meter meter) {
        long timer = vertx.setPeriodic(PERIOD_MILLIS, id -> look(wholeMillis, meter));
        List<String> told = new ArrayList<>(List.of("-progress", "pipe:1"));
        told.addAll(arguments);
        return ffmpeg.run(told, FILE).onComplete(ended -> vertx.cancelTimer(timer));
    }

    private void look(long wholeMillis, Meter meter) {
        if (wholeMillis > 0) {
            reachedMillis()
                    .onSuccess(reached ->
                            reached.ifPresent(millis -> meter.tell(Math.min(1, (double) millis / wholeMillis))))
                    .onFailure(error -> LOG.debug("no progress to read yet: {}", error.toString()));
        }
    }

    /** @return how much the last run has made, in time of its output; empty where it has told nothing yet */
    Future<OptionalLong> reachedMillis() {
        return files.sizeBytes(FILE)
                .compose(size -> files.read(FILE, Math.max(0, size - REPORT_BYTES), REPORT_BYTES))
                .map(Progress::lastMillis);
    }

    private static OptionalLong lastMillis(Buffer report) {
        Matcher time = TIME.matcher(report.toString());
        OptionalLong last = OptionalLong.empty();
        while (time.find()) {
            last = OptionalLong.of(Long.parseLong(time.group(1)) / MICROS_PER_MILLI);
        }
        return last;
    }
}
