package lyceum.media;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Cuts, repairs and remuxes recorded sound; nothing is ever encoded anew.
 *
 * <p>Work is a job: it is opened at whoever is free, its inputs are brought in pieces, one operation is asked for, its
 * outputs are fetched in pieces, and it is closed. All but {@link #openJob} and {@link #inspect} must be asked of the
 * instance that {@link Job} names. A job that nobody touches for a while is closed by itself: an interactive one after
 * {@code LYCEUM_MEDIA_JOB_IDLE_LIMIT}, one in the background after {@code LYCEUM_MEDIA_RESULT_TIME}.
 *
 * <p>An operation answers within {@code LYCEUM_MEDIA_OPERATION_TIME_LIMIT} (240 s), waiting included: ask it through a
 * proxy that waits longer.
 */
public interface MediaService {

    /** A piece, of input or output, has at most this many bytes. */
    int PIECE_BYTES = 192 * 1024;

    /** So many pieces of a job may be on their way without an answer. */
    int WINDOW_PIECES = 4;

    /** Segments begin and end within plus or minus this (about 31 years): ffmpeg counts microseconds in 64 bits. */
    long FARTHEST_MILLIS = 1_000_000_000_000L;

    /** @return a new job without inputs, BUSY where too many are open, UNAVAILABLE where ffmpeg is missing */
    Future<Job> openJob(OpenJob order);

    /**
     * Appends to one input. Inputs are numbered from 0 and brought in that order, piece after piece; an empty piece makes
     * an empty input. The answer is the back-pressure.
     *
     * @return done; or NOT_FOUND without such a job, INVALID where the piece is too large or the job's inputs become too
     *     large or too many, or where an input is left out, BUSY beyond {@link #WINDOW_PIECES}, CONFLICT once the
     *     operation was asked for
     */
    Future<Done> append(Append order);

    /**
     * Rewrites each input by itself as WebM with duration and index.
     *
     * @return an output for each input, of size 0 where the input is not sound that can be read; or NOT_FOUND without such
     *     a job, CONFLICT where it had its operation, INVALID where the outputs become too large, BUSY, UNAVAILABLE where
     *     ffmpeg failed or took too long
     */
    Future<Outputs> repair(Repair order);

    /**
     * Joins all inputs in their order and cuts segments out of the whole. A segment that holds no sound (empty, beyond the
     * end, before the start) gives a WebM without packets; one that starts before 0 is silent until then.
     *
     * @return an output for each segment; failures as {@link #repair}, and INVALID where an input is not sound that can be
     *     read, where inputs cannot be joined, or where segments are too many, end before they start or go beyond
     *     {@link #FARTHEST_MILLIS}; all segments or none
     */
    Future<Outputs> split(Split order);

    /** @return {@link #PIECE_BYTES} of an output from an offset on, fewer only where it ends, none there; or NOT_FOUND */
    Future<Piece> read(Read question);

    /** Ends a job, whatever it is doing, and removes all it had; unknown jobs are ignored. */
    Future<Done> closeJob(CloseJob order);

    /** @return whether ffmpeg is here, and which */
    Future<Engine> inspect(Inspect question);

    /** Who is served first. */
    enum Priority {
        /** Somebody waits for it. */
        INTERACTIVE,
        /** It is done when nothing interactive waits, within limits that are wider; see {@link MediaWorkService}. */
        BACKGROUND
    }

    /**
     * Asks for a new job.
     *
     * @param owner whom it counts for, empty for the house; one owner has at most {@code LYCEUM_MEDIA_JOBS_PER_OWNER}, or,
     *     of interactive ones, half of all: they are short, and the owner may be a class behind one address
     */
    record OpenJob(Priority priority, String owner) {

        /** @return an interactive job of the house */
        public static OpenJob interactive() {
            return interactive("");
        }

        /** @return an interactive job of somebody, or of a network */
        public static OpenJob interactive(String owner) {
            return new OpenJob(Priority.INTERACTIVE, owner);
        }
    }

    /**
     * @param id names the job in all that follows
     * @param instance where it must be asked
     */
    record Job(String id, String instance) {}

    /** @param input number of the input, from 0; at most one above the last one */
    record Append(String jobId, int input, Buffer bytes) {}

    /** Asks for repair of all inputs. */
    record Repair(String jobId) {}

    /** @param segments in the order of the wanted outputs */
    record Split(String jobId, List<Segment> segments) {}

    /** A stretch of the joined time line, in milliseconds; negative times and times beyond the end are allowed. */
    record Segment(long startMillis, long endMillis) {}

    /** @param sizesBytes the length of each output, in order */
    record Outputs(List<Long> sizesBytes) {}

    /** @param output number of the output, from 0 */
    record Read(String jobId, int output, long offsetBytes) {}

    /** @param bytes a stretch of an output */
    record Piece(Buffer bytes) {}

    /** Ends a job. */
    record CloseJob(String jobId) {}

    /** Asks for the engine. */
    record Inspect() {}

    /**
     * @param usable whether sound can be cut here
     * @param text name and version, or why not
     */
    record Engine(boolean usable, String text) {}

    /** It is done; there is nothing to tell. */
    record Done() {}
}
