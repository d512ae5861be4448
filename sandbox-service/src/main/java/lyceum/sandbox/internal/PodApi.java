package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import lyceum.platform.Failure;

/**
 * The API of Kubernetes, as far as it is about pods:
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/. The service account needs {@code
 * create}, {@code get}, {@code list}, {@code delete} on {@code pods}, and {@code get} and {@code create} on {@code
 * pods/exec}: a WebSocket begins with GET, and since 1.35 is a creation all the same.
 */
final class PodApi {

    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_COMMANDS = 1_024;
    /** Servers send 32 KiB at once. */
    private static final int LONGEST_MESSAGE_BYTES = 1 << 20;
    /** A question is the first line of a request, and the API server reads 1 MiB of all of them. */
    private static final int LONGEST_QUESTION = 512 << 10;

    private final Vertx vertx;
    private final PodConfig config;
    private final HttpClient http;
    private final WebSocketClient sockets;
    private final Api api;
    private final String pods;

    PodApi(Vertx vertx, PodConfig config) {
        this.vertx = vertx;
        this.config = config;
        HttpClientOptions options = new HttpClientOptions().setSsl(config.isSecure());
        WebSocketClientOptions socketOptions = new WebSocketClientOptions()
                .setSsl(config.isSecure())
                .setMaxFrameSize(LONGEST_MESSAGE_BYTES)
                .setMaxMessageSize(LONGEST_MESSAGE_BYTES)
                .setMaxConnections(MOST_COMMANDS);
        if (config.isSecure() && !config.authority().isEmpty()) {
            PemTrustOptions trust = new PemTrustOptions().addCertPath(config.authority());
            options.setTrustOptions(trust);
            socketOptions.setTrustOptions(trust.copy());
        }
        this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        this.sockets = vertx.createWebSocketClient(socketOptions);
        this.api = new Api(http, this::server, this::authorization, config.callLimit());
        this.pods = "/api/v1/namespaces/" + config.namespace() + "/pods";
    }

    Future<Void> create(JsonObject pod) {
        return api.ask(HttpMethod.POST, pods, pod).mapEmpty();
    }

    Future<JsonObject> read(String name) {
        return api.ask(HttpMethod.GET, pods + "/" + name, null).map(Api.Answer::object);
    }

    /** @param labels {@code name=value}, which all of them have */
    Future<JsonObject> list(String labels) {
        String query = "?limit=500&labelSelector=" + URLEncoder.encode(labels, StandardCharsets.UTF_8);
        return api.ask(HttpMethod.GET, pods + query, null).map(Api.Answer::object);
    }

    Future<Void> delete(String name) {
        return api.ask(HttpMethod.DELETE, pods + "/" + name + "?gracePeriodSeconds=0", null)
                .mapEmpty();
    }

    /** @return the channels of a command that has been asked for; they rest until they are resumed */
    Future<WebSocket> exec(String name, String container, Container.Order order) {
        StringBuilder question = new StringBuilder("%s/%s/exec?container=%s&stdin=%b&stdout=true&stderr=%b&tty=%b"
                .formatted(
                        pods, name, container, order.hasInput(), order.terminal() == null, order.terminal() != null));
        order.command()
                .forEach(word -> question.append("&command=").append(URLEncoder.encode(word, StandardCharsets.UTF_8)));
        if (question.length() > LONGEST_QUESTION) {
            return Future.failedFuture(Failure.invalid("arguments and environment are too long"));
        }
        return authorization().compose(header -> connect(question.toString(), header));
    }

    void close() {
        http.close();
        sockets.close();
    }

    private Future<WebSocket> connect(String question, String header) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(config.api().getHost())
                .setPort(config.port())
                .setSsl(config.isSecure())
                .setURI(question)
                .setTimeout(config.callLimit().toMillis())
                .addSubProtocol(PodProcess.NEWEST_PROTOCOL)
                .addSubProtocol(PodProcess.OLDEST_PROTOCOL)
                .putHeader(HttpHeaders.AUTHORIZATION, header);
        return sockets.connect(options).onSuccess(WebSocket::pause);
    }

    private RequestOptions server() {
        return new RequestOptions()
                .setHost(config.api().getHost())
                .setPort(config.port())
                .setSsl(config.isSecure());
    }

    /** The file is read each time: the cluster renews a token before it ends, after an hour or so. */
    private Future<String> authorization() {
        return config.token()
                .map(Future::succeededFuture)
                .orElseGet(() -> vertx.fileSystem()
                        .readFile(config.tokenFile().toString())
                        .map(Object::toString))
                .map(token -> "Bearer " + token.strip())
                .timeout(config.callLimit().toMillis(), TimeUnit.MILLISECONDS);
    }
}
