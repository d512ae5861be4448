package lyceum.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import lyceum.stream.StreamService.OpenedSession;

/**
 * Files that belong to a recording: what was made of it, and what others have uploaded into it ({@code post/} of contract,
 * 4.1). Names are a {@link RecordingName} and a {@link RecordingFileName}; a method that is given a wrong one fails with
 * INVALID, and every method with UNAVAILABLE while the store of recordings does not answer. Those of hidden recordings are
 * not found.
 */
public interface RecordingFileService {

    /** A piece, read or uploaded, has at most this many bytes. */
    int PIECE_BYTES = StreamService.PIECE_BYTES;

    /** @return what is known of a file; or NOT_FOUND */
    Future<RecordingFile> findFile(FindFile question);

    /**
     * Any instance may be asked for any piece.
     *
     * @return some bytes of a file, fewer than were asked for only where it ends; or NOT_FOUND, CONFLICT where it is not
     *     any more what it was when it was found, INVALID where the stretch is none
     */
    Future<FilePiece> readFile(ReadFile question);

    /**
     * Begins to upload a file; nobody sees it before it is whole. Where there is no such recording it is one of which there
     * are files only.
     *
     * @return a new session at {@link UploadSession}; or CONFLICT where there is such a file and it is not to be replaced,
     *     NOT_FOUND where the recording is hidden, BUSY where too many are open
     */
    Future<OpenedSession> openUpload(OpenUpload order);

    /** Asks for a file. */
    record FindFile(String recording, String file) {
        public FindFile {
            RecordingName.check(recording);
            RecordingFileName.check(file);
        }
    }

    /**
     * @param bytes its length
     * @param modified when it was stored
     * @param tag an opaque text that no other content under this name ever has: a strong entity tag (RFC 9110, section
     *     8.8.3) without its quotes
     */
    record RecordingFile(String recording, String file, long bytes, Instant modified, String tag) {}

    /**
     * @param tag of the file as it was found
     * @param offset of the first byte, not negative
     * @param count 1 to {@link #PIECE_BYTES}
     */
    record ReadFile(String recording, String file, String tag, long offset, int count) {
        public ReadFile {
            RecordingName.check(recording);
            RecordingFileName.check(file);
        }
    }

    /** @param bytes a stretch of a file */
    record FilePiece(Buffer bytes) {}

    /** @param overwrite whether it may replace what there is */
    record OpenUpload(String recording, String file, boolean overwrite) {
        public OpenUpload {
            RecordingName.checkNew(recording);
            RecordingFileName.check(file);
        }
    }
}
