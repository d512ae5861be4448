package lyceum.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.account.AccountService;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.ListRevocations;
import lyceum.account.AccountService.LogIn;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.Outcome;
import lyceum.account.AccountService.RevocationPage;
import lyceum.account.Role;
import lyceum.gateway.access.AuditTrail;
import lyceum.gateway.access.Caller;
import lyceum.gateway.access.Gates;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.Tenures;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.access.TrustedProxies;
import lyceum.gateway.grading.HandInFeed;
import lyceum.gateway.grading.LegacyRunners;
import lyceum.gateway.live.LiveServer;
import lyceum.gateway.mjpeg.MjpegMeters;
import lyceum.gateway.mjpeg.MjpegShows;
import lyceum.gateway.stream.HeldBytes;
import lyceum.gateway.stream.Scripted;
import lyceum.gateway.stream.StreamSocketMeters;
import lyceum.gateway.stream.StreamSockets;
import lyceum.platform.Failure;
import lyceum.platform.FirstTimer;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;

/** A gateway on a port of its own, and a client of it. */
public final class TestGateway implements AutoCloseable {

    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** For routes beside a gateway, which no proxy is in front of. */
    public static final AuditTrail TRAIL = new AuditTrail(new TrustedProxies(List.of()));

    public final Vertx vertx = Vertx.vertx();
    private final FirstTimer firstTimer = new FirstTimer(vertx);
    final Readiness readiness = new Readiness();

    /** Nobody has an account, unless a test says otherwise. */
    public final Scripted<AccountService> accounts = new Scripted<>(vertx, AccountService.class)
            .on(FindAccount.class, unknown -> Future.failedFuture(Failure.notFound("no such account")))
            .on(LogIn.class, new Login(Outcome.WRONG, null, 0, 0))
            .on(ListRevocations.class, new RevocationPage(List.of()));

    public final MeterRegistry meters = new SimpleMeterRegistry();
    private final GatewayVerticle verticle;
    private final String deployment;
    private final WebClient client;

    /** @param environment what is set beyond the port, the address and a secret */
    public TestGateway(Map<String, String> environment) {
        this(environment, "");
    }

    /** @param redisUrl where it counts its callers; empty for nowhere */
    public TestGateway(Map<String, String> environment, String redisUrl) {
        verticle = new GatewayVerticle(config(environment, redisUrl), readiness, meters);
        deployment = vertx.deployVerticle(verticle).await();
        client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(verticle.httpPort())
                        .setFollowRedirects(false));
    }

    public static GatewayConfig config(Map<String, String> environment) {
        return config(environment, "");
    }

    private static GatewayConfig config(Map<String, String> environment, String redisUrl) {
        Map<String, String> values = new HashMap<>(Map.of(
                "LYCEUM_HTTP_PORT",
                "0",
                "LYCEUM_RTMP_PORT",
                "0",
                "LYCEUM_HTTP_HOST",
                "127.0.0.1",
                "LYCEUM_JWT_SECRET",
                SECRET));
        values.putAll(environment);
        return GatewayConfig.from(new Settings(values), redisUrl);
    }

    /** @return all routes, of a gateway that does not listen */
    static Router router(Vertx vertx) {
        GatewayConfig config = config(Map.of());
        HeldBytes held = new HeldBytes(1);
        StreamSocketMeters meters = new StreamSocketMeters(new SimpleMeterRegistry(), held);
        StreamSockets sockets = new StreamSockets(vertx, config.streamSockets(), held, meters);
        Tokens tokens = new Tokens(vertx, config.jwtSecret().orElseThrow(), Clock.systemUTC());
        LiveServer live =
                new LiveServer(vertx, config.live(), namespace -> Optional.empty(), new SimpleMeterRegistry());
        MjpegShows shows = new MjpegShows(vertx, 1, Duration.ofSeconds(1), new MjpegMeters(new SimpleMeterRegistry()));
        LegacyRunners legacy = new LegacyRunners(
                config.grading().legacy(), config.trustedProxies(), Clock.systemUTC(), new SimpleMeterRegistry());
        return GatewayRouter.of(
                vertx,
                RouteGroups.all(
                        vertx,
                        config,
                        tokens,
                        tokens,
                        new Tenures(),
                        sockets,
                        live,
                        new HandInFeed(vertx, 1),
                        legacy,
                        shows,
                        new GatewayMeters(new SimpleMeterRegistry()),
                        new Gates(
                                vertx,
                                config.limits(),
                                config.trustedProxies(),
                                config.video().waitingViewers(),
                                new SimpleMeterRegistry())));
    }

    public int port() {
        return verticle.httpPort();
    }

    /** @return where encoders come to with TLS */
    int rtmpsPort() {
        return verticle.rtmpsPort();
    }

    /** @return a token of somebody without roles */
    public static String token(Vertx vertx, String subject) {
        return token(vertx, subject, new Role[0]);
    }

    /** @return a token of somebody with roles */
    public static String token(Vertx vertx, String subject, Role... roles) {
        return new Tokens(vertx, JwtSecret.of(SECRET, "test"), Clock.systemUTC())
                .issue(new Caller(subject, List.of(roles)));
    }

    public HttpRequest<Buffer> request(HttpMethod method, String path) {
        return client.request(method, path);
    }

    public HttpRequest<Buffer> get(String path) {
        return client.get(path);
    }

    public Future<Void> undeploy() {
        return vertx.undeploy(deployment);
    }

    @Override
    public void close() {
        firstTimer.requireUntouched();
        vertx.close().await();
    }
}
