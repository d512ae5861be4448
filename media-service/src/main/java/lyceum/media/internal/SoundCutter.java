package lyceum.media.internal;

import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.media.MediaService.Segment;
import lyceum.media.internal.Runner.Exit;

/** Copies packets of sound with ffmpeg; nothing is encoded anew. Files are named relative to the job's directory. */
final class SoundCutter {

    private static final String CODECS = "opus,vorbis";
    private static final int MILLIS_DIGITS = 3;
    private static final int MICROS_DIGITS = 6;
    /** Twice as much as there is between two entries of the index that ffmpeg writes. */
    private static final long LEAD_MILLIS = 10_000;

    private static final Pattern CODEC_OF_OUTPUT =
            Pattern.compile("^Output #0, webm.*? Audio: (opus|vorbis)\\b", Pattern.DOTALL | Pattern.MULTILINE);

    private final Ffmpeg ffmpeg;

    SoundCutter(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * Copies the first sound of a recording to a WebM with duration and index.
     *
     * @param limitBytes beyond which it is INVALID
     * @return the codec, or an empty text where there is no sound that can be read
     */
    Future<String> repair(String recording, Container container, String result, long limitBytes) {
        String demuxer = container.demuxer();
        List<String> arguments = new ArrayList<>(Ffmpeg.reading(demuxer, demuxer, CODECS));
        arguments.addAll(List.of("-threads", "1", "-i", "file:" + recording, "-abort_on", "empty_output"));
        arguments.addAll(writing(result, limitBytes));
        return ffmpeg.run(arguments).map(exit -> exit.status() == 0 ? codec(exit) : "");
    }

    /**
     * Copies a stretch of several files, one after the other.
     *
     * @param list names files that {@link #repair} has made, for the concat demuxer
     * @param isSeekable whether the list tells how long they are; what lies far before the segment is then not read
     * @return done, or INVALID where their packets do not make one line of time
     */
    Future<Void> cut(String list, boolean isSeekable, Segment segment, String result, long limitBytes) {
        List<String> arguments = new ArrayList<>(Ffmpeg.reading("concat", "concat,matroska,webm", CODECS));
        long skippedMillis = isSeekable ? Math.max(0, segment.startMillis() - LEAD_MILLIS) : 0;
        if (skippedMillis > 0) {
            arguments.addAll(List.of("-ss", seconds(skippedMillis)));
        }
        arguments.addAll(List.of("-threads", "1", "-xerror", "-i", "file:" + list));
        arguments.addAll(List.of("-ss", seconds(segment.startMillis() - skippedMillis)));
        arguments.addAll(List.of("-t", seconds(segment.endMillis() - segment.startMillis())));
        arguments.addAll(writing(result, limitBytes));
        return ffmpeg.run(arguments)
                .compose(exit ->
                        exit.status() == 0 ? Future.succeededFuture() : Future.failedFuture(Workbench.UNDECODABLE));
    }

    private static List<String> writing(String result, long limitBytes) {
        List<String> arguments = new ArrayList<>(List.of("-map", "0:a:0", "-vn", "-sn", "-dn", "-c:a", "copy"));
        arguments.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1"));
        arguments.addAll(List.of("-fs", Long.toString(limitBytes), "-f", "webm", "file:" + result));
        return arguments;
    }

    private static String codec(Exit exit) {
        Matcher output = CODEC_OF_OUTPUT.matcher(exit.log());
        return output.find() ? output.group(1) : "";
    }

    /** @return a number of milliseconds in the form that ffmpeg takes */
    static String seconds(long millis) {
        return BigDecimal.valueOf(millis, MILLIS_DIGITS).toPlainString();
    }

    /** @return a number of microseconds in the form that ffmpeg takes */
    static String exactSeconds(long micros) {
        return BigDecimal.valueOf(micros, MICROS_DIGITS).toPlainString();
    }
}
