package lyceum.gateway.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import lyceum.platform.Settings;

/** Gateways with nothing but sockets of socket.io, behind one port, and clients of them. */
final class LiveFixture implements AutoCloseable {

    static final String PATH = "/api/socket.io/";

    final Vertx vertx = Vertx.vertx();
    final Parrot parrot = new Parrot();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final WebClient web;
    private final WebSocketClient sockets = vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(1 << 20).setMaxConnections(100));
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final String deployment;

    /** Everything that a gateway has for it. */
    private final class Gateway extends VerticleBase {
        private final LiveConfig config;
        private LiveServer live;
        private HttpServer server;

        Gateway(LiveConfig config) {
            this.config = config;
        }

        @Override
        public Future<?> start() {
            live = new LiveServer(vertx, config, parrot, meters);
            Router router = Router.router(vertx);
            Router api = Router.router(vertx);
            live.addTo(api, "/socket.io/");
            router.route("/api/*").subRouter(api);
            server = vertx.createHttpServer(new HttpServerOptions()
                            .setHost("127.0.0.1")
                            .setMaxWebSocketFrameSize(256 * 1024)
                            .setPerMessageWebSocketCompressionSupported(false)
                            .setPerFrameWebSocketCompressionSupported(false))
                    .requestHandler(router);
            // The same port for all of them.
            return server.listen(-1).onSuccess(servers::add);
        }

        @Override
        public Future<?> stop() {
            return live.close().compose(closed -> server.shutdown(5, TimeUnit.SECONDS));
        }
    }

    LiveFixture(String... settings) {
        this(1, config(settings));
    }

    LiveFixture(int gateways, LiveConfig config) {
        deployment = vertx.deployVerticle(() -> new Gateway(config), new DeploymentOptions().setInstances(gateways))
                .await();
        web = WebClient.create(
                vertx, new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port()));
    }

    /** @param settings in pairs of key and value */
    static LiveConfig config(String... settings) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return LiveConfig.from(new Settings(environment));
    }

    int port() {
        return servers.get(0).actualPort();
    }

    RawSocket open(int eio) {
        return open("EIO=%d&transport=websocket".formatted(eio));
    }

    RawSocket open(String query) {
        RequestOptions request =
                new RequestOptions().setHost("127.0.0.1").setPort(port()).setURI(PATH + "?" + query);
        return new RawSocket(vertx, sockets, new WebSocketConnectOptions(request.toJson()));
    }

    /** @param headers whole lines */
    RawRequest upgrade(String query, String... headers) {
        List<String> all = new ArrayList<>(List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="));
        all.addAll(List.of(headers));
        return new RawRequest(this, "GET", query, all.toArray(String[]::new));
    }

    RawPoll poll(int eio) {
        return new RawPoll(web, eio);
    }

    double metered(String name, String... tags) {
        return meters.get("lyceum.gateway.live." + name)
                .tags(tags)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    Future<Void> undeploy() {
        return vertx.undeploy(deployment);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
