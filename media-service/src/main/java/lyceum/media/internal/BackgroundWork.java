package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.regex.Pattern;
import lyceum.media.MediaService;
import lyceum.media.MediaWorkService;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** The rules of {@link MediaWorkService}: what may be made of the input of a job. */
final class BackgroundWork implements MediaWorkService {

    private static final int NARROWEST_THUMBNAIL = 16;
    private static final Pattern LANGUAGE = Pattern.compile("([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4})?");
    private static final Failure NO_TRANSCRIBER = new Failure(Kind.UNAVAILABLE, "nobody writes transcripts here");

    private final Vertx vertx;
    private final MediaConfig config;
    private final Jobs jobs;
    private final Transcriber transcriber;

    /** @param transcriber null where there is none */
    BackgroundWork(Vertx vertx, MediaConfig config, Jobs jobs, Transcriber transcriber) {
        this.vertx = vertx;
        this.config = config;
        this.jobs = jobs;
        this.transcriber = transcriber;
    }

    @Override
    public Future<Done> beginPeaks(BeginPeaks order) {
        return order.points() < 1 || order.points() > MOST_POINTS
                ? refused("points: 1 to %d".formatted(MOST_POINTS))
                : begin(order.jobId(), "peaks", new PeaksWork(vertx, order.points()));
    }

    @Override
    public Future<Done> beginLoudness(BeginLoudness order) {
        return order.loudnessLufs() >= QUIETEST_LUFS && order.loudnessLufs() <= LOUDEST_LUFS
                ? begin(order.jobId(), "loudness", new LoudnessWork(order.loudnessLufs(), Encoding.of(order.format())))
                : refused("loudness: %d to %d LUFS".formatted((int) QUIETEST_LUFS, (int) LOUDEST_LUFS));
    }

    @Override
    public Future<Done> beginTranscript(BeginTranscript order) {
        if (!LANGUAGE.matcher(order.language()).matches()) {
            return refused("language: as BCP 47 has it");
        }
        return transcriber == null
                ? Future.failedFuture(NO_TRANSCRIBER)
                : begin(order.jobId(), "transcript", new TranscriptWork(transcriber, order.language()));
    }

    @Override
    public Future<Done> beginThumbnail(BeginThumbnail order) {
        if (order.widthPixels() < NARROWEST_THUMBNAIL || order.widthPixels() > WIDEST_THUMBNAIL) {
            return refused("width: %d to %d".formatted(NARROWEST_THUMBNAIL, WIDEST_THUMBNAIL));
        }
        return order.atMillis() < 0 || order.atMillis() > MediaService.FARTHEST_MILLIS
                ? refused("at: not in a film")
                : begin(order.jobId(), "thumbnail", new ThumbnailWork(order.atMillis(), order.widthPixels()));
    }

    @Override
    public Future<Done> beginFilm(BeginFilm order) {
        return begin(order.jobId(), "film", new FilmWork());
    }

    private static Future<Done> refused(String text) {
        return Future.failedFuture(Failure.invalid(text));
    }

    private Future<Done> begin(String jobId, String kind, Work work) {
        return jobs.on(
                jobId,
                job -> job.inputs() == 1
                        ? job.begin(kind, () -> make(job, work)).map(begun -> new Done())
                        : refused("there must be one input"));
    }

    private Future<List<Product>> make(LiveJob job, Work work) {
        JobRoom room = job.room();
        Progress progress = new Progress(vertx, room.files(), new Ffmpeg(room.inside()));
        return room.files()
                .closeInput()
                .compose(closed -> Source.measured(room.files(), progress, config.longest()))
                .compose(source -> work.make(new Workplace(
                        room.files(),
                        source,
                        progress,
                        room.outside(),
                        room.stopping().future(),
                        job.state()::reached,
                        job.limits().outputBytes())));
    }

    @Override
    public Future<WorkState> awaitWork(AwaitWork question) {
        return jobs.on(question.jobId(), job -> job.next(question.seenVersion()));
    }

    @Override
    public Future<Done> cancelWork(CancelWork order) {
        return jobs.on(order.jobId(), job -> {
            job.cancel();
            return Future.succeededFuture(new Done());
        });
    }
}
