package lyceum.gateway.live;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.ShutdownEvent;
import io.vertx.core.net.impl.VertxHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Puts the messages of a client together out of its frames, up to a limit that is narrower than that of the server. It
 * stands where Vert.x stood until its handshake was done: that keeps the request and two queues of a thousand places for
 * each socket as long as it lives, and a clock beside the heartbeats. Lives on the event loop of the socket.
 */
final class MessageReader extends ChannelInboundHandlerAdapter {

    /** Some clients do not answer that, and would not notice until the connection ends. */
    private static final long GOODBYE_MILLIS = 1000;

    private static final String NAME = "lyceum-reader";

    /** What a frame takes that says nothing. */
    private static final int FRAME_BYTES = 128;

    private final Channel channel;
    private final int limitBytes;
    private final List<WebSocketFrame> early = new ArrayList<>();
    private long earlyBytes;
    private Consumer<Object> message;
    private Runnable over;
    private Buffer begun;
    private boolean isText;
    private boolean isOver;

    private MessageReader(Channel channel, int limitBytes) {
        this.channel = channel;
        this.limitBytes = limitBytes;
    }

    /**
     * @param channel that is about to become a WebSocket
     * @return a reader that keeps what the client has said by then: it may come along with the handshake
     */
    static MessageReader before(Channel channel, int limitBytes) {
        MessageReader reader = new MessageReader(channel, limitBytes);
        ChannelHandlerContext theirs = channel.pipeline().context(VertxHandler.class);
        if (theirs != null) {
            channel.pipeline().addBefore(theirs.name(), NAME, reader);
        }
        return reader;
    }

    /** It has become none. */
    void withdraw() {
        if (channel.pipeline().context(this) != null) {
            channel.pipeline().remove(this);
        }
    }

    /**
     * Takes the WebSocket over from Vert.x, to which it is as if it had been closed.
     *
     * @param message gets what the client says, text or bytes
     * @param over is told once that it says nothing more, whoever ended it
     */
    void takeOver(Consumer<Object> message, Runnable over) {
        this.message = message;
        this.over = over;
        ChannelPipeline pipeline = channel.pipeline();
        VertxHandler<?> theirs = pipeline.get(VertxHandler.class);
        if (theirs == null || !channel.isActive()) {
            finish();
            return;
        }
        ChannelHandlerContext context = pipeline.context(theirs);
        pipeline.remove(theirs);
        theirs.channelInactive(context);
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
        channel.config().setAutoRead(true);
    }

    /** Tells what the client had said before somebody listened. */
    void catchUp() {
        List<WebSocketFrame> kept = List.copyOf(early);
        early.clear();
        // Where the client is gone already, an answer would go by way of Vert.x, which trips over a connection that is
        // no more.
        kept.forEach(isOver ? WebSocketFrame::release : this::readAndRelease);
    }

    void close(WebSocketCloseStatus status) {
        if (!isOver) {
            channel.writeAndFlush(new CloseWebSocketFrame(status));
            channel.eventLoop().schedule(() -> channel.close(), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            finish();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        if (!(read instanceof WebSocketFrame frame)) {
            context.fireChannelRead(read);
        } else if (isTaken()) {
            readAndRelease(frame);
        } else {
            keep(context, frame);
        }
    }

    private boolean isTaken() {
        return over != null;
    }

    private void keep(ChannelHandlerContext context, WebSocketFrame frame) {
        early.add(frame);
        earlyBytes += FRAME_BYTES + frame.content().readableBytes();
        if (earlyBytes > limitBytes) {
            context.close();
        }
    }

    private void readAndRelease(WebSocketFrame frame) {
        try {
            read(frame);
        } finally {
            frame.release();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        early.forEach(WebSocketFrame::release);
        early.clear();
    }

    private void read(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame) {
            answerClose(frame);
        } else if (isOver) {
            return;
        } else if (frame instanceof PingWebSocketFrame) {
            answerPing(frame);
        } else if (frame instanceof TextWebSocketFrame
                || frame instanceof BinaryWebSocketFrame
                || frame instanceof ContinuationWebSocketFrame) {
            append(frame);
        }
    }

    /** Who does not read gets no answers either. */
    private void answerPing(WebSocketFrame ping) {
        if (channel.isWritable()) {
            channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        }
    }

    private void answerClose(WebSocketFrame close) {
        if (isOver) {
            channel.close();
        } else {
            channel.writeAndFlush(
                            new CloseWebSocketFrame(true, 0, close.content().retain()))
                    .addListener(ChannelFutureListener.CLOSE);
            finish();
        }
    }

    private void append(WebSocketFrame frame) {
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            begun = Buffer.buffer();
            isText = frame instanceof TextWebSocketFrame;
        }
        if (begun.length() + frame.content().readableBytes() > limitBytes) {
            close(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            return;
        }
        begun.appendBytes(ByteBufUtil.getBytes(frame.content()));
        if (frame.isFinalFragment()) {
            Buffer whole = begun;
            begun = null;
            tell(whole.getBytes());
        }
    }

    private void tell(byte[] whole) {
        Object said;
        try {
            said = isText ? StrictUtf8.text(whole) : whole;
        } catch (IllegalArgumentException e) {
            close(WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
            return;
        }
        message.accept(said);
    }

    /** What breaks the rules of frames; that a connection broke is told as its end. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        if (!isTaken()) {
            context.fireExceptionCaught(error);
        } else if (error instanceof CorruptedWebSocketFrameException corrupted) {
            close(corrupted.closeStatus());
        } else {
            context.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (isTaken() && event instanceof ShutdownEvent) {
            close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (isTaken()) {
            finish();
        }
        super.channelInactive(context);
    }

    private void finish() {
        if (!isOver) {
            isOver = true;
            begun = null;
            over.run();
        }
    }
}
