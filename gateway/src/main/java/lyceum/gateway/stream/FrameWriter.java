package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import lyceum.gateway.frame.ServerFrameHead;
import lyceum.stream.Delivery;

/**
 * Writes messages of streams as frames that are encoded already: Vert.x would send each frame by itself, and copy each payload
 * for each client. Netty's codec passes bytes on, and so does what watches for silence, which sees them. What Vert.x writes
 * itself, pings and the end, goes between whole frames. Lives on one context, that of the connection.
 */
public final class FrameWriter {

    private final ContextInternal context;
    private final Channel channel;
    private final SharedPayloads payloads;
    private final SharedDeliveries deliveries;

    /** @param connection that has become a WebSocket */
    public FrameWriter(HttpConnection connection, SharedPayloads payloads, SharedDeliveries deliveries) {
        HttpServerConnection server = (HttpServerConnection) connection;
        this.context = server.context();
        this.channel = server.channelHandlerContext().channel();
        this.payloads = payloads;
        this.deliveries = deliveries;
    }

    /** @return as {@link #write}, of a delivery that is its first part and its last one */
    public Future<Void> write(Delivery delivery, boolean isOneByOne) {
        return flush(deliveries.of(delivery, isOneByOne));
    }

    /** Begins with a text, which leaves together with the frame that follows. */
    public void begin(String text) {
        int length = ByteBufUtil.utf8Bytes(text);
        ByteBuf frame = channel.alloc().directBuffer(ServerFrameHead.MOST_BYTES + length);
        ServerFrameHead.write(frame, true, ServerFrameHead.TEXT, length);
        ByteBufUtil.writeUtf8(frame, text);
        channel.write(frame, channel.voidPromise());
    }

    /**
     * @param isFirst whether it is the first frame of its message
     * @param isLast whether it is the last one
     * @return done when the network has taken it; fails where the client is gone
     */
    public Future<Void> write(Buffer bytes, boolean isFirst, boolean isLast) {
        ByteBuf head = channel.alloc().directBuffer(ServerFrameHead.MOST_BYTES);
        int opcode = isFirst ? ServerFrameHead.BINARY : ServerFrameHead.CONTINUATION;
        ServerFrameHead.write(head, isLast, opcode, bytes.length());
        channel.write(head, channel.voidPromise());
        return flush(bytes.length() == 0 ? Unpooled.EMPTY_BUFFER : payloads.of(bytes));
    }

    private Future<Void> flush(ByteBuf bytes) {
        Promise<Void> taken = context.promise();
        channel.writeAndFlush(bytes).addListener(written -> {
            if (written.isSuccess()) {
                taken.complete();
            } else {
                taken.fail(written.cause());
            }
        });
        return taken.future();
    }
}
