package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.function.Consumer;
import lyceum.gateway.stream.PieceDecoder.Inbox;

/**
 * What becomes of the frames of a client (RFC 6455, sections 5.4 and 5.5): a control frame is passed on as it is, a message
 * in pieces, and who breaks a rule is told so once and not listened to any more. It goes on by single steps, so that one can
 * stop between any two.
 */
final class FrameReader {

    private static final byte[] NOTHING = {};

    private final Inbox inbox;
    private final Consumer<WebSocketFrame> passOn;
    private final Runnable full;
    private final ArrivedBytes arrived = new ArrivedBytes();
    private final FrameHead head = new FrameHead();
    private final FramePayload payload = new FramePayload(arrived);
    private final IncomingMessage message;
    private byte[] control = NOTHING;
    private boolean isInFrame;
    private boolean isDeaf;
    private boolean isLost;

    /**
     * @param passOn takes what the client says
     * @param full told when there is no room for the next piece: the step is to be tried again when there is
     */
    FrameReader(Inbox inbox, Consumer<WebSocketFrame> passOn, Runnable full) {
        this.inbox = inbox;
        this.passOn = passOn;
        this.full = full;
        this.message = new IncomingMessage(inbox.held());
    }

    /** Takes over what has come, to be read by the next steps. */
    void add(ByteBuf bytes) {
        arrived.add(bytes);
    }

    /** From now on messages are dropped, and only control frames passed on. */
    void deafen() {
        isDeaf = true;
        message.dropPiece();
    }

    boolean isDeaf() {
        return isDeaf;
    }

    /** Nothing is read any more. */
    void lose() {
        isLost = true;
        deafen();
    }

    /** @return whether nothing can be read any more: the connection has gone, or where frames begin is not known */
    boolean isLost() {
        return isLost;
    }

    /** @return whether a message has begun whose last byte has not been read */
    boolean isInMessage() {
        return message.isOpen();
    }

    /** Gives back what has come and will not be read. */
    void dropArrived() {
        arrived.release();
    }

    /** @return whether something was done, so that there may be more */
    boolean readNext() {
        if (!isInFrame) {
            return readHead();
        }
        if (head.isControl()) {
            return readControl();
        }
        if (isDeaf || inbox.isCounted()) {
            return skip();
        }
        return readPiece();
    }

    private boolean readHead() {
        if (!head.read(arrived)) {
            return false;
        }
        String fault = head.fault(message.isOpen());
        if (fault != null) {
            isLost = true;
            breakOff(WebSocketCloseStatus.PROTOCOL_ERROR, fault);
            return true;
        }
        isInFrame = true;
        payload.begin(head);
        if (head.isControl()) {
            control = new byte[(int) payload.left()];
        } else {
            beginData();
        }
        return true;
    }

    private void beginData() {
        if (head.opcode() != FrameHead.CONTINUATION) {
            message.open(head.opcode() == FrameHead.TEXT);
        }
        message.grow(payload.left());
        if (message.isLongerThan(inbox.messageBytes()) && !isDeaf) {
            breakOff(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG,
                    "the message has more than %d bytes".formatted(inbox.messageBytes()));
        }
    }

    private void breakOff(WebSocketCloseStatus status, String reason) {
        boolean isFirst = !isDeaf;
        deafen();
        if (isFirst) {
            inbox.broken().accept(status, reason);
        }
    }

    private boolean readControl() {
        if (payload.left() > 0 && payload.read(control, (int) payload.position(), control.length) == 0) {
            return false;
        }
        if (payload.left() == 0) {
            isInFrame = false;
            ByteBuf bytes = Unpooled.wrappedBuffer(control);
            control = NOTHING;
            passOn.accept(
                    switch (head.opcode()) {
                        case FrameHead.CLOSE -> new CloseWebSocketFrame(true, 0, bytes);
                        case FrameHead.PING -> new PingWebSocketFrame(bytes);
                        default -> new PongWebSocketFrame(bytes);
                    });
        }
        return true;
    }

    private boolean skip() {
        if (payload.left() > 0 && payload.skip() == 0) {
            return false;
        }
        if (payload.left() == 0) {
            isInFrame = false;
            if (head.isFinal()) {
                message.close();
                if (!isDeaf) {
                    passOn.accept(message.withoutBytes());
                }
            }
        }
        return true;
    }

    private boolean readPiece() {
        if (!message.hasPiece()) {
            message.beginPiece();
        }
        if (payload.left() > 0) {
            if (payload.arrived() == 0) {
                return false;
            }
            if (!message.makeRoom(payload, head.isFinal())) {
                return goWithout();
            }
            message.fill(payload);
        }
        isInFrame = payload.left() > 0;
        boolean isLast = head.isFinal() && !isInFrame;
        if (isLast) {
            message.close();
        }
        if (isLast || message.isPieceFull()) {
            passOn.accept(message.endPiece(isLast));
        }
        return true;
    }

    /**
     * There is no room for more. Nobody waits for it with bytes in hand that others wait for: a part of a piece is passed
     * on, and who has to keep the pieces of a message until its end gives up.
     *
     * @return whether it goes on
     */
    private boolean goWithout() {
        if (!message.isPieceEmpty()) {
            passOn.accept(message.endPiece(false));
            return true;
        }
        if (message.isHeldUntilItsEnd()) {
            breakOff(WebSocketCloseStatus.TRY_AGAIN_LATER, "too many bytes are on their way, please try again");
        } else {
            full.run();
        }
        return isDeaf;
    }
}
