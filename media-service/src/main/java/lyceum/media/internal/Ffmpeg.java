package lyceum.media.internal;

import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.media.MediaService.Segment;
import lyceum.media.internal.Runner.Exit;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of ffmpeg, as command lines, and what its ends mean. Files are named relative to the job's directory. */
final class Ffmpeg {

    private static final Logger LOG = LoggerFactory.getLogger(Ffmpeg.class);

    /** Ends that say nothing about the sound: not found, not executable, killed for want of memory. */
    private static final Set<Integer> BROKEN = Set.of(126, 127, 128 + 9);

    private static final int CPU_TIME_EXCEEDED = 128 + 24;
    private static final int FILE_SIZE_EXCEEDED = 128 + 25;
    private static final int MILLIS_DIGITS = 3;
    private static final Pattern CODEC_OF_OUTPUT =
            Pattern.compile("^Output #0, webm.*? Audio: (opus|vorbis)\\b", Pattern.DOTALL | Pattern.MULTILINE);

    private final List<String> program;
    private final Runner runner;

    /** @param program how it is called, with what stands before it */
    Ffmpeg(List<String> program, Runner runner) {
        this.program = program;
        this.runner = runner;
    }

    /**
     * Copies the first sound of a recording to a WebM with duration and index.
     *
     * @param limitBytes beyond which it is INVALID
     * @return the codec, or an empty text where there is no sound that can be read
     */
    Future<String> repair(String recording, Container container, String result, long limitBytes) {
        String demuxer = container.demuxer();
        List<String> command = reading(demuxer, demuxer);
        command.addAll(List.of("-i", "file:" + recording, "-abort_on", "empty_output"));
        command.addAll(writing(result, limitBytes));
        return run(command).map(exit -> exit.status() == 0 ? codec(exit.log()) : "");
    }

    /**
     * Copies a stretch of several files, one after the other.
     *
     * @param list names files that {@link #repair} has made, for the concat demuxer
     * @return done, or INVALID where their packets do not make one line of time
     */
    Future<Void> cut(String list, Segment segment, String result, long limitBytes) {
        List<String> command = reading("concat", "concat,matroska,webm");
        command.addAll(List.of("-xerror", "-i", "file:" + list));
        command.addAll(List.of("-ss", seconds(segment.startMillis())));
        command.addAll(List.of("-t", seconds(segment.endMillis() - segment.startMillis())));
        command.addAll(writing(result, limitBytes));
        return run(command)
                .compose(exit ->
                        exit.status() == 0 ? Future.succeededFuture() : Future.failedFuture(Workbench.UNDECODABLE));
    }

    private List<String> reading(String demuxer, String demuxers) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-nostdin", "-hide_banner", "-nostats", "-y", "-loglevel", "info", "-threads", "1"));
        command.addAll(List.of("-protocol_whitelist", "file"));
        command.addAll(List.of("-format_whitelist", demuxers, "-codec_whitelist", "opus,vorbis", "-f", demuxer));
        return command;
    }

    private static List<String> writing(String result, long limitBytes) {
        List<String> command = new ArrayList<>(List.of("-map", "0:a:0", "-vn", "-sn", "-dn", "-c:a", "copy"));
        command.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1"));
        command.addAll(List.of("-fs", Long.toString(limitBytes), "-f", "webm", "file:" + result));
        return command;
    }

    private Future<Exit> run(List<String> command) {
        return runner.run(command).compose(exit -> {
            if (exit.status() == CPU_TIME_EXCEEDED) {
                return Future.failedFuture(Runner.TOO_LONG);
            }
            if (exit.status() == FILE_SIZE_EXCEEDED) {
                return Future.failedFuture(Workbench.TOO_LARGE);
            }
            if (BROKEN.contains(exit.status()) || exit.log().contains("No space left on device")) {
                LOG.warn("ffmpeg failed: status={} {}", exit.status(), exit.lastWords());
                return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "ffmpeg failed"));
            }
            LOG.debug("ffmpeg ended: status={} {}", exit.status(), exit.lastWords());
            return Future.succeededFuture(exit);
        });
    }

    private static String codec(String log) {
        Matcher output = CODEC_OF_OUTPUT.matcher(log);
        return output.find() ? output.group(1) : "";
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, MILLIS_DIGITS).toPlainString();
    }
}
