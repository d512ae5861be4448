package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * Reads the frames of a client (RFC 6455, section 5.2) and passes each message on in pieces while it arrives: as frames of
 * at most {@link #LARGEST_PIECE_BYTES}, whatever frames the client made of it. Short messages are one piece. The bytes of a
 * piece are taken out of a budget; who gets the piece gives back its length.
 *
 * <p>It takes the place of Netty's decoder and lives on the event loop of the connection, as the WebSocket does.
 */
public final class PieceDecoder extends ChannelInboundHandlerAdapter {

    /** As much as one message of the house has room for. */
    public static final int LARGEST_PIECE_BYTES = 256 * 1024;

    /** A client gets room for larger pieces only once it has sent smaller ones. */
    private static final int FIRST_PIECE_BYTES = 64 * 1024;

    private static final String DECODER_OF_NETTY = "wsdecoder";

    private static final int LONGEST_HEAD = 14;
    private static final int LONGEST_CONTROL = 125;

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final byte[] NOTHING = {};

    private final Inbox inbox;
    private final Runnable goOn = this::goOn;
    private final Deque<ByteBuf> arrived = new ArrayDeque<>();
    private final byte[] head = new byte[LONGEST_HEAD];

    private ChannelHandlerContext channel;
    private boolean isDecoding;
    private boolean isHeld;
    private boolean isWaiting;
    private boolean isDeaf;
    private boolean isLost;

    private int headLength;
    private boolean isInFrame;
    private boolean isFinal;
    private int opcode;
    private int mask;
    private long frameLength;
    private long left;

    private boolean isInMessage;
    private boolean isText;
    private boolean isBegun;
    private long messageLength;
    private int pieceBytes;
    private byte[] piece;
    private int filled;
    private byte[] control = NOTHING;

    /**
     * What becomes of what a client says.
     *
     * @param messageBytes longest message
     * @param isCounted whether messages are only counted: each is passed on as one without any bytes
     * @param held where the bytes of pieces are taken from
     * @param heard told whenever something comes, be it a part of a message only
     * @param broken told of a client that breaks the rules: which number and reason to close with. Nothing that it says
     *     is passed on any more, except for the end
     */
    public record Inbox(
            long messageBytes,
            boolean isCounted,
            HeldBytes held,
            Runnable heard,
            BiConsumer<WebSocketCloseStatus, String> broken) {}

    PieceDecoder(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Reads a connection that has become a WebSocket, of which nothing has been read yet. */
    public static PieceDecoder of(HttpConnection connection, Inbox inbox) {
        PieceDecoder decoder = new PieceDecoder(inbox);
        // What Vert.x-Web gives as WebSocket does not lead to the channel.
        ((HttpServerConnection) connection)
                .channelHandlerContext()
                .channel()
                .pipeline()
                .replace(DECODER_OF_NETTY, "lyceum-pieces", decoder);
        return decoder;
    }

    /** Stops at once: nothing more is read of the client until {@link #release}. */
    public void hold() {
        isHeld = true;
        readOrNot();
    }

    /** Goes on. */
    public void release() {
        isHeld = false;
        goOn();
    }

    /** From now on everything that is said is dropped, except for the end. */
    public void deafen() {
        isDeaf = true;
        dropPiece();
        inbox.held().forget(goOn);
        goOn();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        isLost = true;
        isDeaf = true;
        dropPiece();
        inbox.held().forget(goOn);
        dropArrived();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            inbox.heard().run();
            arrived.add(bytes);
            decode();
            readOrNot();
        } else {
            context.fireChannelRead(message);
        }
    }

    private void goOn() {
        isWaiting = false;
        if (isDecoding || channel.isRemoved()) {
            return;
        }
        decode();
        readOrNot();
        // Else what is written meanwhile is not flushed.
        channel.fireChannelReadComplete();
    }

    /** @return whether nothing is read now, because the client or all of them together are held up */
    public boolean isShut() {
        return (isHeld || isWaiting) && !isDeaf;
    }

    private void readOrNot() {
        if (channel.channel().config().isAutoRead() == isShut()) {
            channel.channel().config().setAutoRead(!isShut());
        }
    }

    private void decode() {
        isDecoding = true;
        try {
            while (!isLost && !isShut() && decodeNext()) {
                // One step after the other.
            }
            if (isLost) {
                dropArrived();
            }
        } finally {
            isDecoding = false;
        }
    }

    /** @return whether something was done, so that there may be more */
    private boolean decodeNext() {
        if (!isInFrame) {
            return readHead();
        }
        if (isControl()) {
            return readControl();
        }
        if (isDeaf || inbox.isCounted()) {
            return skip();
        }
        return readPiece();
    }

    private boolean isControl() {
        return opcode >= CLOSE;
    }

    /** @return how many bytes of so many are there at once */
    private int available(long wanted) {
        while (!arrived.isEmpty() && !arrived.peek().isReadable()) {
            arrived.remove().release();
        }
        return arrived.isEmpty() ? 0 : (int) Math.min(wanted, arrived.peek().readableBytes());
    }

    private boolean readHead() {
        int missing = headSize() - headLength;
        while (missing > 0) {
            int now = available(missing);
            if (now == 0) {
                return false;
            }
            arrived.peek().readBytes(head, headLength, now);
            headLength += now;
            missing = headSize() - headLength;
        }
        headLength = 0;
        beginFrame();
        return true;
    }

    /** @return how long the head is, as far as one can tell */
    private int headSize() {
        if (headLength < 2) {
            return 2;
        }
        int length = head[1] & 0x7F;
        int extended = length == 127 ? Long.BYTES : length == 126 ? Short.BYTES : 0;
        return 2 + extended + (isMasked() ? Integer.BYTES : 0);
    }

    private boolean isMasked() {
        return head[1] < 0;
    }

    private void beginFrame() {
        isFinal = head[0] < 0;
        opcode = head[0] & 0x0F;
        int length = head[1] & 0x7F;
        int extended = length == 127 ? Long.BYTES : length == 126 ? Short.BYTES : 0;
        frameLength = extended == 0 ? length : number(2, extended);
        mask = (int) number(2 + extended, Integer.BYTES);
        left = frameLength;
        String fault = fault(extended);
        if (fault != null) {
            isLost = true;
            breakOff(WebSocketCloseStatus.PROTOCOL_ERROR, fault);
            return;
        }
        isInFrame = true;
        if (isControl()) {
            control = new byte[(int) frameLength];
        } else {
            beginData();
        }
    }

    private long number(int from, int bytes) {
        long number = 0;
        for (int i = from; i < from + bytes; i++) {
            number = number << Byte.SIZE | head[i] & 0xFF;
        }
        return number;
    }

    /** @return what is wrong with the head of a frame, or null */
    private String fault(int extended) {
        if ((head[0] & 0x70) != 0) {
            return "no extension was negotiated";
        }
        if (!isMasked()) {
            return "frames of a client are masked";
        }
        if (frameLength < 0
                || extended == Short.BYTES && frameLength < 126
                || extended == Long.BYTES && frameLength < 65_536) {
            return "the length of a frame is written wrongly";
        }
        return switch (opcode) {
            case CONTINUATION -> isInMessage ? null : "there is nothing to continue";
            case TEXT, BINARY -> isInMessage ? "the last message is not over" : null;
            case CLOSE, PING, PONG ->
                !isFinal || frameLength > LONGEST_CONTROL || opcode == CLOSE && frameLength == 1
                        ? "a control frame is whole and short"
                        : null;
            default -> "the frame is of no known kind";
        };
    }

    private void beginData() {
        if (opcode != CONTINUATION) {
            isInMessage = true;
            isText = opcode == TEXT;
            isBegun = false;
            messageLength = 0;
            pieceBytes = FIRST_PIECE_BYTES;
        }
        messageLength += frameLength;
        if ((messageLength > inbox.messageBytes() || messageLength < 0) && !isDeaf) {
            breakOff(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG,
                    "the message has more than %d bytes".formatted(inbox.messageBytes()));
        }
    }

    private void breakOff(WebSocketCloseStatus status, String reason) {
        boolean isFirst = !isDeaf;
        isDeaf = true;
        dropPiece();
        if (isFirst) {
            inbox.broken().accept(status, reason);
        }
    }

    private boolean readControl() {
        int at = (int) (frameLength - left);
        if (left > 0) {
            int now = available(left);
            if (now == 0) {
                return false;
            }
            read(control, at, now);
        }
        if (left == 0) {
            isInFrame = false;
            ByteBuf bytes = Unpooled.wrappedBuffer(control);
            control = NOTHING;
            channel.fireChannelRead(
                    switch (opcode) {
                        case CLOSE -> new CloseWebSocketFrame(true, 0, bytes);
                        case PING -> new PingWebSocketFrame(bytes);
                        default -> new PongWebSocketFrame(bytes);
                    });
        }
        return true;
    }

    private boolean skip() {
        if (left > 0) {
            int now = available(left);
            if (now == 0) {
                return false;
            }
            arrived.peek().skipBytes(now);
            left -= now;
        }
        if (left == 0) {
            isInFrame = false;
            if (isFinal) {
                isInMessage = false;
                if (!isDeaf) {
                    passOn(Unpooled.EMPTY_BUFFER, true);
                }
            }
        }
        return true;
    }

    private boolean readPiece() {
        if (piece == null && !beginPiece()) {
            return isDeaf;
        }
        if (left > 0 && filled < piece.length) {
            int now = available(Math.min(left, piece.length - filled));
            if (now == 0) {
                return false;
            }
            read(piece, filled, now);
            filled += now;
        }
        isInFrame = left > 0;
        boolean isLast = isFinal && left == 0;
        if (isLast) {
            isInMessage = false;
        }
        if (isLast || filled == piece.length && filled > 0) {
            endPiece(isLast);
        }
        return true;
    }

    /** @return whether there is room for one; else it waits, except with pieces of the message in hand that wait for it */
    private boolean beginPiece() {
        int bytes = isFinal ? (int) Math.min(left, pieceBytes) : pieceBytes;
        if (!inbox.held().take(bytes)) {
            if (isText && isBegun) {
                breakOff(WebSocketCloseStatus.TRY_AGAIN_LATER, "too many bytes are on their way, please try again");
                return false;
            }
            isWaiting = true;
            inbox.held().await(goOn);
            return false;
        }
        piece = bytes == 0 ? NOTHING : new byte[bytes];
        filled = 0;
        return true;
    }

    private void endPiece(boolean isLast) {
        ByteBuf bytes = Unpooled.wrappedBuffer(piece, 0, filled);
        int unused = piece.length - filled;
        piece = null;
        pieceBytes = Math.min(LARGEST_PIECE_BYTES, 2 * pieceBytes);
        inbox.held().giveBack(unused);
        passOn(bytes, isLast);
    }

    private void passOn(ByteBuf bytes, boolean isLast) {
        WebSocketFrame frame = isBegun
                ? new ContinuationWebSocketFrame(isLast, 0, bytes)
                : isText ? new TextWebSocketFrame(isLast, 0, bytes) : new BinaryWebSocketFrame(isLast, 0, bytes);
        isBegun = true;
        channel.fireChannelRead(frame);
    }

    /** Reads bytes of the present frame and takes its mask off them (RFC 6455, section 5.3). */
    private void read(byte[] target, int from, int length) {
        arrived.peek().readBytes(target, from, length);
        int phase = (int) (frameLength - left & 3);
        left -= length;
        int turned = Integer.rotateLeft(mask, Byte.SIZE * phase);
        long wide = (long) turned << Integer.SIZE | turned & 0xFFFF_FFFFL;
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            LONGS.set(target, at, (long) LONGS.get(target, at) ^ wide);
        }
        for (int i = 0; at < end; at++, i++) {
            target[at] ^= (byte) (turned >>> Integer.SIZE - Byte.SIZE * (i + 1));
        }
    }

    private void dropPiece() {
        if (piece != null) {
            int bytes = piece.length;
            piece = null;
            inbox.held().giveBack(bytes);
        }
    }

    private void dropArrived() {
        arrived.forEach(ByteBuf::release);
        arrived.clear();
    }
}
