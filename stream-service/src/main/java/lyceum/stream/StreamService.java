package lyceum.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import lyceum.platform.Topic;

/**
 * Named streams of time-ordered entries.
 *
 * <p>A name has 1 to {@link #NAME_BYTES} bytes in UTF-8. Names of keys that hold something else in the shared Redis
 * ({@code XMETA:…}, {@code recording:id}, {@code recording:info:…}, {@code recipe:id}, {@code recipe:step},
 * {@code session:id}, {@code lyceum:…}) name no stream. A method that is given a wrong name fails with INVALID, and every
 * method fails with UNAVAILABLE while Redis does not answer, with BUSY where this instance holds too many bytes.
 */
public interface StreamService {

    /** A stream has its first entry. */
    Topic<CreatedFact> CREATED = new Topic<>("lyceum.stream.created");

    /** A stream has been deleted with all its entries. */
    Topic<DeletedFact> DELETED = new Topic<>("lyceum.stream.deleted");

    /** Entries have been appended; told at most once a second for each stream and instance. */
    Topic<AppendedFact> APPENDED = new Topic<>("lyceum.stream.appended");

    /** Bytes of payload in one message have at most this length. */
    int PIECE_BYTES = 256 * 1024;

    /** Longest name of a stream. */
    int NAME_BYTES = 1024;

    /** Most streams that one question may name. */
    int MOST_STREAMS = 100;

    /** Most entries of one order to append. */
    int MOST_ENTRIES = 1024;

    /** Most entries of one answer to {@link #readEntries}. */
    int MOST_READ = 10_000;

    /** Longest metadata of a stream, as JSON in UTF-8. */
    int METADATA_BYTES = 64 * 1024;

    /** Most names in one answer. */
    int PAGE_NAMES = 1000;

    /**
     * Finds streams that have or had entries; one with metadata only is none.
     *
     * @return the next names by code point, at most {@link #PAGE_NAMES}
     */
    Future<StreamNames> listStreams(ListStreams question);

    /**
     * @return what is known of streams, in the order of the question: of the first one, and of as many more as fit into
     *     one answer; the rest is to be asked for again
     */
    Future<StreamInfos> describeStreams(DescribeStreams question);

    /**
     * Merges members into the metadata of a stream, or replaces it; what was there and is no JSON object is replaced.
     *
     * @return the metadata as stored; or INVALID where it is no JSON object, has half of a surrogate pair or becomes too long, CONFLICT where others
     *     change it all the time
     */
    Future<Metadata> changeMetadata(ChangeMetadata order);

    /**
     * Deletes streams with entries and metadata, one after the other.
     *
     * @return what there was, in the order of the names
     */
    Future<Deletions> deleteStreams(DeleteStreams order);

    /**
     * Appends entries of at most {@link #PIECE_BYTES} together, all visible at once to who reads. More go through a
     * push session.
     *
     * @return their ids; or INVALID where an id is none, where they are too many or too long
     */
    Future<Stored> append(Append order);

    /**
     * Reads what there is, without waiting for more. Streams asked for their newest entries come first, then the
     * others, each group in the order of the question; the same name twice is one stream.
     *
     * @return the first part; or INVALID where a position, count or format is none, where an entry cannot be converted,
     *     or where the answer would exceed {@code LYCEUM_STREAM_READ_LIMIT} or {@link #MOST_READ}
     */
    Future<Read> readEntries(ReadEntries question);

    /** @return a new session to push through, at {@link PushSession}; or BUSY where too many are open */
    Future<OpenedSession> openPush(OpenPush order);

    /**
     * @return a new session to pull from, at {@link PullSession}; or BUSY where too many are open, or too many streams
     *     read, INVALID where positions, count, formats or the time-keeping stream are none
     */
    Future<OpenedSession> openPull(OpenPull order);

    /** @return whether Redis answers */
    Future<Done> ping(Ping question);

    /** @param after names up to this one are left out; empty for the first page */
    record ListStreams(String after) {}

    /** @param more whether there are names behind the last one */
    record StreamNames(List<String> items, boolean more) {}

    /** @param streams 1 to {@link #MOST_STREAMS} names */
    record DescribeStreams(List<String> streams) {
        public DescribeStreams {
            StreamName.checkAll(streams);
        }
    }

    /** @param items at least one */
    record StreamInfos(List<StreamInfo> items) {}

    /**
     * @param exists whether it has or had entries; otherwise there are neither figures nor ids
     * @param figures what {@code XINFO STREAM} reports as numbers, by its names
     * @param ids what it reports as ids; {@code first-entry} and {@code last-entry} are absent in an empty stream
     * @param metadata JSON text, null where there is none
     */
    record StreamInfo(
            String stream, boolean exists, Map<String, Long> figures, Map<String, String> ids, String metadata) {}

    /**
     * @param json a JSON object
     * @param override whether it replaces what there was
     */
    record ChangeMetadata(String stream, String json, boolean override) {
        public ChangeMetadata {
            StreamName.check(stream);
        }
    }

    /** @param json a JSON object without white space */
    record Metadata(String json) {}

    /** @param streams 1 to {@link #MOST_STREAMS} names */
    record DeleteStreams(List<String> streams) {
        public DeleteStreams {
            StreamName.checkAll(streams);
        }
    }

    /** One for each name. */
    record Deletions(List<Deletion> items) {}

    /**
     * @param metadata 1 where there was metadata, else 0
     * @param entries how many there were
     * @param keys 1 where there was such a stream, else 0
     */
    record Deletion(int metadata, long entries, int keys) {}

    /**
     * @param entries at most {@link #MOST_ENTRIES}
     * @param idsFromFrames whether the id of each entry is the time that its HoloLens frame tells, if it tells any; what
     *     is no frame is INVALID
     */
    record Append(List<NewEntry> entries, boolean idsFromFrames) {}

    /**
     * @param id empty, null, {@code *} or {@code 0} for one of the server's clock; {@code <ms>}, {@code <ms>-<seq>}, or
     *     {@code <ms>-*} for the next sequence number
     */
    record NewEntry(String stream, String id, Buffer payload) {
        public NewEntry {
            StreamName.check(stream);
        }
    }

    /**
     * @param ids one for each entry in order, empty for one that was refused
     * @param refused those that are not stored; all others are
     */
    record Stored(List<String> ids, List<Refusal> refused) {}

    /**
     * @param index of the entry, from 0
     * @param reason one line for the client
     */
    record Refusal(int index, String reason) {}

    /**
     * @param streams 1 to {@link #MOST_STREAMS} names
     * @param positions cycled over the names: {@code *} for the newest entries, {@code $} for none, or
     *     {@code <ms>} or {@code <ms>-<seq>} for those behind that id
     * @param count most entries of each stream, at least 1
     * @param input name of the format of the entries; null or empty where the names of the streams tell it
     * @param output name of the format into which they are converted; null or empty for none
     */
    record ReadEntries(List<String> streams, List<String> positions, int count, String input, String output) {
        public ReadEntries {
            StreamName.checkAll(streams);
        }
    }

    /** @param rest where {@link PullSession#readPull} brings the next parts, null where there is none */
    record Read(Delivery first, OpenedSession rest) {}

    /** @param idsFromFrames as in {@link Append} */
    record OpenPush(boolean idsFromFrames) {}

    /**
     * @param streams 1 to {@link #MOST_STREAMS} names; the same name twice is one stream
     * @param positions cycled over the names: {@code $} for what comes from now on by the clock of Redis, {@code -} for
     *     all, {@code *} for the newest entry and what follows, {@code <ms>} or {@code <ms>-<seq>} for what is behind
     *     that id
     * @param latest whether entries are skipped for newer ones; null for the rule of the original: true where any
     *     position contains {@code $} or {@code -}
     * @param count most entries of each stream in one delivery, at least 1; a delivery has at most
     *     {@link #MOST_ENTRIES} and {@code LYCEUM_STREAM_MESSAGE_LIMIT} bytes, or one entry that alone has more
     * @param timeKeeper name of a stream, or its index among the names, which moves the others forward; null for none
     * @param idleMillis after so long without an entry the session is over; null for never
     * @param intervalMillis least time between two deliveries, 0 for none
     * @param input as in {@link ReadEntries}
     * @param output as in {@link ReadEntries}; an entry that cannot be converted is left out, and the limits of a delivery
     *     hold for what was made of its entries
     */
    record OpenPull(
            List<String> streams,
            List<String> positions,
            Boolean latest,
            int count,
            String timeKeeper,
            Long idleMillis,
            long intervalMillis,
            String input,
            String output) {
        public OpenPull {
            StreamName.checkAll(streams);
        }
    }

    /**
     * @param id names it in all that follows
     * @param instance where it must be asked
     */
    record OpenedSession(String id, String instance) {}

    /** Asks whether Redis answers. */
    record Ping() {}

    /** It is done; there is nothing to tell. */
    record Done() {}

    /** @param stream its name */
    record CreatedFact(String stream) {}

    /** @param stream its name */
    record DeletedFact(String stream) {}

    /**
     * @param entries how many since the last time
     * @param bytes their payload
     * @param lastId id of the last one of them
     */
    record AppendedFact(String stream, long entries, long bytes, String lastId) {}
}
