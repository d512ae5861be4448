package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;

/**
 * The HTTP API of Docker, which Podman speaks too: https://docs.docker.com/reference/api/engine/version/v1.44/. 1.44
 * is the newest version that both know; older engines are spoken to as they know it, down to 1.41, the first that
 * counts without a pause ({@code one-shot}).
 */
final class EngineApi {

    private static final int NEWEST = 44;
    private static final int OLDEST = 41;
    private static final int MOST_CONNECTIONS = 64;

    private final EngineConfig config;
    private final HttpClient http;
    private final NetClient streams;
    private final Api api;

    private String version = "";

    EngineApi(Vertx vertx, EngineConfig config) {
        this.config = config;
        HttpClientOptions options = new HttpClientOptions();
        NetClientOptions raw = new NetClientOptions()
                .setConnectTimeout((int) config.callLimit().toMillis())
                .setHostnameVerificationAlgorithm("HTTPS");
        if (config.isSecure()) {
            secure(options);
            secure(raw);
        }
        this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        this.streams = vertx.createNetClient(raw);
        this.api = new Api(http, this::engine, () -> Future.succeededFuture(""), config.callLimit());
    }

    /** @return done when both sides know which version of the API they speak; before all else */
    Future<Void> agree() {
        return api.ask(HttpMethod.GET, "/_ping", null).map(answer -> {
            String offered = answer.headers().get("Api-Version");
            int minor = offered != null && offered.matches("1\\.\\d{1,4}") ? Integer.parseInt(offered.substring(2)) : 0;
            if (minor < OLDEST) {
                throw new IllegalStateException(
                        "the engine speaks version %s of its API, not 1.%d".formatted(offered, OLDEST));
            }
            version = "/v1." + Math.min(minor, NEWEST);
            return null;
        });
    }

    Future<JsonObject> get(String path) {
        return api.ask(HttpMethod.GET, version + path, null).map(Api.Answer::object);
    }

    Future<JsonArray> list(String path) {
        return api.ask(HttpMethod.GET, version + path, null)
                .map(answer -> answer.body().toJsonArray());
    }

    /** @param body null for none */
    Future<JsonObject> post(String path, JsonObject body) {
        return api.ask(HttpMethod.POST, version + path, body).map(Api.Answer::object);
    }

    Future<Void> delete(String path) {
        return api.ask(HttpMethod.DELETE, version + path, null).mapEmpty();
    }

    /** @return the connection over which that was asked, for both to write to as they like */
    Future<EngineUpgrade.Connection> upgrade(String path, JsonObject body) {
        String host = config.isUnix() ? "localhost" : config.url().getHost();
        Buffer request = EngineUpgrade.request(host, version + path, body);
        return streams.connect(address()).compose(socket -> EngineUpgrade.ask(socket, request, config.callLimit()));
    }

    void close() {
        http.close();
        streams.close();
    }

    private RequestOptions engine() {
        SocketAddress address = address();
        return new RequestOptions()
                .setServer(address)
                .setHost(config.isUnix() ? "localhost" : address.host())
                .setPort(config.isUnix() ? 80 : address.port());
    }

    private SocketAddress address() {
        return config.isUnix()
                ? SocketAddress.domainSocketAddress(config.url().getPath())
                : SocketAddress.inetSocketAddress(
                        config.url().getPort(), config.url().getHost());
    }

    private void secure(ClientOptionsBase options) {
        Path directory = Path.of(config.certificates());
        PemKeyCertOptions ours = new PemKeyCertOptions()
                .addCertPath(directory.resolve("cert.pem").toString())
                .addKeyPath(directory.resolve("key.pem").toString());
        PemTrustOptions theirs =
                new PemTrustOptions().addCertPath(directory.resolve("ca.pem").toString());
        options.setSsl(true).setKeyCertOptions(ours).setTrustOptions(theirs);
    }
}
