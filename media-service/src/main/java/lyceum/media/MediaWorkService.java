package lyceum.media;

import io.vertx.core.Future;
import java.util.List;

/**
 * Work that takes its time: a job of {@link MediaService} that has its inputs is told what to make, and is then asked how
 * it goes. It waits for its turn behind all interactive work, and can be cancelled at any time. Everything is asked of
 * the instance that has the job.
 *
 * <p>The input may be Matroska, WebM, Ogg, WAV, FLAC, MP3, MP4 or FLV; anything else, and what begins so but
 * cannot be read, ends as {@link Phase#FAILED} with UNPROCESSABLE. There is one input, number 0. A job has one operation:
 * each {@code begin} fails with NOT_FOUND without such a job, CONFLICT where it had its operation, INVALID where
 * something in the order cannot be, BUSY where too much waits already.
 */
public interface MediaWorkService {

    /** Most values of a waveform. */
    int MOST_POINTS = 20_000;

    /** Widest thumbnail, in pixels. */
    int WIDEST_THUMBNAIL = 4_096;

    /** Quietest and loudest level that sound can be brought to, in LUFS (limits of EBU R128 as ffmpeg has it). */
    double QUIETEST_LUFS = -70;

    double LOUDEST_LUFS = -5;

    /** How long {@link #awaitWork} waits. */
    long LONGEST_WAIT_MILLIS = 10_000;

    /**
     * Measures a waveform. Output 0 is {@code peaks.json} in the format of audiowaveform (version 2, 16 bits, one channel),
     * which wavesurfer.js and peaks.js read, and {@code duration} in seconds beside it.
     */
    Future<Done> beginPeaks(BeginPeaks order);

    /** Brings sound to one loudness (EBU R128, two passes). Output 0 is the sound, output 1 {@code loudness.json}. */
    Future<Done> beginLoudness(BeginLoudness order);

    /**
     * Has the sound written down by the program or the endpoint that is configured. Output 0 is what that gave.
     *
     * @return UNAVAILABLE where none is configured
     */
    Future<Done> beginTranscript(BeginTranscript order);

    /** Takes one picture out of a film. Output 0 is {@code thumbnail.jpg}. */
    Future<Done> beginThumbnail(BeginThumbnail order);

    /**
     * Makes {@code film.mp4} (output 0) of pictures: H.264, yuv420p, crf 23, 24 pictures a second, repeated or left out to
     * keep time (stream contract, section 4.4). The input is what {@link PictureFilm} writes.
     */
    Future<Done> beginFilm(BeginFilm order);

    /**
     * @return how it goes, once that is something else than what was seen or its end; at the latest after
     *     {@link #LONGEST_WAIT_MILLIS}, so that who asks shows that it is there. Or NOT_FOUND without such a job, BUSY where
     *     too many ask at once
     */
    Future<WorkState> awaitWork(AwaitWork question);

    /** Ends the work, whatever it does. The job stays until it is closed or left alone. @return done; or NOT_FOUND */
    Future<Done> cancelWork(CancelWork order);

    /** @param points how many pairs of lowest and highest sample, 1 to {@link #MOST_POINTS}; a short sound gives fewer */
    record BeginPeaks(String jobId, int points) {}

    /** @param loudnessLufs integrated loudness of the result, {@link #QUIETEST_LUFS} to {@link #LOUDEST_LUFS} */
    record BeginLoudness(String jobId, double loudnessLufs, SoundFormat format) {}

    /** @param language as BCP 47 has it, empty where it is to be found out */
    record BeginTranscript(String jobId, String language) {}

    /**
     * @param atMillis of the film; behind its end it is the last picture
     * @param widthPixels 16 to {@link #WIDEST_THUMBNAIL}; the height keeps the shape
     */
    record BeginThumbnail(String jobId, long atMillis, int widthPixels) {}

    /** Begins a film. */
    record BeginFilm(String jobId) {}

    /** What sound is encoded as. */
    enum SoundFormat {
        /** Opus in WebM. */
        WEBM,
        /** AAC in MP4. */
        M4A,
        MP3,
        /** PCM, 16 bits. */
        WAV
    }

    /** @param seenVersion of the state that is known, 0 for none */
    record AwaitWork(String jobId, long seenVersion) {}

    /** Ends the work of a job. */
    record CancelWork(String jobId) {}

    /** Where a job stands. */
    enum Phase {
        /** It takes inputs. */
        OPEN,
        /** It waits for its turn. */
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        /** @return whether nothing follows */
        public boolean isEnd() {
            return compareTo(RUNNING) > 0;
        }
    }

    /**
     * @param owner whom the job counts for, as it was opened
     * @param version another one for each state of a job, rising
     * @param queuePosition 1 for the next one; 0 where it does not wait
     * @param fraction of the work that is done, 0 to 1; negative where nobody knows
     * @param outputs of SUCCEEDED, else empty
     * @param failureKind name of a {@code Failure.Kind}, of FAILED, else empty
     * @param failure one line for the client, of FAILED, else empty
     */
    record WorkState(
            String owner,
            long version,
            Phase phase,
            int queuePosition,
            double fraction,
            List<Output> outputs,
            String failureKind,
            String failure) {}

    /**
     * Fetched with {@link MediaService#read} by its place in the list.
     *
     * @param name of the file
     * @param mediaType as RFC 6838 has it
     */
    record Output(String name, String mediaType, long sizeBytes) {}

    /** It is done; there is nothing to tell. */
    record Done() {}
}
