package lyceum.gateway.live;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import lyceum.gateway.live.LiveConfig.Lag;

/**
 * Where frames of a WebSocket leave that are encoded already: below its codec, so that what everybody gets is encoded once
 * and costs each socket one write. Everything that is said to a client goes through here, so it stays in order; what Vert.x
 * says itself, pongs and the end, goes between whole frames. Lives on the context of an engine, which may not be that of the
 * socket.
 */
final class FrameOutlet extends ChannelInboundHandlerAdapter {

    private static final String ENCODER_OF_NETTY = "wsencoder";

    private final Channel channel;
    private final ChannelHandlerContext encoder;
    private final FlushRound round;
    private boolean isInRound;
    private volatile long fullSinceNanos;

    private FrameOutlet(Channel channel, FlushRound round) {
        this.channel = channel;
        this.round = round;
        this.encoder = channel.pipeline().context(ENCODER_OF_NETTY);
    }

    /** @param channel that has become a WebSocket */
    static FrameOutlet of(Channel channel, FlushRound round) {
        FrameOutlet outlet = new FrameOutlet(channel, round);
        if (outlet.encoder != null) {
            channel.pipeline().addAfter(ENCODER_OF_NETTY, "lyceum-outlet", outlet);
        }
        return outlet;
    }

    /** @param frames are taken over; where the client is gone, they get lost */
    void write(ByteBuf frames) {
        if (encoder == null || !channel.isActive()) {
            frames.release();
            return;
        }
        encoder.write(frames, encoder.voidPromise());
        if (!channel.isWritable()) {
            encoder.flush();
        } else if (!isInRound) {
            isInRound = true;
            round.add(this);
        }
    }

    void flush() {
        isInRound = false;
        encoder.flush();
    }

    /** @return whether the client has left too much untaken, or for too long */
    boolean isBehind(Lag lag) {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        if (pending == null) {
            return false;
        }
        long since = fullSinceNanos;
        return pending.totalPendingWriteBytes() > lag.bytes()
                || (since != 0 && System.nanoTime() - since > lag.time().toNanos());
    }

    /** Hangs up: whoever does not take what was said would not take the end of it either. */
    void hangUp() {
        channel.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        // Zero stands for a channel that takes more.
        fullSinceNanos = channel.isWritable() ? 0 : System.nanoTime() | 1;
        super.channelWritabilityChanged(context);
    }
}
