package lyceum.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Topic;

/**
 * What is made of recordings: films, JSON and sound, as the original's recorder makes them (contract, 4.4), among the files
 * of the recording ({@link RecordingFileService}).
 *
 * <p>It is done by itself when a recording is whole, if {@code LYCEUM_RECORDING_EXPORT} says so, and when it is ordered: one
 * stream at a time, by the instance that records. What was begun is done, whoever dies meanwhile; what fails because
 * something is missing for the moment is tried again some times. Names are checked as in {@link RecordingService}, and
 * everything fails with UNAVAILABLE while Redis or the store of recordings does not answer.
 */
public interface RecordingExportService {

    /** A stream has been exported, or never will be. */
    Topic<RecordingExported> EXPORTED = new Topic<>("lyceum.stream.recordingExported");

    /** Longest side of a thumbnail, in pixels. */
    int THUMBNAIL_PIXELS = 480;

    /**
     * Orders files of a recording, also where they are there already.
     *
     * @return what is going to be made; or NOT_FOUND without such a recording or stream, CONFLICT while it is recorded,
     *     INVALID where nothing can be made of it, BUSY where too many recordings wait
     */
    Future<Exports> exportRecording(ExportRecording order);

    /** @return what has been ordered and become of it, for a week; or NOT_FOUND without such a recording */
    Future<Exports> findExports(FindExports question);

    /**
     * Makes a small picture of the entry that is nearest to a time.
     *
     * @return a JPEG of at most {@link StreamService#PIECE_BYTES}; or NOT_FOUND without such a recording or stream, INVALID
     *     where there are no pictures in it, BUSY where too many are made
     */
    Future<Thumbnail> findThumbnail(FindThumbnail question);

    /** @param streams none for all of which something is made by itself; at most {@link StreamService#MOST_STREAMS} */
    record ExportRecording(String recording, List<String> streams) {
        public ExportRecording {
            RecordingName.check(recording);
            if (streams.size() > StreamService.MOST_STREAMS) {
                throw Failure.invalid("at most %d streams may be named at once".formatted(StreamService.MOST_STREAMS));
            }
        }
    }

    /** Asks what is made of a recording. */
    record FindExports(String recording) {
        public FindExports {
            RecordingName.check(recording);
        }
    }

    /** Where an export stands. */
    enum Phase {
        /** It waits for its turn, or to be tried again. */
        WAITING,
        RUNNING,
        DONE,
        /** It is not tried again by itself. */
        FAILED
    }

    /**
     * @param file name of what is made; empty where that is not known yet
     * @param fraction that is done, 0 to 1
     * @param attempts how often it was begun
     * @param bytes of the file, of DONE
     * @param entries that are in it, of DONE
     * @param leftOut entries of which nothing could be made
     * @param failure of the last attempt, one line for the client; empty where there was none
     */
    record StreamExport(
            String stream,
            String file,
            Phase phase,
            double fraction,
            int attempts,
            long bytes,
            long entries,
            long leftOut,
            String failure) {}

    /** @param streams by name */
    record Exports(String recording, List<StreamExport> streams) {}

    /** @param atMillis from the first entry of the stream, not negative */
    record FindThumbnail(String recording, String stream, long atMillis) {
        public FindThumbnail {
            RecordingName.check(recording);
            StreamName.check(stream);
        }
    }

    /**
     * @param jpeg the picture
     * @param entryId of which entry it is
     */
    record Thumbnail(Buffer jpeg, String entryId) {}

    /** @param failure empty where the file is there */
    record RecordingExported(String recording, String stream, String file, String failure) {}
}
