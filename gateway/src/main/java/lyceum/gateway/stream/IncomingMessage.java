package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Arrays;

/**
 * The message that a client is in the middle of, and the piece of it that is being filled, whose bytes are taken out of the
 * budget before they exist, and only when there is something to fill them with. Frames and pieces do not keep step: a piece
 * may have the bytes of many frames, a frame those of many pieces.
 */
final class IncomingMessage {

    /** As much as one message of the house has room for. */
    static final int LARGEST_PIECE_BYTES = 256 * 1024;

    /** A client gets room for larger pieces only once it has sent smaller ones. */
    private static final int FIRST_PIECE_BYTES = 64 * 1024;

    /** Else a client that sends byte by byte would have each of them copied over and over. */
    private static final int LEAST_ROOM_BYTES = 1024;

    private static final byte[] NOTHING = {};

    private final HeldBytes held;
    private boolean isOpen;
    private boolean isText;
    private boolean isBegun;
    private long bytes;
    private int pieceBytes;
    private byte[] piece;
    private int filled;

    /** @param held where the bytes of pieces are taken from */
    IncomingMessage(HeldBytes held) {
        this.held = held;
    }

    /** Another message begins. */
    void open(boolean text) {
        isOpen = true;
        isText = text;
        isBegun = false;
        bytes = 0;
        pieceBytes = FIRST_PIECE_BYTES;
    }

    /** The last frame of it has been read. */
    void close() {
        isOpen = false;
    }

    /** @return whether it goes on in the next frame that is no control frame */
    boolean isOpen() {
        return isOpen;
    }

    /** One more frame of it begins. */
    void grow(long frameBytes) {
        bytes += frameBytes;
    }

    /** @return whether its frames so far are longer than that, also where they are longer than a number can say */
    boolean isLongerThan(long limitBytes) {
        return bytes > limitBytes || bytes < 0;
    }

    /** @return whether pieces of it are held until the last has come, since a text is read as a whole */
    boolean isHeldUntilItsEnd() {
        return isText && isBegun;
    }

    boolean hasPiece() {
        return piece != null;
    }

    /** Begins a piece, in which there is room for nothing yet. */
    void beginPiece() {
        piece = NOTHING;
        filled = 0;
    }

    /** @return whether nothing has come into the piece */
    boolean isPieceEmpty() {
        return filled == 0;
    }

    /** @return whether the piece is as long as it may be */
    boolean isPieceFull() {
        return filled == pieceBytes;
    }

    /**
     * Makes room for what has arrived, at least twice as much as before.
     *
     * @param isFinal whether the present frame is the last one, so that no more room is needed than for the rest of it
     * @return whether there was room in the budget for at least one byte
     */
    boolean makeRoom(FramePayload payload, boolean isFinal) {
        if (filled < piece.length) {
            return true;
        }
        long wanted = Math.max(Math.max(2L * piece.length, LEAST_ROOM_BYTES), filled + (long) payload.arrived());
        long most = isFinal ? Math.min(pieceBytes, filled + payload.left()) : pieceBytes;
        int size = (int) Math.min(wanted, most);
        if (!held.take(size - piece.length)) {
            return false;
        }
        piece = Arrays.copyOf(piece, size);
        return true;
    }

    /** Fills the room that there is with what has arrived. */
    void fill(FramePayload payload) {
        filled += payload.read(piece, filled, piece.length - filled);
    }

    /** @return the piece as it is passed on, whose bytes are given back by who gets it */
    WebSocketFrame endPiece(boolean isLast) {
        ByteBuf content = Unpooled.wrappedBuffer(piece, 0, filled);
        int unused = piece.length - filled;
        piece = null;
        pieceBytes = Math.min(LARGEST_PIECE_BYTES, 2 * pieceBytes);
        held.giveBack(unused);
        return frame(content, isLast);
    }

    /** @return the whole of it as it is passed on where its bytes do not matter */
    WebSocketFrame withoutBytes() {
        return frame(Unpooled.EMPTY_BUFFER, true);
    }

    private WebSocketFrame frame(ByteBuf content, boolean isLast) {
        WebSocketFrame frame = isBegun
                ? new ContinuationWebSocketFrame(isLast, 0, content)
                : isText ? new TextWebSocketFrame(isLast, 0, content) : new BinaryWebSocketFrame(isLast, 0, content);
        isBegun = true;
        return frame;
    }

    /** Gives back what nobody will get. */
    void dropPiece() {
        if (piece != null) {
            int size = piece.length;
            piece = null;
            held.giveBack(size);
        }
    }
}
