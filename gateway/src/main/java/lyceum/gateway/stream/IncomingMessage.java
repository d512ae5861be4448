package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * The message that a client is in the middle of, and the piece of it that is being filled, whose bytes are taken out of the
 * budget before they exist. Frames and pieces do not keep step: a piece may have the bytes of many frames, a frame those of
 * many pieces.
 */
final class IncomingMessage {

    /** As much as one message of the house has room for. */
    static final int LARGEST_PIECE_BYTES = 256 * 1024;

    /** A client gets room for larger pieces only once it has sent smaller ones. */
    private static final int FIRST_PIECE_BYTES = 64 * 1024;

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

    /**
     * Begins a piece.
     *
     * @param left bytes of the present frame
     * @param isFinal whether that is the last one, so that no more room is needed
     * @return whether there was room in the budget
     */
    boolean takePiece(long left, boolean isFinal) {
        int size = isFinal ? (int) Math.min(left, pieceBytes) : pieceBytes;
        if (!held.take(size)) {
            return false;
        }
        piece = size == 0 ? NOTHING : new byte[size];
        filled = 0;
        return true;
    }

    /** @return whether the piece has no room for another byte */
    boolean isPieceFull() {
        return filled == piece.length;
    }

    /** @return whether bytes have come into the piece; else none have arrived */
    boolean fill(FramePayload payload) {
        int now = payload.read(piece, filled, piece.length - filled);
        filled += now;
        return now > 0;
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
