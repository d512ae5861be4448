package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.elicast.ElicastService;
import lyceum.media.MediaService;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.sandbox.SandboxService;

/** The gateway: puts the groups of routes together and listens. */
public final class GatewayVerticle extends VerticleBase {

    /** A query may carry a token, a URL of the original clients is far shorter. */
    private static final int REQUEST_LINE_BYTES = 8 * 1024;

    /** Room for a token in the cookie and another one in a header. */
    private static final int HEADER_BYTES = 16 * 1024;

    private final GatewayConfig config;
    private final Readiness readiness;

    private volatile HttpServer server;
    private volatile boolean listening;

    /** @param readiness is told whether requests are accepted, as {@code http} */
    public GatewayVerticle(GatewayConfig config, Readiness readiness) {
        this.config = config;
        this.readiness = readiness;
    }

    @Override
    public Future<?> start() {
        readiness.add("http", this::accepts);
        return secret().compose(this::listen);
    }

    /** Accepts nothing more, and waits for the answers that are under way, up to the limit. */
    @Override
    public Future<?> stop() {
        listening = false;
        return server.shutdown(config.drainLimit().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @return the port that is listened at, once deployed */
    public int httpPort() {
        return server.actualPort();
    }

    private Future<JwtSecret> secret() {
        return config.jwtSecret()
                .map(Future::succeededFuture)
                .orElseGet(() -> JwtSecret.keptIn(config.dataDirectory(), vertx));
    }

    private Future<Void> listen(JwtSecret secret) {
        InvalidRequests invalid = new InvalidRequests();
        server = vertx.createHttpServer(options())
                .invalidRequestHandler(invalid)
                .requestHandler(invalid.before(GatewayRouter.of(vertx, groups(vertx, config, secret))));
        return server.listen().onSuccess(started -> listening = true).mapEmpty();
    }

    /** @return everything that clients may ask, one group for each domain */
    static List<Routes> groups(Vertx vertx, GatewayConfig config, JwtSecret secret) {
        Tokens tokens = new Tokens(vertx, secret, Clock.systemUTC());
        Access access = new Access(tokens, config.elicast().admission());
        Bus bus = new Bus(vertx, config.replyTimeout());
        return List.of(
                new TokenRoutes(tokens, access, config.profile()),
                new DocsRoutes(vertx, access),
                elicast(bus, config, access),
                stream(vertx, bus, config, access),
                sandbox(bus, config.sandbox(), access),
                judge0(vertx, bus, config, access),
                piston(bus, config, access));
    }

    private static Routes elicast(Bus bus, GatewayConfig config, Access access) {
        ElicastRoutesConfig elicast = config.elicast();
        EditSwitch edits = new EditSwitch(elicast.isEditBlocked());
        ElicastService lessons = bus.proxy(ElicastService.class);
        MediaAccess media = new MediaAccess(
                bus.proxy(MediaService.class),
                instance -> bus.proxy(MediaService.class, elicast.mediaTimeout(), instance));
        return new ElicastRoutes(List.of(
                new LessonRoutes(lessons, access, edits),
                new CodeRoutes(
                        bus.proxy(ElicastService.class, elicast.runTimeout()), access, elicast.sourceLimitBytes()),
                new AudioRoutes(bus.proxy(ElicastService.class, elicast.mediaTimeout()), media, access, edits),
                new LogRoutes(lessons, access, config.trustedProxies(), elicast.logLimitBytes())));
    }

    private static Routes stream(Vertx vertx, Bus bus, GatewayConfig config, Access access) {
        StreamAccess streams = StreamAccess.over(bus);
        return new StreamRoutes(List.of(
                new PingRoutes(streams, access),
                new StreamRegistryRoutes(streams, access, config.streams().timeZone()),
                new DataRoutes(streams, access, config.streams())));
    }

    private static Routes sandbox(Bus bus, SandboxRoutesConfig config, Access access) {
        SandboxAccess sandbox = SandboxAccess.over(bus, config.runTimeout());
        SandboxSubmissionRoutes submissions = new SandboxSubmissionRoutes(sandbox, access, config);
        return new SandboxRoutes(
                sandbox,
                access,
                List.of(
                        new SandboxRunRoutes(sandbox, access, submissions, config.bodyLimitBytes()),
                        submissions,
                        new SandboxSessionRoutes(sandbox, access, config)));
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setIdleTimeout((int) config.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxInitialLineLength(REQUEST_LINE_BYTES)
                .setMaxHeaderSize(HEADER_BYTES)
                .setHandle100ContinueAutomatically(true)
                // Clients and proxies speak HTTP/1.1 here; an upgrade in the clear would pass by a proxy's rules.
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(SandboxSocket.MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(SandboxSocket.MESSAGE_BYTES)
                // Otherwise every broadcast is compressed once per socket.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    private static Routes judge0(Vertx vertx, Bus bus, GatewayConfig config, Access access) {
        SandboxService sandbox =
                bus.proxy(SandboxService.class, config.elicast().runTimeout());
        return new Judge0Routes(List.of(
                new Judge0SubmissionRoutes(
                        new Judge0Submissions(vertx, sandbox),
                        access,
                        config.elicast().sourceLimitBytes(),
                        // An answer must come before the connection has been silent for too long.
                        config.idleTimeout().dividedBy(2)),
                new Judge0InfoRoutes(sandbox, access)));
    }

    private static Routes piston(Bus bus, GatewayConfig config, Access access) {
        return new PistonRoutes(
                new PistonSandbox(bus, config.elicast().runTimeout()),
                access,
                config.elicast().sourceLimitBytes());
    }

    private Future<String> accepts() {
        return listening ? Future.succeededFuture("port " + httpPort()) : Future.failedFuture("not accepting requests");
    }
}
