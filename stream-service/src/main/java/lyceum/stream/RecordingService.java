package lyceum.stream;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import lyceum.platform.Topic;
import lyceum.stream.StreamService.OpenedSession;

/**
 * Recordings of all streams: from its start to its stop every entry of every stream is written, event streams included.
 *
 * <p>One recording runs at a time, the one that key {@code recording:id} names, whoever has set it. Its last seconds are
 * written a moment after it was stopped; {@link #STOPPED} tells when it is whole. The name of a recording is a
 * {@link RecordingName}; a method that is given a wrong one fails with INVALID, and every method fails with UNAVAILABLE
 * while Redis or the store of recordings does not answer.
 */
public interface RecordingService {

    /** A recording has begun. */
    Topic<RecordingStarted> STARTED = new Topic<>("lyceum.stream.recordingStarted");

    /** A recording has ended, and all of it is stored. */
    Topic<RecordingStopped> STOPPED = new Topic<>("lyceum.stream.recordingStopped");

    /** Most names in one answer. */
    int PAGE_RECORDINGS = 1000;

    /** Most recordings that one question may name. */
    int MOST_RECORDINGS = 100;

    /** Starts a recording; one that runs ends in good order. @return its name */
    Future<Recording> startRecording(StartRecording order);

    /** Stops what runs. @return the one that ran */
    Future<Recording> stopRecording(StopRecording order);

    /** @return the one that runs */
    Future<Recording> findRunning(FindRunning question);

    /** @return the next names by code point, at most {@link #PAGE_RECORDINGS}; hidden ones are left out */
    Future<RecordingNames> listRecordings(ListRecordings question);

    /**
     * @return what is known of recordings, in the order of the question: of the first one, and of as many more as fit
     *     into one answer; the rest is to be asked for again
     */
    Future<RecordingInfos> describeRecordings(DescribeRecordings question);

    /** Forgets what is known of recordings, so that it is found out again. @return how many were known, by name */
    Future<ForgottenInfos> forgetInfos(ForgetInfos order);

    /**
     * @return what has become of it; or CONFLICT where the other name is taken, or where one of the two is being recorded,
     *     BUSY where the end of it is still being written, or where it gets files all the time
     */
    Future<Moved> renameRecording(RenameRecording order);

    /** Hides a recording from lists, or shows it again. @return as {@link #renameRecording} */
    Future<Moved> hideRecording(HideRecording order);

    /** Deletes a recording and what was made of it. @return what there is no more; or CONFLICT while it is recorded */
    Future<Gone> deleteRecording(DeleteRecording order);

    /**
     * Begins to append what was recorded once more.
     *
     * @return a new session at {@link ReplaySession}; or NOT_FOUND without such a recording or stream, INVALID where a
     *     name cannot be, BUSY where too many are open
     */
    Future<OpenedSession> openReplay(OpenReplay order);

    /** @param name empty for the local time, {@code YYYY.MM.DD-HH.MM.SS} */
    record StartRecording(String name) {
        public StartRecording {
            if (!name.isEmpty()) {
                RecordingName.checkNew(name);
            }
        }
    }

    /** Stops what runs. */
    record StopRecording() {}

    /** Asks what runs. */
    record FindRunning() {}

    /** @param name of a recording, null for none; of one that others have started, perhaps no {@link RecordingName} */
    record Recording(String name) {}

    /** @param after names up to this one are left out; empty for the first page */
    record ListRecordings(String after) {}

    /** @param more whether there are names behind the last one */
    record RecordingNames(List<String> items, boolean more) {}

    /**
     * @param names 1 to {@link #MOST_RECORDINGS}
     * @param cached whether what is known already will do
     */
    record DescribeRecordings(List<String> names, boolean cached) {
        public DescribeRecordings {
            names.forEach(RecordingName::check);
        }
    }

    /**
     * @param items at least one, each a JSON object as the contract has it (section 4.1): other programs read and write
     *     it in Redis
     */
    record RecordingInfos(List<String> items) {}

    /** @param names 1 to {@link #MOST_RECORDINGS} */
    record ForgetInfos(List<String> names) {
        public ForgetInfos {
            names.forEach(RecordingName::check);
        }
    }

    /** @param counts 0 or 1 for each name */
    record ForgottenInfos(List<Integer> counts) {}

    /** Gives a recording another name. */
    record RenameRecording(String name, String newName) {
        public RenameRecording {
            RecordingName.check(name);
            RecordingName.checkNew(newName);
        }
    }

    /** @param hidden whether it is to be hidden or shown */
    record HideRecording(String name, boolean hidden) {
        public HideRecording {
            RecordingName.check(name);
        }
    }

    /**
     * @param isThere whether a recording is at the new place
     * @param isGone whether none is at the old one
     */
    record Moved(boolean isThere, boolean isGone) {}

    /** Deletes a recording. */
    record DeleteRecording(String name) {
        public DeleteRecording {
            RecordingName.check(name);
        }
    }

    /**
     * @param raw whether there is no such recording
     * @param post whether there is nothing that was made of it
     */
    record Gone(boolean raw, boolean post) {}

    /**
     * @param streams 1 to {@link StreamService#MOST_STREAMS} names in the recording; the same name twice is one stream
     * @param prefix what is put before the names of the streams to which is appended; may be empty
     * @param isFullSpeed whether entries come as fast as they can be stored, and not in their own time
     * @param intervalMillis between two messages about it
     */
    record OpenReplay(String recording, List<String> streams, String prefix, boolean isFullSpeed, long intervalMillis) {
        public OpenReplay {
            RecordingName.check(recording);
            streams.forEach(stream -> StreamName.check(prefix + stream));
            StreamName.checkAll(streams);
        }
    }

    /** @param at when it was ordered, by the clock of Redis */
    record RecordingStarted(String name, Instant at) {}

    /**
     * @param streams how many have entries in it
     * @param entries how many were written by the instance that has ended it
     */
    record RecordingStopped(String name, int streams, long entries) {}
}
