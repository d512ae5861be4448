package lyceum.gateway.rtmp;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.util.function.UnaryOperator;
import lyceum.gateway.rtmp.RtmpConnection.Limits;
import lyceum.gateway.stream.HeldBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what encoders publish over RTMP. Lives on one context. */
public final class RtmpServer {

    private static final Logger LOG = LoggerFactory.getLogger(RtmpServer.class);

    private final Vertx vertx;
    private final RtmpConfig config;
    private final Publishers publishers;
    private final HeldBytes held;
    private final RtmpPlaces places;
    private NetServer server;
    private NetServer tlsServer;

    /**
     * @param publishers told of whoever wants to publish
     * @param network what counts as one client, for each address
     */
    public RtmpServer(Vertx vertx, RtmpConfig config, Publishers publishers, UnaryOperator<String> network) {
        this.vertx = vertx;
        this.config = config;
        this.publishers = publishers;
        this.held = new HeldBytes(config.heldBytes());
        this.places = new RtmpPlaces(config.publishers(), network);
    }

    /** @return done when encoders can come; or that nobody asked for this port and somebody else has it */
    public Future<Void> listen(String host) {
        NetServer opened = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true));
        return opened.connectHandler(this::accept)
                .listen(config.port(), host)
                .onSuccess(listening -> {
                    server = listening;
                    LOG.info("RTMP is taken at port {}", listening.actualPort());
                })
                .<Void>mapEmpty()
                .recover(error -> inUse(host, error));
    }

    /**
     * Takes RTMPS, too.
     *
     * @param options with the certificate
     * @return done when encoders can come
     */
    public Future<Void> listenWithTls(String host, int port, ServerSSLOptions options) {
        NetServerOptions listening = new NetServerOptions()
                .setTcpNoDelay(true)
                .setSsl(true)
                .setKeyCertOptions(options.getKeyCertOptions())
                .setEnabledSecureTransportProtocols(options.getEnabledSecureTransportProtocols());
        return vertx.createNetServer(listening)
                .connectHandler(this::accept)
                .listen(port, host)
                .onSuccess(opened -> {
                    tlsServer = opened;
                    LOG.info("RTMPS is taken at port {}", opened.actualPort());
                })
                .<Void>mapEmpty()
                .recover(error -> unheard(host, port, "LYCEUM_RTMPS_PORT", error));
    }

    /** @return whether RTMPS has taken a new certificate; false where there is none */
    public Future<Boolean> update(ServerSSLOptions options) {
        return tlsServer == null ? Future.succeededFuture(false) : tlsServer.updateSSLOptions(options);
    }

    /** Two gateways on one machine are no mistake where only one of them takes RTMP. */
    private Future<Void> inUse(String host, Throwable error) {
        if (config.isDemanded()) {
            return unheard(host, config.port(), "LYCEUM_RTMP_PORT", error);
        }
        LOG.warn(
                "RTMP is not taken here: port {} is not free ({}); set LYCEUM_RTMP_PORT",
                config.port(),
                error.getMessage());
        return Future.succeededFuture();
    }

    private static Future<Void> unheard(String host, int port, String key, Throwable error) {
        return Future.failedFuture(new IllegalStateException(
                "cannot listen at %s:%d (LYCEUM_HTTP_HOST, %s): %s".formatted(host, port, key, error.getMessage()),
                error));
    }

    /** @return where encoders come to; 0 for nowhere */
    public int port() {
        return server == null ? 0 : server.actualPort();
    }

    /** @return encoders that publish */
    public int publishing() {
        return places.publishing();
    }

    /** @return bytes that are on their way */
    public long heldBytes() {
        return held.taken();
    }

    /** @return how often somebody was sent away because there were too many */
    public long refused() {
        return places.refused();
    }

    /** @return where encoders come to with TLS; 0 for nowhere */
    public int tlsPort() {
        return tlsServer == null ? 0 : tlsServer.actualPort();
    }

    private void accept(NetSocket socket) {
        Limits limits = new Limits(config.openingLimit(), config.silenceLimit(), config.messageBytes());
        RtmpConnection connection = new RtmpConnection(vertx, socket, publishers, held, limits);
        connection.begin(places);
    }

    /** Ends all that is published. */
    public Future<Void> close() {
        places.all().forEach(RtmpConnection::close);
        return close(server).transform(closed -> close(tlsServer));
    }

    private static Future<Void> close(NetServer server) {
        return server == null ? Future.succeededFuture() : server.close();
    }
}
