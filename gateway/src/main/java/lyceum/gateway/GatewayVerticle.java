package lyceum.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.account.AccountService;
import lyceum.elicast.ElicastService;
import lyceum.gateway.stream.HeldBytes;
import lyceum.media.MediaService;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.sandbox.SandboxService;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.RecipeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway: puts the groups of routes together and listens. */
public final class GatewayVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);

    /** A query may carry a token, a URL of the original clients is far shorter. */
    private static final int REQUEST_LINE_BYTES = 8 * 1024;

    /** Room for a token in the cookie and another one in a header. */
    private static final int HEADER_BYTES = 16 * 1024;

    private final GatewayConfig config;
    private final Readiness readiness;
    private final MeterRegistry registry;

    private StreamSocketMeters streamMeters;
    private volatile HttpServer server;
    private volatile boolean listening;

    /**
     * @param readiness is told whether requests are accepted, as {@code http}
     * @param registry gets what is counted of WebSockets
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
        return server.shutdown(config.drainLimit().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(stopped -> streamMeters.close());
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

    private Future<Tokens> tokens(JwtSecret secret) {
        Bus bus = new Bus(vertx, config.replyTimeout());
        RevokedTokens revoked = new RevokedTokens(bus.proxy(AccountService.class));
        Tokens tokens =
                new Tokens(vertx, secret, Clock.systemUTC(), config.tokens().ignoresExpiry(), revoked);
        return revoked.follow(vertx, bus).map(tokens);
    }

    private Future<Void> listen(Tokens tokens) {
        InvalidRequests invalid = new InvalidRequests();
        StreamSockets sockets = streamSockets();
        server = vertx.createHttpServer(options())
                .invalidRequestHandler(invalid)
                .requestHandler(invalid.before(GatewayRouter.of(vertx, groups(vertx, config, tokens, sockets))));
        return server.listen().onSuccess(started -> listening = true).mapEmpty();
    }

    private StreamSockets streamSockets() {
        HeldBytes held = new HeldBytes(config.streamSockets().heldBytes());
        streamMeters = new StreamSocketMeters(registry, held);
        return new StreamSockets(vertx, config.streamSockets(), held, streamMeters);
    }

    /**
     * @param sockets of streams, all of this gateway
     * @return everything that clients may ask, one group for each domain
     */
    static List<Routes> groups(Vertx vertx, GatewayConfig config, Tokens tokens, StreamSockets sockets) {
        Access access = new Access(
                accepted(vertx, tokens, config.tokens()), config.elicast().admission());
        Bus bus = new Bus(vertx, config.replyTimeout());
        AccountService accounts = bus.proxy(AccountService.class);
        Logins logins = logins(accounts, config);
        return List.of(
                new TokenRoutes(tokens, access, logins, config.tokens()),
                new AccountRoutes(accounts, logins, access),
                new DocsRoutes(vertx, access),
                elicast(bus, config, access),
                stream(bus, config.streams(), access, sockets),
                sandbox(bus, config.sandbox(), access),
                judge0(vertx, bus, config, access),
                piston(bus, config, access));
    }

    private static TokenVerifier accepted(Vertx vertx, Tokens own, TokenConfig rules) {
        return new AcceptedTokens(own, rules.issuer().map(issuer -> tokensOf(issuer, vertx)), rules.isLenient());
    }

    private static IssuerTokens tokensOf(IssuerConfig issuer, Vertx vertx) {
        KeySetFetch fetch = new KeySetFetch(vertx, issuer.keys(), issuer.timeout());
        IssuerKeys keys = new IssuerKeys(fetch::keys, issuer.maxAge(), issuer.minPause(), InstantSource.system());
        keys.refresh();
        return new IssuerTokens(issuer, keys, InstantSource.system());
    }

    private static Logins logins(AccountService accounts, GatewayConfig config) {
        TokenConfig tokens = config.tokens();
        AddressFailures failures =
                new AddressFailures(tokens.addressFailures(), tokens.loginWindow(), InstantSource.system());
        return new Logins(accounts, config.trustedProxies(), failures);
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

    private static Routes stream(Bus bus, StreamRoutesConfig config, Access access, StreamSockets sockets) {
        StreamAccess streams = StreamAccess.over(bus);
        return new StreamRoutes(List.of(
                new PingRoutes(streams, access),
                new StreamRegistryRoutes(streams, access, config.timeZone()),
                new DataRoutes(streams, access, config),
                new StreamPushRoutes(streams, access, sockets),
                new StreamPullRoutes(streams, access, sockets),
                new ReplayRoutes(RecordingAccess.over(bus), access),
                new RecordingRoutes(RecordingAccess.over(bus), access),
                recipes(bus, config.documentBodyBytes(), access)));
    }

    private static Routes recipes(Bus bus, long bodyLimitBytes, Access access) {
        RecipeService recipes = bus.proxy(RecipeService.class);
        List<Routes> parts = List.of(
                new RecipeRoutes(recipes, access, bodyLimitBytes),
                new RecipeSessionRoutes(recipes, access, bodyLimitBytes),
                new CurrentRecipeRoutes(bus.proxy(CurrentRecipeService.class), recipes, access));
        return router -> parts.forEach(part -> part.addTo(router));
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
