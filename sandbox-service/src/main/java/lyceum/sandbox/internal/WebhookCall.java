package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import lyceum.platform.Failure;

/**
 * Calls webhooks, at public addresses only unless their host is allowed by name. The address is looked up and judged
 * first, and that very address is called, so that a name which changes its mind in between helps nobody; redirects are
 * not followed.
 */
final class WebhookCall {

    private static final int FIRST_OK = 200;
    private static final int LAST_OK = 299;

    private final Vertx vertx;
    private final WebhookConfig config;
    private final Function<String, Future<List<InetAddress>>> names;
    private final HttpClient client;

    /**
     * @param options of the client, for whom it trusts
     * @param names the addresses of a host
     */
    WebhookCall(
            Vertx vertx,
            WebhookConfig config,
            HttpClientOptions options,
            Function<String, Future<List<InetAddress>>> names) {
        this.vertx = vertx;
        this.config = config;
        this.names = names;
        HttpClientOptions own = new HttpClientOptions(options)
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout((int) config.timeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(config.timeout().toMillis());
        this.client = vertx.createHttpClient(own);
    }

    /** @return a future of all addresses of a host, as this machine knows them */
    static Function<String, Future<List<InetAddress>>> systemNames(Vertx vertx) {
        // Java can only wait for an answer; few of them are asked for at once.
        return host -> vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false);
    }

    /**
     * @param signature of the body, empty for none
     * @return done when it answered with 2xx; INVALID where it must not be called; anything else may be tried again
     */
    Future<Void> send(HttpMethod method, WebhookUrl url, Buffer body, String signature) {
        return address(url)
                .compose(address -> client.request(options(method, url, address, signature))
                        .compose(request -> exchange(request, body)))
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .compose(status -> status >= FIRST_OK && status <= LAST_OK
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IllegalStateException("it answered " + status)));
    }

    private Future<InetAddress> address(WebhookUrl url) {
        url.requireCallable(config.hosts());
        return names.apply(url.host()).map(addresses -> {
            if (!url.isOneOf(config.hosts()) && !addresses.stream().allMatch(PublicAddress::is)) {
                throw Failure.invalid("webhook is not at a public address");
            }
            return addresses.get(0);
        });
    }

    private Future<Integer> exchange(HttpClientRequest request, Buffer body) {
        long timer = vertx.setTimer(
                config.timeout().toMillis(), late -> request.reset(0, new TimeoutException("it did not answer")));
        return request.send(body).map(WebhookCall::status).onComplete(told -> {
            vertx.cancelTimer(timer);
            request.connection().close();
        });
    }

    /** What it has to say beside its status may be without end, and is not listened to. */
    private static int status(HttpClientResponse response) {
        response.exceptionHandler(hungUp -> {});
        return response.statusCode();
    }

    private static RequestOptions options(HttpMethod method, WebhookUrl url, InetAddress address, String signature) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.isTls())
                .setURI(url.path())
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.USER_AGENT, "lyceum-sandbox");
        return signature.isEmpty() ? options : options.putHeader("Lyceum-Signature", signature);
    }
}
