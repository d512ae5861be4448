package lyceum.gateway.media;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaWorkService;
import lyceum.media.MediaWorkService.BeginLoudness;
import lyceum.media.MediaWorkService.BeginPeaks;
import lyceum.media.MediaWorkService.BeginThumbnail;
import lyceum.media.MediaWorkService.BeginTranscript;
import lyceum.media.MediaWorkService.Done;
import lyceum.media.MediaWorkService.SoundFormat;
import lyceum.platform.Failure;

/**
 * What a client wants to be made of what it sends, as the query of a request has it: {@code work} and, beside it, what that
 * work asks for. What is no number, or none of the words that are known, is INVALID; bounds are media-service's.
 *
 * @param begin asks for it
 */
record MediaOrder(Function<Begun, Future<Done>> begin) {

    private static final int USUAL_POINTS = 1_000;
    /** What podcasts are published at (AES TD1008). */
    private static final double USUAL_LUFS = -16;

    private static final int USUAL_WIDTH_PIXELS = 320;

    /** A job, and who works on it. */
    private record Begun(MediaWorkService works, String jobId) {}

    static MediaOrder of(RoutingContext ctx) {
        String work = parameter(ctx, "work").orElse("");
        return switch (work) {
            case "peaks" -> peaks(number(ctx, "points", USUAL_POINTS).intValue());
            case "loudness" -> loudness(number(ctx, "lufs", USUAL_LUFS), format(ctx));
            case "transcript" -> transcript(parameter(ctx, "language").orElse(""));
            case "thumbnail" ->
                thumbnail(
                        Math.round(number(ctx, "at", 0) * 1_000),
                        number(ctx, "width", USUAL_WIDTH_PIXELS).intValue());
            default -> throw Failure.invalid("work is not one of loudness, peaks, thumbnail, transcript");
        };
    }

    private static MediaOrder peaks(int points) {
        return new MediaOrder(job -> job.works.beginPeaks(new BeginPeaks(job.jobId, points)));
    }

    private static MediaOrder loudness(double lufs, SoundFormat format) {
        return new MediaOrder(job -> job.works.beginLoudness(new BeginLoudness(job.jobId, lufs, format)));
    }

    private static MediaOrder transcript(String language) {
        return new MediaOrder(job -> job.works.beginTranscript(new BeginTranscript(job.jobId, language)));
    }

    private static MediaOrder thumbnail(long atMillis, int widthPixels) {
        return new MediaOrder(job -> job.works.beginThumbnail(new BeginThumbnail(job.jobId, atMillis, widthPixels)));
    }

    /** @return done when the job waits for its turn or has it */
    Future<Done> begin(MediaAccess media, Job job) {
        return begin.apply(new Begun(media.worksAt().apply(job.instance()), job.id()));
    }

    private static SoundFormat format(RoutingContext ctx) {
        String wanted = parameter(ctx, "format").orElse(wireName(SoundFormat.WEBM));
        return Arrays.stream(SoundFormat.values())
                .filter(format -> wireName(format).equals(wanted))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("format is not one of "
                        + Stream.of(SoundFormat.values())
                                .map(MediaOrder::wireName)
                                .sorted()
                                .collect(Collectors.joining(", "))));
    }

    private static String wireName(SoundFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static Double number(RoutingContext ctx, String name, double fallback) {
        String text = parameter(ctx, name).orElse("");
        if (text.isEmpty()) {
            return fallback;
        }
        if (!text.matches("-?\\d{1,9}(\\.\\d{1,9})?")) {
            throw Failure.invalid(name + " is not a number");
        }
        return Double.valueOf(text);
    }

    private static Optional<String> parameter(RoutingContext ctx, String name) {
        return ctx.queryParam(name).stream().findFirst();
    }
}
