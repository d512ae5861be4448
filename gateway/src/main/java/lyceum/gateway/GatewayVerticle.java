package lyceum.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import lyceum.account.AccountService;
import lyceum.gateway.access.ClientNetwork;
import lyceum.gateway.access.Gates;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.RevokedTokens;
import lyceum.gateway.access.Tenures;
import lyceum.gateway.access.TokenVerifier;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.connection.Connections;
import lyceum.gateway.grading.HandInFeed;
import lyceum.gateway.grading.HandInRooms;
import lyceum.gateway.grading.LegacyRunners;
import lyceum.gateway.live.LiveListener;
import lyceum.gateway.live.LiveServer;
import lyceum.gateway.mjpeg.MjpegMeters;
import lyceum.gateway.mjpeg.MjpegShows;
import lyceum.gateway.route.Routes;
import lyceum.gateway.rtmp.RtmpConfig;
import lyceum.gateway.rtmp.RtmpServer;
import lyceum.gateway.sandbox.SandboxSocket;
import lyceum.gateway.social.SocialDoor;
import lyceum.gateway.social.SocialPace;
import lyceum.gateway.social.SocketAuthentication;
import lyceum.gateway.stream.HeldBytes;
import lyceum.gateway.stream.StreamSocketMeters;
import lyceum.gateway.stream.StreamSockets;
import lyceum.gateway.tls.CertificateWatch;
import lyceum.gateway.video.LivePublishers;
import lyceum.gateway.video.LiveVideoAccess;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway: puts the groups of routes together and listens. */
public final class GatewayVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);

    /** As much again as is taken, so that it is known for whom a line was that is too long. */
    private static final int READ_LINE_BYTES = 2 * GatewayRouter.REQUEST_LINE_BYTES;

    /** Room for a token in the cookie and another one in a header. */
    private static final int HEADER_BYTES = 16 * 1024;

    private final GatewayConfig config;
    private final Readiness readiness;
    private final MeterRegistry registry;

    private RevokedTokens revoked;
    private GatewayMeters meters;
    private StreamSocketMeters streamMeters;
    private MjpegMeters mjpegMeters;
    private MjpegShows shows;
    private SocialDoor door;
    private HandInFeed feed;
    private LegacyRunners legacy;
    private HandInRooms rooms;
    private LiveServer live;
    private RtmpServer rtmp;
    private Connections connections;
    private Gates gates;
    private Optional<CertificateWatch> certificates = Optional.empty();
    private volatile HttpServer server;
    private volatile boolean listening;

    /**
     * @param readiness is told whether requests are accepted, as {@code http}
     * @param registry gets what is counted of WebSockets and limits
     */
    public GatewayVerticle(GatewayConfig config, Readiness readiness, MeterRegistry registry) {
        this.config = config;
        this.readiness = readiness;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        readiness.add("http", this::accepts);
        config.tokens().warnings().forEach(LOG::warn);
        return secret().compose(this::tokens).compose(this::listen);
    }

    /** Accepts nothing more, and waits for the answers that are under way, up to the limit. */
    @Override
    public Future<?> stop() {
        listening = false;
        feed.close();
        shows.close();
        certificates.ifPresent(CertificateWatch::close);
        // The server lets go of sockets, too, and of those at once.
        return door.settle().transform(settled -> letGo()).onComplete(stopped -> {
            meters.close();
            streamMeters.close();
            mjpegMeters.close();
            legacy.close();
            connections.close();
            gates.close();
        });
    }

    private Future<?> letGo() {
        Future<Void> left = rtmp.close().transform(closed -> live.close()).transform(closed -> door.stop());
        Future<Void> drained = server.shutdown(config.drainLimit().toMillis(), TimeUnit.MILLISECONDS);
        return Future.join(left, drained);
    }

    /** @return the port that is listened at, once deployed */
    public int httpPort() {
        return server.actualPort();
    }

    /** @return where encoders come to, once deployed; 0 for nowhere */
    public int rtmpPort() {
        return rtmp.port();
    }

    /** @return where encoders come to with TLS, once deployed; 0 for nowhere */
    public int rtmpsPort() {
        return rtmp.tlsPort();
    }

    private Future<JwtSecret> secret() {
        return config.jwtSecret()
                .map(Future::succeededFuture)
                .orElseGet(() -> JwtSecret.keptIn(config.dataDirectory(), vertx));
    }

    private Future<Tokens> tokens(JwtSecret secret) {
        Bus bus = new Bus(vertx, config.replyTimeout());
        revoked = new RevokedTokens(bus.proxy(AccountService.class));
        Tokens tokens =
                new Tokens(vertx, secret, Clock.systemUTC(), config.tokens().ignoresExpiry(), revoked);
        return revoked.follow(vertx, bus).map(tokens);
    }

    private Future<Void> listen(Tokens tokens) {
        Router router = router(tokens);
        Handler<HttpServerRequest> answering = new SecurityHeaders(config.trustedProxies())
                .before(request -> router.handle(LenientRequest.of(request)));
        Bus bus = new Bus(vertx, config.replyTimeout());
        connections = new Connections(
                config.limits().connections().patientFor(config.streams().stallLimit()), registry);
        return Future.all(feed.follow(bus), rooms.follow(bus))
                .compose(following -> certificate())
                .compose(tls -> {
                    server = vertx.createHttpServer(options(tls))
                            .connectionHandler(connections)
                            .invalidRequestHandler(answering)
                            .requestHandler(answering);
                    return listenToEncoders(tls)
                            .compose(encoders -> server.listen().recover(this::cannotListen));
                })
                .onSuccess(started -> {
                    listening = true;
                    certificates.ifPresent(watch -> watch.follow(List.of(server::updateSSLOptions, rtmp::update)));
                })
                .mapEmpty();
    }

    private <T> Future<T> cannotListen(Throwable error) {
        return Future.failedFuture(new IllegalStateException(
                "cannot listen at %s:%d (LYCEUM_HTTP_HOST, LYCEUM_HTTP_PORT): %s"
                        .formatted(config.host(), config.port(), error.getMessage()),
                error));
    }

    /** @return with which clients are spoken to; empty for plainly */
    private Future<Optional<ServerSSLOptions>> certificate() {
        certificates =
                config.tls().map(files -> new CertificateWatch(vertx, files, registry, CertificateWatch.INTERVAL));
        return certificates
                .map(watch -> watch.first().map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<Void> listenToEncoders(Optional<ServerSSLOptions> tls) {
        Future<Void> plain = config.video().takesRtmp() ? rtmp.listen(config.host()) : Future.succeededFuture();
        OptionalInt tlsPort = config.video().rtmpsPort();
        return tlsPort.isPresent()
                ? plain.compose(done -> rtmp.listenWithTls(config.host(), tlsPort.getAsInt(), tls.orElseThrow()))
                : plain;
    }

    private Router router(Tokens tokens) {
        TokenVerifier accepted = RouteGroups.accepted(vertx, tokens, config.tokens());
        RtmpConfig encoders = config.video().rtmp();
        LiveVideoAccess video = LiveVideoAccess.over(new Bus(vertx, config.replyTimeout()));
        rtmp = new RtmpServer(
                vertx, encoders, new LivePublishers(accepted, encoders.admission(), video), ClientNetwork::of);
        door = new SocialDoor(
                vertx,
                new Bus(vertx, config.replyTimeout()),
                config.social().limits(),
                SocialPace.USUAL,
                config.social().authentication(accepted),
                registry);
        rooms = new HandInRooms(vertx, new SocketAuthentication(accepted));
        feed = new HandInFeed(vertx, config.grading().watchers());
        Tenures tenures = new Tenures();
        revoked.whenMore(subjects -> {
            door.revoked(subjects);
            rooms.revoked(subjects);
            tenures.revoked(subjects);
        });
        live = new LiveServer(vertx, config.live(), this::listener, registry);
        mjpegMeters = new MjpegMeters(registry);
        shows = new MjpegShows(
                vertx, config.streams().mjpegViewers(), config.streams().stallLimit(), mjpegMeters);
        legacy =
                new LegacyRunners(config.grading().legacy(), config.trustedProxies(), InstantSource.system(), registry);
        StreamSockets sockets = streamSockets();
        meters = new GatewayMeters(registry);
        meters.show(config, rtmp, feed, shows);
        meters.show(config, sockets, live, door);
        gates = new Gates(
                vertx, config.limits(), config.trustedProxies(), config.video().waitingViewers(), registry);
        List<Routes> groups = RouteGroups.all(
                vertx, config, tokens, accepted, tenures, sockets, live, feed, legacy, shows, meters, gates);
        return GatewayRouter.of(vertx, groups, Sites.of(vertx, config));
    }

    private Optional<LiveListener> listener(String namespace) {
        return namespace.equals(HandInRooms.NAMESPACE) ? Optional.of(rooms) : door.find(namespace);
    }

    private StreamSockets streamSockets() {
        HeldBytes held = new HeldBytes(config.streamSockets().heldBytes());
        streamMeters = new StreamSocketMeters(registry, held);
        return new StreamSockets(vertx, config.streamSockets(), held, streamMeters);
    }

    private HttpServerOptions options(Optional<ServerSSLOptions> tls) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setIdleTimeout((int) config.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxInitialLineLength(READ_LINE_BYTES)
                .setMaxHeaderSize(HEADER_BYTES)
                .setHandle100ContinueAutomatically(true)
                // Clients and proxies speak HTTP/1.1 here; an upgrade in the clear would pass by a proxy's rules.
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(SandboxSocket.MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(SandboxSocket.MESSAGE_BYTES)
                // Otherwise every broadcast is compressed once per socket.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
        tls.ifPresent(with -> options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(with.getKeyCertOptions())
                .setEnabledSecureTransportProtocols(with.getEnabledSecureTransportProtocols()));
        return options;
    }

    private Future<String> accepts() {
        return listening ? Future.succeededFuture("port " + httpPort()) : Future.failedFuture("not accepting requests");
    }
}
