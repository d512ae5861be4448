package lyceum.stream.internal.export;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Priority;
import lyceum.media.MediaService.Read;
import lyceum.media.MediaWorkService;
import lyceum.media.MediaWorkService.AwaitWork;
import lyceum.media.MediaWorkService.BeginFilm;
import lyceum.media.MediaWorkService.Phase;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.media.PictureFilm;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One film while media-service makes it. Lives on one context. */
final class Film {

    private static final Logger LOG = LoggerFactory.getLogger(Film.class);

    private final Studio studio;
    private final Job job;

    /**
     * media-service.
     *
     * @param anyone where jobs are opened
     * @param at an instance, by its name
     * @param worksAt the same, for questions that wait
     */
    record Studio(MediaService anyone, Function<String, MediaService> at, Function<String, MediaWorkService> worksAt) {

        private static final Duration PIECE_LIMIT = Duration.ofSeconds(30);

        /** Beside the wait itself the answer has to come. */
        private static final Duration WAIT_LIMIT =
                Duration.ofMillis(MediaWorkService.LONGEST_WAIT_MILLIS).plusSeconds(20);

        static Studio over(Bus bus) {
            return new Studio(
                    bus.proxy(MediaService.class),
                    instance -> bus.proxy(MediaService.class, PIECE_LIMIT, instance),
                    instance -> bus.proxy(MediaWorkService.class, WAIT_LIMIT, instance));
        }
    }

    private Film(Studio studio, Job job) {
        this.studio = studio;
        this.job = job;
    }

    /** @return a film without pictures; or UNAVAILABLE without ffmpeg, BUSY where too many are made */
    static Future<Film> begin(Studio studio) {
        return studio.anyone()
                .openJob(new OpenJob(Priority.BACKGROUND, ""))
                .map(job -> new Film(studio, job))
                .compose(film -> film.append(PictureFilm.beginning()).map(film).onFailure(error -> film.close()));
    }

    /** @param millis from the first picture, never less than before */
    Future<Void> add(long millis, Buffer jpeg) {
        return append(PictureFilm.picture(millis, jpeg));
    }

    private Future<Void> append(Buffer bytes) {
        int[] position = {0};
        return Loop.whileTrue(() -> {
            if (position[0] == bytes.length()) {
                return Future.succeededFuture(false);
            }
            int end = Math.min(bytes.length(), position[0] + MediaService.PIECE_BYTES);
            Buffer piece = bytes.getBuffer(position[0], end);
            position[0] = end;
            return at().append(new Append(job.id(), 0, piece)).map(true);
        });
    }

    /** @param fraction told how much is done. @return done when it can be read; or why it cannot be made */
    Future<Void> make(Consumer<Double> fraction) {
        WorkState[] state = {null};
        return studio.worksAt()
                .apply(job.instance())
                .beginFilm(new BeginFilm(job.id()))
                .compose(begun -> Loop.whileTrue(() -> studio.worksAt()
                        .apply(job.instance())
                        .awaitWork(new AwaitWork(job.id(), state[0] == null ? 0 : state[0].version()))
                        .map(known -> {
                            state[0] = known;
                            fraction.accept(Math.max(0, known.fraction()));
                            return !known.phase().isEnd();
                        })))
                .compose(ended -> state[0].phase() == Phase.SUCCEEDED
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure(state[0])));
    }

    private static Failure failure(WorkState state) {
        return state.phase() == Phase.CANCELLED
                ? new Failure(Kind.UNAVAILABLE, "the film was cancelled")
                : new Failure(Kind.valueOf(state.failureKind()), state.failure());
    }

    /** @param take takes each piece, and the next one when that is done */
    Future<Void> read(Function<Buffer, Future<Void>> take) {
        long[] position = {0};
        return Loop.whileTrue(() -> at().read(new Read(job.id(), 0, position[0]))
                .compose(piece -> {
                    position[0] += piece.bytes().length();
                    return piece.bytes().length() == 0
                            ? Future.succeededFuture(false)
                            : take.apply(piece.bytes()).map(true);
                }));
    }

    private MediaService at() {
        return studio.at().apply(job.instance());
    }

    /** Forgets it at media-service. */
    void close() {
        at().closeJob(new CloseJob(job.id()))
                .onFailure(error -> LOG.debug("job={} is left to its idle limit", job.id(), error));
    }
}
