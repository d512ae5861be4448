package lyceum.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * How the requests of one connection arrive. Vert.x waits for a head or a body as long as a connection may be silent at all,
 * and that is as long as a program may run; so this looks at the bytes themselves, before and behind the decoder, and ends
 * what does not come. Time in which the gateway does not read, or owes an answer, is not the client's. Ends with the first
 * answer that makes the connection a WebSocket. Lives on the connection's event loop.
 */
final class Arrivals {

    /** Names that Vert.x gives to its own. */
    static final String DECODER = "httpDecoder";

    private static final String ENCODER = "httpEncoder";

    private static final int LOOKS_PER_LIMIT = 2;

    /** In the words of {@code Problem}: no route is known yet, and so no dialect. */
    private static final String PROBLEM = "{\"type\":\"about:blank\",\"title\":\"Request Timeout\",\"status\":408}";

    private static final String LATE_HEAD = """
            HTTP/1.1 408 Request Timeout\r
            Content-Type: application/problem+json\r
            Connection: close\r
            Content-Length: %d\r
            \r
            %s""".formatted(PROBLEM.length(), PROBLEM);

    private final ConnectionConfig config;
    private final Runnable late;
    private final Raw raw = new Raw();
    private final Decoded decoded = new Decoded();
    private final ChannelFutureListener closed = gone -> stopLooking();

    private Channel channel;
    private ScheduledFuture<?> looking;
    private Phase phase = Phase.UNUSED;
    private long sinceNanos = System.nanoTime();
    private int bytes;
    private int unanswered;
    private ChannelPromise closing;

    /** What is being waited for. */
    private enum Phase {
        /** The very first byte. */
        UNUSED,
        /** Another request. */
        IDLE,
        HEAD,
        BODY,
        /** That the answer to a late body is out. */
        GIVEN_UP
    }

    /** @param late told of each request that is given up */
    Arrivals(ConnectionConfig config, Runnable late) {
        this.config = config;
        this.late = late;
    }

    void follow(Channel connection) {
        channel = connection;
        channel.pipeline().addBefore(DECODER, null, raw).addAfter(ENCODER, null, decoded);
        long shortest = Math.min(
                Math.min(config.head().toMillis(), config.stall().toMillis()),
                config.keepAlive().toMillis());
        long lookMillis = Math.max(1, shortest / LOOKS_PER_LIMIT);
        looking = channel.eventLoop().scheduleWithFixedDelay(this::look, lookMillis, lookMillis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed);
    }

    private void enter(Phase next) {
        phase = next;
        sinceNanos = System.nanoTime();
        bytes = 0;
    }

    private void look() {
        boolean isOurs = !channel.config().isAutoRead()
                || phase == Phase.IDLE && unanswered > 0
                || phase == Phase.BODY && bytes >= ConnectionConfig.LEAST_BYTES;
        if (isOurs) {
            enter(phase);
        } else if (System.nanoTime() - sinceNanos >= limitNanos()) {
            end();
        }
    }

    private long limitNanos() {
        return switch (phase) {
            case UNUSED, HEAD -> config.head().toNanos();
            case IDLE -> config.keepAlive().toNanos();
            case BODY, GIVEN_UP -> config.stall().toNanos();
        };
    }

    private void end() {
        if (phase == Phase.HEAD || phase == Phase.BODY) {
            late.run();
        }
        if (phase == Phase.HEAD && unanswered == 0) {
            ByteBuf answer = Unpooled.copiedBuffer(LATE_HEAD, StandardCharsets.US_ASCII);
            // Past the encoder, which knows of no request.
            channel.pipeline().context(raw).writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
            enter(Phase.GIVEN_UP);
        } else if (phase == Phase.BODY) {
            giveUp(BodyFault.late());
        } else if (phase == Phase.GIVEN_UP) {
            // Past whoever waits for an answer that does not come.
            channel.pipeline().context(decoded).close();
        } else {
            channel.close();
        }
    }

    /** Where an answer is out already, or that to an earlier request is not, there is nothing to say. */
    private void giveUp(BodyFault fault) {
        if (unanswered == 1) {
            enter(Phase.GIVEN_UP);
            channel.pipeline().context(decoded).fireExceptionCaught(fault);
        } else {
            channel.close();
        }
    }

    private void stopLooking() {
        looking.cancel(false);
    }

    /** A WebSocket may be open for long: nothing of this is held for it. */
    private void stop() {
        stopLooking();
        channel.closeFuture().removeListener(closed);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.remove(raw);
        pipeline.remove(decoded);
    }

    /** Sees bytes before they are decoded. */
    private final class Raw extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf part) {
                if (phase == Phase.UNUSED || phase == Phase.IDLE) {
                    enter(Phase.HEAD);
                }
                bytes += part.readableBytes();
            }
            ctx.fireChannelRead(message);
        }
    }

    /** Sees requests and answers. */
    private final class Decoded extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest) {
                unanswered++;
                enter(Phase.BODY);
            } else if (message instanceof HttpContent part
                    && part.decoderResult().isFailure()) {
                // What fails a decoder has many names, which would pass for defects of ours.
                part.release();
                giveUp(BodyFault.malformed());
                return;
            }
            if (message instanceof LastHttpContent && phase == Phase.BODY) {
                enter(Phase.IDLE);
            }
            ctx.fireChannelRead(message);
        }

        /** That the client has broken off is told in one way only. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.fireExceptionCaught(cause instanceof IOException ? new HttpClosedException(cause.getMessage()) : cause);
        }

        /** Vert.x hangs up behind every fault, and before anything could be said about this one. */
        @Override
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            if (phase == Phase.GIVEN_UP && unanswered > 0) {
                closing = promise;
            } else {
                // While it reads, Vert.x writes and flushes later: the answer may wait for that.
                ctx.flush();
                ctx.close(promise);
            }
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            boolean isInterim = message instanceof FullHttpResponse answer
                    && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (message instanceof LastHttpContent && !isInterim) {
                unanswered--;
                if (phase == Phase.IDLE) {
                    enter(Phase.IDLE);
                }
            }
            boolean isSwitching = message instanceof HttpResponse answer
                    && answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            ctx.write(message, promise);
            if (isSwitching) {
                stop();
            } else if (phase == Phase.GIVEN_UP && unanswered == 0 && closing != null) {
                ctx.flush();
                ctx.close(closing);
            }
        }
    }
}
