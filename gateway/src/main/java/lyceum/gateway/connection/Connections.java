package lyceum.gateway.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of all clients of this gateway: so many and not more, each of them watched for requests that do not arrive
 * ({@link Arrivals}). The operator sees {@code lyceum.gateway.connections}, {@code …connections.limit}, {@code
 * …connections.refused}, and {@code …connections.late} for requests that were given up.
 */
public final class Connections implements Handler<HttpConnection>, AutoCloseable {

    private static final String NAME = "lyceum.gateway.connections";
    private static final String FULL = """
            HTTP/1.1 503 Service Unavailable\r
            Retry-After: 5\r
            Connection: close\r
            Content-Length: 0\r
            \r
            """;

    private final ConnectionConfig config;
    private final MeterRegistry registry;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter refused;
    private final Counter late;
    private final List<Meter> meters;

    public Connections(ConnectionConfig config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
        this.refused = registry.counter(NAME + ".refused");
        this.late = registry.counter(NAME + ".late");
        this.meters = List.of(
                refused,
                late,
                Gauge.builder(NAME, open, AtomicInteger::get).register(registry),
                Gauge.builder(NAME + ".limit", config, ConnectionConfig::most)
                        .strongReference(true)
                        .register(registry));
    }

    /** Takes a new connection, or refuses it. */
    @Override
    public void handle(HttpConnection connection) {
        Channel channel =
                ((HttpServerConnection) connection).channelHandlerContext().channel();
        if (open.incrementAndGet() > config.most()) {
            refused.increment();
            // Past the encoder, which knows of no request.
            channel.pipeline()
                    .context(Arrivals.DECODER)
                    .writeAndFlush(Unpooled.copiedBuffer(FULL, StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            new Arrivals(config, late::increment).follow(channel);
        }
        // Not the connection's own handler: sockets have theirs there.
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
    }

    /** Ends a connection at once; what its client has not read by now it does not get. */
    public static void cut(HttpConnection connection) {
        Channel channel =
                ((HttpServerConnection) connection).channelHandlerContext().channel();
        // Past whoever would wait until everything is read.
        channel.pipeline().context(Arrivals.DECODER).close();
    }

    /** Takes what is measured out of the registry, so that another instance in this process begins at zero. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
