package lyceum.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import lyceum.stream.RecordingFileService.RecordingFile;
import lyceum.stream.StreamService.Done;

/**
 * One file that is uploaded into a recording, at the instance that holds the session. The answers are the back-pressure:
 * at most {@link #WINDOW_PIECES} may be missing.
 */
public interface UploadSession {

    /** How long a session lives to which nothing is said. An empty piece keeps it alive. */
    Duration LEASE = Duration.ofSeconds(30);

    /** Pieces without an answer. */
    int WINDOW_PIECES = 4;

    /**
     * Takes the next piece. After a failure the upload is broken: every later piece fails in the same way.
     *
     * @return done when it is written; or NOT_FOUND without such a session (any more), CONFLICT where the piece is not the
     *     next one, INVALID where it is longer than {@link RecordingFileService#PIECE_BYTES}, or the file becomes longer
     *     than {@code LYCEUM_RECORDING_FILE_LIMIT}; BUSY beyond the window
     */
    Future<Done> appendUpload(AppendUpload piece);

    /**
     * Makes the file visible, and ends the session.
     *
     * @return what is known of it, once it would survive the end of the machine; or NOT_FOUND without such a session or
     *     where its recording is hidden or gone by now, CONFLICT where others have stored such a file meanwhile and it is
     *     not to be replaced, or the failure of a piece
     */
    Future<RecordingFile> commitUpload(CommitUpload order);

    /** Ends a session and forgets what was uploaded; an unknown one is left alone. */
    Future<Done> abandonUpload(AbandonUpload order);

    /** @param number from 0, one more for each piece of the session */
    record AppendUpload(String id, long number, Buffer bytes) {}

    /** The file is whole. */
    record CommitUpload(String id) {}

    /** Gives up an upload. */
    record AbandonUpload(String id) {}
}
