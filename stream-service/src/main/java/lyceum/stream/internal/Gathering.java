package lyceum.stream.internal;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.EntryHead;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.NewEntry;

/** The frames of one message, until it is whole. */
final class Gathering {

    private final int messageBytes;
    private final Budget budget;
    private final List<EntryHead> heads = new ArrayList<>();
    private final Deque<Buffer> pieces = new ArrayDeque<>();
    private long expectedBytes;
    private long gatheredBytes;
    private long takenBytes;
    private boolean isOpen;

    /**
     * @param messageBytes longest message
     * @param budget holds the bytes of frames that wait for others
     */
    Gathering(int messageBytes, Budget budget) {
        this.messageBytes = messageBytes;
        this.budget = budget;
    }

    /** @return entries that are known so far */
    int entries() {
        return heads.size();
    }

    /** @return bytes of the entries as far as they are known */
    long expectedBytes() {
        return isOpen ? Math.max(expectedBytes, gatheredBytes) : expectedBytes;
    }

    /** Takes the next frame; fails with INVALID where it cannot belong to any message, BUSY where too much is held. */
    void add(PushFrame frame) {
        if (frame.bytes().length() > StreamService.PIECE_BYTES) {
            throw Failure.invalid("a frame has at most %d bytes".formatted(StreamService.PIECE_BYTES));
        }
        if (!frame.entries().isEmpty()) {
            closeOpenEntry();
        }
        frame.entries().forEach(this::add);
        gatheredBytes += frame.bytes().length();
        if (gatheredBytes > expectedBytes && !isOpen || !frame.more() && gatheredBytes < expectedBytes) {
            throw Failure.invalid("a message has other bytes than its entries");
        }
        checkLength();
        if (frame.more()) {
            long weight = frame.bytes().length()
                    + (long) Message.OVERHEAD_BYTES * frame.entries().size();
            budget.take(weight);
            takenBytes += weight;
        }
        if (frame.bytes().length() > 0) {
            pieces.add(frame.bytes());
        }
    }

    /** It has what came before the frame that tells of others. */
    private void closeOpenEntry() {
        if (!isOpen) {
            return;
        }
        if (gatheredBytes < expectedBytes) {
            throw Failure.invalid("a message has other bytes than its entries");
        }
        EntryHead open = heads.remove(heads.size() - 1);
        heads.add(new EntryHead(open.stream(), open.entryId(), (int) (gatheredBytes - expectedBytes)));
        expectedBytes = gatheredBytes;
        isOpen = false;
    }

    private void add(EntryHead head) {
        if (head.length() < PushSession.OPEN || isOpen) {
            throw Failure.invalid("an entry has a length, except for the last one of a frame");
        }
        heads.add(head);
        if (head.length() == PushSession.OPEN) {
            isOpen = true;
        } else {
            expectedBytes += head.length();
        }
        if (heads.size() > PushSession.MESSAGE_ENTRIES) {
            throw Failure.invalid("a message has at most %d entries".formatted(PushSession.MESSAGE_ENTRIES));
        }
        checkLength();
    }

    private void checkLength() {
        if (expectedBytes() > messageBytes) {
            throw Failure.invalid("a message has at most %d bytes".formatted(messageBytes));
        }
    }

    /** @return the whole message, which is not held here any more; or INVALID as {@link Message#of} */
    Message finish(boolean idsFromFrames) {
        drop();
        List<NewEntry> entries = new ArrayList<>(heads.size());
        for (EntryHead head : heads) {
            int length = head.length() == PushSession.OPEN ? (int) (gatheredBytes - expectedBytes) : head.length();
            entries.add(new NewEntry(head.stream(), head.entryId(), cut(length)));
        }
        return Message.of(entries, idsFromFrames);
    }

    /** Gives back what it holds. */
    void drop() {
        budget.giveBack(takenBytes);
        takenBytes = 0;
    }

    /** Only an entry that goes over the end of a frame is copied. */
    private Buffer cut(int length) {
        Buffer first = pieces.peek();
        if (first == null || first.length() >= length) {
            return length == 0 ? Buffer.buffer() : take(length);
        }
        Buffer whole = Buffer.buffer(length);
        while (whole.length() < length) {
            whole.appendBuffer(
                    take(Math.min(length - whole.length(), pieces.element().length())));
        }
        return whole;
    }

    private Buffer take(int length) {
        Buffer piece = pieces.remove();
        if (length < piece.length()) {
            pieces.push(piece.slice(length, piece.length()));
        }
        return piece.slice(0, length);
    }
}
