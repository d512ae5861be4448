package lyceum.gateway.stream;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.util.List;
import java.util.Optional;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.EntryHead;

/**
 * Understands what a client says that pushes (stream contract, section 3.2): binary messages of one entry each, or, in
 * batches, by turns the header of a batch as text and its bytes as a binary message.
 */
public final class PushReader {

    /** Longest header: one of 4096 entries whose streams have names of 200 bytes. */
    public static final int HEADER_BYTES = 1 << 20;

    /** What an entry of a header takes beside its text, roughly. */
    private static final int ENTRY_BYTES = 64;

    private final boolean isBatch;
    private final PushPath path;
    private final int messageBytes;
    private final HeldBytes held;
    private final HeldBytes heldHeaders;
    private final List<EntryHead> single;

    private boolean isHeaderNext;
    private boolean isHeader;
    private Buffer text = Buffer.buffer();
    private long textBytes;
    private PushHeader header;
    private long headerBytes;
    private boolean isBegun;
    private long bytes;

    /**
     * @param isBatch whether messages come in pairs
     * @param messageBytes longest message
     * @param held to which the bytes of headers are given back, once they are read
     * @param heldHeaders where what headers say is taken from, until the last of their bytes has been passed on. These are
     *     not the bytes that those who have said a header wait for
     */
    public PushReader(PushPath path, boolean isBatch, int messageBytes, HeldBytes held, HeldBytes heldHeaders) {
        this.path = path;
        this.isBatch = isBatch;
        this.messageBytes = messageBytes;
        this.held = held;
        this.heldHeaders = heldHeaders;
        this.isHeaderNext = isBatch;
        this.single = isBatch ? List.of() : List.of(new EntryHead(path.single(), "", PushSession.OPEN));
    }

    /**
     * Reads a frame of a message. Its bytes belong to the piece that is returned; those of others are given back.
     *
     * @return the next piece of entries; empty where it belongs to a header; or {@link BadMessage}
     */
    public Optional<PushPiece> read(WebSocketFrame frame) {
        if (!frame.isContinuation()) {
            isHeader = frame.isText();
        }
        Buffer piece = frame.binaryData();
        if (isHeader) {
            textBytes += piece.length();
            readHeader(piece, frame.isFinal());
            return Optional.empty();
        }
        try {
            return Optional.of(readEntries(piece, frame.isFinal()));
        } catch (BadMessage bad) {
            held.giveBack(piece.length());
            throw bad;
        }
    }

    /** @return whether the bytes of a message are being heard, or a header is there and its bytes are not */
    public boolean isInMessage() {
        return isBegun || textBytes > 0 || header != null;
    }

    /** Gives back what it holds. */
    public void drop() {
        dropText();
        dropHeader();
    }

    private void dropText() {
        long dropped = textBytes;
        text = Buffer.buffer();
        textBytes = 0;
        held.giveBack(dropped);
    }

    private void dropHeader() {
        long dropped = headerBytes;
        header = null;
        headerBytes = 0;
        heldHeaders.giveBack(dropped);
    }

    private void readHeader(Buffer piece, boolean isLast) {
        if (!isHeaderNext) {
            throw new BadMessage(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "a binary message is due here");
        }
        if (textBytes > HEADER_BYTES) {
            throw new BadMessage(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG, "a header has at most %d bytes".formatted(HEADER_BYTES));
        }
        boolean isWhole = isLast && textBytes == piece.length();
        if (!isWhole) {
            text.appendBuffer(piece);
        }
        if (isLast) {
            holdHeader(PushHeader.parse(isWhole ? piece : text, path));
            dropText();
            if (header.leastBytes() > messageBytes) {
                throw BadMessage.header("offset %d is beyond the longest message, which has %d bytes"
                        .formatted(header.leastBytes(), messageBytes));
            }
            isHeaderNext = false;
        }
    }

    private void holdHeader(PushHeader said) {
        long bytes = textBytes + (long) ENTRY_BYTES * said.entries().size();
        if (!heldHeaders.take(bytes)) {
            throw new BadMessage(WebSocketCloseStatus.TRY_AGAIN_LATER, "too many batches are begun, please try again");
        }
        header = said;
        headerBytes = bytes;
    }

    private PushPiece readEntries(Buffer piece, boolean isLast) {
        if (isHeaderNext) {
            throw new BadMessage(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "a header is due here, as text");
        }
        bytes += piece.length();
        if (isBatch) {
            checkLength(isLast);
        }
        List<EntryHead> entries = isBegun ? List.of() : isBatch ? header.entries() : single;
        isBegun = !isLast;
        if (isLast) {
            bytes = 0;
            dropHeader();
            isHeaderNext = isBatch;
        }
        return new PushPiece(entries, piece, isLast);
    }

    private void checkLength(boolean isLast) {
        if (bytes > header.leastBytes() && !header.isOpen()) {
            throw BadMessage.header("more bytes follow than the %d of its entries".formatted(header.leastBytes()));
        }
        if (isLast && bytes < header.leastBytes()) {
            throw BadMessage.header(
                    "offset %d is behind the %d bytes that follow".formatted(header.leastBytes(), bytes));
        }
    }
}
