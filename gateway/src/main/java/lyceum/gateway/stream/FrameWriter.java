package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import lyceum.gateway.frame.ServerFrameHead;

/**
 * Writes messages of streams below Netty's codec of a WebSocket: Vert.x would send each frame by itself, and copy each payload
 * for each client. What Vert.x writes itself, pings and the end, goes between whole frames. Lives on one context, that of the
 * connection.
 */
public final class FrameWriter {

    private final ContextInternal context;
    /** Null where the client has gone already. */
    private final ChannelHandlerContext encoder;

    private final SharedPayloads payloads;

    /** @param connection that has become a WebSocket */
    public FrameWriter(HttpConnection connection, SharedPayloads payloads) {
        HttpServerConnection server = (HttpServerConnection) connection;
        this.context = server.context();
        this.encoder = server.channelHandlerContext().pipeline().context(ServerFrameHead.ENCODER_OF_NETTY);
        this.payloads = payloads;
    }

    /** Begins with a text, which leaves together with the frame that follows. */
    public void begin(String text) {
        if (encoder == null) {
            return;
        }
        int length = ByteBufUtil.utf8Bytes(text);
        ByteBuf frame = encoder.alloc().directBuffer(ServerFrameHead.MOST_BYTES + length);
        ServerFrameHead.write(frame, true, ServerFrameHead.TEXT, length);
        ByteBufUtil.writeUtf8(frame, text);
        encoder.write(frame, encoder.voidPromise());
    }

    /**
     * @param isFirst whether it is the first frame of its message
     * @param isLast whether it is the last one
     * @return done when the network has taken it; fails where the client is gone
     */
    public Future<Void> write(Buffer bytes, boolean isFirst, boolean isLast) {
        if (encoder == null) {
            return context.failedFuture("the client is gone");
        }
        ByteBuf head = encoder.alloc().directBuffer(ServerFrameHead.MOST_BYTES);
        int opcode = isFirst ? ServerFrameHead.BINARY : ServerFrameHead.CONTINUATION;
        ServerFrameHead.write(head, isLast, opcode, bytes.length());
        encoder.write(head, encoder.voidPromise());
        Promise<Void> taken = context.promise();
        encoder.writeAndFlush(bytes.length() == 0 ? Unpooled.EMPTY_BUFFER : payloads.of(bytes))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        taken.complete();
                    } else {
                        taken.fail(written.cause());
                    }
                });
        return taken.future();
    }
}
