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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.gateway.stream.HeldBytes;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;

/** A gateway on a port of its own, and a client of it. */
final class TestGateway implements AutoCloseable {

    static final String SECRET = "0123456789abcdef0123456789abcdef";

    final Vertx vertx = Vertx.vertx();
    final Readiness readiness = new Readiness();
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final GatewayVerticle verticle;
    private final String deployment;
    private final WebClient client;

    /** @param environment what is set beyond the port, the address and a secret */
    TestGateway(Map<String, String> environment) {
        verticle = new GatewayVerticle(config(environment), readiness, meters);
        deployment = vertx.deployVerticle(verticle).await();
        client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(verticle.httpPort())
                        .setFollowRedirects(false));
    }

    static GatewayConfig config(Map<String, String> environment) {
        Map<String, String> values = new HashMap<>(
                Map.of("LYCEUM_HTTP_PORT", "0", "LYCEUM_HTTP_HOST", "127.0.0.1", "LYCEUM_JWT_SECRET", SECRET));
        values.putAll(environment);
        return GatewayConfig.from(new Settings(values));
    }

    /** @return all routes, of a gateway that does not listen */
    static Router router(Vertx vertx) {
        GatewayConfig config = config(Map.of());
        HeldBytes held = new HeldBytes(1);
        StreamSocketMeters meters = new StreamSocketMeters(new SimpleMeterRegistry(), held);
        StreamSockets sockets = new StreamSockets(vertx, config.streamSockets(), held, meters);
        return GatewayRouter.of(
                vertx, GatewayVerticle.groups(vertx, config, config.jwtSecret().orElseThrow(), sockets));
    }

    int port() {
        return verticle.httpPort();
    }

    /** @return a token of somebody without roles */
    static String token(Vertx vertx, String subject) {
        return new Tokens(vertx, JwtSecret.of(SECRET, "test"), Clock.systemUTC()).issue(new Caller(subject, List.of()));
    }

    HttpRequest<Buffer> request(HttpMethod method, String path) {
        return client.request(method, path);
    }

    HttpRequest<Buffer> get(String path) {
        return client.get(path);
    }

    Future<Void> undeploy() {
        return vertx.undeploy(deployment);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
