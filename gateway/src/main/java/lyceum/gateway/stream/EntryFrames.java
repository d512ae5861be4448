package lyceum.gateway.stream;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.EntryHead;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.NewEntry;

/**
 * Makes frames of a push session out of entries that arrive in stretches of any length, when the length of each is not
 * known before its end. At most one frame is held.
 *
 * <p>All entries are one message as far as a message may go. Where it is not known that they fit into one, an entry that
 * is longer than a frame begins a message of its own, so that any entry of a message's length is taken.
 */
public final class EntryFrames {

    private final boolean isOneMessage;
    private final long messageBytes;
    private final Consumer<Frame> next;

    private byte[] bytes = new byte[4 * 1024];
    private int length;
    private List<EntryHead> heads = new ArrayList<>();
    /** Where the last entry begins, if its head is here. */
    private int entryStart;
    /** Whether what is here first belongs to an entry whose head has been sent. */
    private boolean isContinued;

    private long sentBytes;
    private int sentEntries;
    private boolean isMessageBegun;
    private boolean isAnythingSent;

    /** As {@code PushFrame}, without what only a session knows. */
    public record Frame(List<EntryHead> entries, Buffer bytes, boolean more) {}

    /**
     * @param isOneMessage whether all entries together are known to be no longer than a message
     * @param messageBytes longest message; no entry may be longer
     * @param next takes each frame
     */
    public EntryFrames(boolean isOneMessage, long messageBytes, Consumer<Frame> next) {
        this.isOneMessage = isOneMessage;
        this.messageBytes = messageBytes;
        this.next = next;
    }

    /** An entry begins; the one before it is whole. */
    public void begin(String stream) {
        if (sentEntries + heads.size() == PushSession.MESSAGE_ENTRIES) {
            emit(false);
        } else if (isContinued && length > 0) {
            emit(true);
        }
        isContinued = false;
        entryStart = length;
        heads.add(new EntryHead(stream, null, PushSession.OPEN));
    }

    /** Takes a stretch of the entry that began last. */
    public void write(byte[] more, int from, int to) {
        int position = from;
        while (position < to) {
            if (length == StreamService.PIECE_BYTES) {
                makeRoom();
            }
            int count = Math.min(to - position, StreamService.PIECE_BYTES - length);
            grow(length + count);
            System.arraycopy(more, position, bytes, length, count);
            length += count;
            position += count;
        }
    }

    /** Entries that are whole make way; one that fills a frame alone goes on in the next one. */
    private void makeRoom() {
        if (entryStart > 0 && !isContinued) {
            splitBeforeLast(true);
            return;
        }
        boolean hasOthers = isMessageBegun || heads.size() > 1;
        if (!isOneMessage && !isContinued && hasOthers) {
            splitBeforeLast(false);
        }
        emit(true);
        isContinued = true;
    }

    /** The entry that began last is whole. */
    public void end() {
        if (isContinued) {
            return;
        }
        if (!isOneMessage && sentBytes + length > messageBytes) {
            splitBeforeLast(false);
        }
        EntryHead last = heads.remove(heads.size() - 1);
        heads.add(new EntryHead(last.stream(), last.entryId(), length - entryStart));
    }

    /** All entries are whole: sends what has not been sent. */
    public void finish() {
        if (isMessageBegun || !heads.isEmpty()) {
            emit(false);
        }
    }

    /** @return all entries, if they are few and short enough for {@code Append}; then nothing has been sent of them */
    public Optional<List<NewEntry>> few() {
        if (isAnythingSent || heads.size() > StreamService.MOST_ENTRIES) {
            return Optional.empty();
        }
        List<NewEntry> entries = new ArrayList<>();
        int position = 0;
        for (EntryHead head : heads) {
            byte[] payload = Arrays.copyOfRange(bytes, position, position + head.length());
            entries.add(new NewEntry(head.stream(), head.entryId(), Buffer.buffer(payload)));
            position += head.length();
        }
        return Optional.of(entries);
    }

    /** Sends what is before the entry that began last, which stays. @param more whether the message goes on with it */
    private void splitBeforeLast(boolean more) {
        EntryHead last = heads.remove(heads.size() - 1);
        byte[] begun = Arrays.copyOfRange(bytes, entryStart, length);
        length = entryStart;
        if (isMessageBegun || !heads.isEmpty()) {
            emit(more);
        }
        heads.add(last);
        entryStart = 0;
        System.arraycopy(begun, 0, bytes, 0, begun.length);
        length = begun.length;
    }

    private void emit(boolean more) {
        Buffer sent = Buffer.buffer(Arrays.copyOf(bytes, length));
        next.accept(new Frame(heads, sent, more));
        isAnythingSent = true;
        isMessageBegun = more;
        sentBytes = more ? sentBytes + length : 0;
        sentEntries = more ? sentEntries + heads.size() : 0;
        heads = new ArrayList<>();
        length = 0;
        isContinued = false;
    }

    private void grow(int wanted) {
        if (wanted > bytes.length) {
            int doubled = Math.max(wanted, 2 * bytes.length);
            bytes = Arrays.copyOf(bytes, Math.min(StreamService.PIECE_BYTES, doubled));
        }
    }
}
