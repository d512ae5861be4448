package lyceum.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.Stored;

/**
 * The entries of one connection, in order, at the instance that holds the session. A message of a client is one frame,
 * or several where it is longer than {@link StreamService#PIECE_BYTES}; its entries become visible together.
 *
 * <p>The answers are the back-pressure. So many frames may be unanswered: {@link #WINDOW_FRAMES}; and as many messages
 * as have {@link #WINDOW_BYTES} and {@link #WINDOW_ENTRIES} together, or one that alone has more.
 */
public interface PushSession {

    /** How long a session lives to which nothing is said. A frame without anything keeps it alive. */
    Duration LEASE = Duration.ofSeconds(30);

    /** Frames without an answer. */
    int WINDOW_FRAMES = 32;

    /** Bytes of messages without an answer, where they are more than one. */
    int WINDOW_BYTES = 4 * 1024 * 1024;

    /** Entries of messages without an answer, where they are more than one. */
    int WINDOW_ENTRIES = 4096;

    /** Most entries of one message. */
    int MESSAGE_ENTRIES = 4096;

    /**
     * Length of the last entry of a frame where it is not known yet: it has all that comes before the next frame with
     * entries, or before the end of the message.
     */
    int OPEN = -1;

    /**
     * Takes the next frame. After a failure the session is broken: every later frame fails in the same way.
     *
     * @return for the last frame of a message, once Redis has it: the ids of the message; for others nothing, once more
     *     may be sent. Or NOT_FOUND without such a session (any more), CONFLICT where the frame is not the next one,
     *     INVALID where it is too long, where the message has more bytes than {@code LYCEUM_STREAM_MESSAGE_LIMIT} or
     *     other ones than its entries, or where a name or an id is none; BUSY beyond the window; UNAVAILABLE where
     *     Redis does not answer, and then what is unanswered may be stored or not
     */
    Future<Stored> pushFrame(PushFrame frame);

    /** Ends a session; what it has taken whole is stored. An unknown one is left alone. */
    Future<Done> closePush(ClosePush order);

    /**
     * @param number from 0, one more for each frame of the session
     * @param entries those whose bytes begin in this frame or later
     * @param bytes payloads one after the other, at most {@link StreamService#PIECE_BYTES}
     * @param more whether the message goes on in the next frame
     */
    record PushFrame(String id, long number, List<EntryHead> entries, Buffer bytes, boolean more) {}

    /**
     * @param entryId as in {@link StreamService.NewEntry}
     * @param length of the payload in bytes, or {@link #OPEN}
     */
    record EntryHead(String stream, String entryId, int length) {
        public EntryHead {
            StreamName.check(stream);
        }
    }

    /** Gives up a session. */
    record ClosePush(String id) {}
}
