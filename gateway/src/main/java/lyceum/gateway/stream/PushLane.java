package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.ClosePush;
import lyceum.stream.PushSession.EntryHead;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.Stored;

/** The way of one client's messages to its push session, as wide as {@link PushSession} has it. Lives on one context. */
final class PushLane {

    private static final Buffer NOTHING = Buffer.buffer();

    private final PushSession session;
    private final String id;

    private long nextNumber;
    private int unansweredFrames;
    private int unansweredMessages;
    private long unansweredBytes;
    private int unansweredEntries;
    private int entries;
    private long knownBytes;
    private long sentBytes;

    PushLane(PushSession session, String id) {
        this.session = session;
        this.id = id;
    }

    /** @return whether nothing is on its way */
    boolean isIdle() {
        return unansweredFrames == 0;
    }

    /** @return whether a piece may be sent now */
    boolean hasRoom(PushPiece piece) {
        return unansweredFrames < PushSession.WINDOW_FRAMES
                && (unansweredMessages == 0
                        || unansweredEntries + entries + piece.entries().size() <= PushSession.WINDOW_ENTRIES
                                && unansweredBytes + bytesWith(piece) <= PushSession.WINDOW_BYTES);
    }

    /** Of an entry whose length is not known it counts what has come so far. */
    private long bytesWith(PushPiece piece) {
        long known = knownBytes;
        for (EntryHead entry : piece.entries()) {
            known += Math.max(0, entry.length());
        }
        return Math.max(known, sentBytes + piece.bytes().length());
    }

    /** @return as {@link PushSession#pushFrame} */
    Future<Stored> send(PushPiece piece) {
        long messageBytes = bytesWith(piece);
        knownBytes = messageBytes;
        sentBytes += piece.bytes().length();
        entries += piece.entries().size();
        Future<Stored> answer = ask(piece.entries(), piece.bytes(), !piece.isLast());
        if (!piece.isLast()) {
            return answer;
        }
        int messageEntries = entries;
        count(1, messageBytes, messageEntries);
        entries = 0;
        knownBytes = 0;
        sentBytes = 0;
        return answer.onComplete(answered -> count(-1, -messageBytes, -messageEntries));
    }

    /** Shows that the client is alive. @return done; or the failures of {@link PushSession#pushFrame} */
    Future<Stored> keep() {
        return ask(List.of(), NOTHING, true);
    }

    private Future<Stored> ask(List<EntryHead> heads, Buffer bytes, boolean more) {
        unansweredFrames++;
        return session.pushFrame(new PushFrame(id, nextNumber++, heads, bytes, more))
                .onComplete(answered -> unansweredFrames--);
    }

    private void count(int messages, long bytes, int messageEntries) {
        unansweredMessages += messages;
        unansweredBytes += bytes;
        unansweredEntries += messageEntries;
    }

    /** @return done where the instance of the session is there, whether it still has the session or not */
    Future<Done> close() {
        return session.closePush(new ClosePush(id));
    }
}
