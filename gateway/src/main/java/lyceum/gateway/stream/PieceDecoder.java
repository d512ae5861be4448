package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.function.BiConsumer;

/**
 * Reads the frames of a client (RFC 6455, section 5.2) and passes each message on in pieces while it arrives: as frames of
 * at most {@link IncomingMessage#LARGEST_PIECE_BYTES}, whatever frames the client made of it. Short messages are one piece.
 * The bytes of a piece are taken out of a budget; who gets the piece gives back its length. What becomes of the frames is
 * {@link FrameReader}'s; here it is decided when any are read.
 *
 * <p>It takes the place of Netty's decoder and lives on the event loop of the connection, as the WebSocket does.
 */
public final class PieceDecoder extends ChannelInboundHandlerAdapter {

    private static final String DECODER_OF_NETTY = "wsdecoder";

    private final Inbox inbox;
    private final FrameReader frames;
    private final Runnable goOn = this::goOn;

    private ChannelHandlerContext channel;
    private boolean isDecoding;
    private boolean isHeld;
    private boolean isWaiting;

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
        this.frames = new FrameReader(inbox, frame -> channel.fireChannelRead(frame), this::waitForRoom);
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
        frames.deafen();
        inbox.held().forget(goOn);
        goOn();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        frames.lose();
        inbox.held().forget(goOn);
        frames.dropArrived();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            inbox.heard().run();
            frames.add(bytes);
            decode();
            readOrNot();
        } else {
            context.fireChannelRead(message);
        }
    }

    private void waitForRoom() {
        isWaiting = true;
        inbox.held().await(goOn);
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
        return (isHeld || isWaiting) && !frames.isDeaf();
    }

    /** @return whether a message has begun, be it with the head of its first frame, that is not over */
    public boolean isInMessage() {
        return frames.isInMessage();
    }

    private void readOrNot() {
        if (channel.channel().config().isAutoRead() == isShut()) {
            channel.channel().config().setAutoRead(!isShut());
        }
    }

    private void decode() {
        isDecoding = true;
        try {
            while (!frames.isLost() && !isShut() && frames.readNext()) {
                // One step after the other.
            }
            if (frames.isLost()) {
                frames.dropArrived();
            }
        } finally {
            isDecoding = false;
        }
    }
}
