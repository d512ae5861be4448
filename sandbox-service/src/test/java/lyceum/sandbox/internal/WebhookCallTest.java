package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLHandshakeException;
import lyceum.platform.Failure;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to a server on this machine, whose names are looked up in a table. */
class WebhookCallTest {

    private static final Buffer BODY = Buffer.buffer("{}");
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> names = Map.of(
            "hooks.example", List.of("127.0.0.1"),
            "mixed.example", List.of("1.1.1.1", "10.0.0.1"),
            "mapped.example", List.of("::ffff:127.0.0.1"),
            "127.0.0.1", List.of("127.0.0.1"));

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void postsTheBody() {
        TestHook hook = new TestHook(vertx, 204);

        call().send(HttpMethod.POST, url("http://hooks.example:%d/done?x=1", hook), BODY, "sha256=00")
                .await();

        TestHook.Call call = hook.calls().get(0);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri()).isEqualTo("/done?x=1");
        assertThat(call.body()).isEqualTo(BODY);
        assertThat(call.headers().get("host")).isEqualTo("hooks.example:" + hook.port());
        assertThat(call.headers().get("content-type")).isEqualTo("application/json");
        assertThat(call.headers().get("lyceum-signature")).isEqualTo("sha256=00");
    }

    @Test
    void sendsNoSignatureWithoutOne() {
        TestHook hook = new TestHook(vertx, 200);

        call().send(HttpMethod.POST, url("http://hooks.example:%d/", hook), BODY, "")
                .await();

        assertThat(hook.calls().get(0).headers().contains("lyceum-signature")).isFalse();
    }

    @Test
    void refusesAHostOneOfWhoseAddressesIsNotPublic() {
        TestHook hook = new TestHook(vertx, 200);
        WebhookCall strict = call(Duration.ofSeconds(5), List.of(), new HttpClientOptions());

        for (String host : List.of("hooks.example", "mixed.example", "mapped.example", "127.0.0.1", "localhost")) {
            assertThatThrownBy(() -> Future.<Void>succeededFuture()
                            .compose(
                                    now -> strict.send(HttpMethod.POST, url("http://" + host + ":%d/", hook), BODY, ""))
                            .await())
                    .isInstanceOf(Failure.class)
                    .hasMessage("webhook is not at a public address");
        }
        assertThat(hook.calls()).isEmpty();
        assertThat(asked).containsExactly("hooks.example", "mixed.example", "mapped.example");
    }

    @Test
    void doesNotFollowARedirect() {
        TestHook hook = new TestHook(vertx, 307);

        assertThatThrownBy(() -> call().send(HttpMethod.POST, url("http://hooks.example:%d/", hook), BODY, "")
                        .await())
                .hasMessage("it answered 307");
        assertThat(hook.calls()).hasSize(1);
    }

    @Test
    void failsWhereTheAnswerIsAnError() {
        TestHook hook = new TestHook(vertx, 500);

        assertThatThrownBy(() -> call().send(HttpMethod.POST, url("http://hooks.example:%d/", hook), BODY, "")
                        .await())
                .hasMessage("it answered 500");
    }

    @Test
    void failsWhereNobodyKnowsTheHost() {
        assertThatThrownBy(() -> call().send(HttpMethod.POST, WebhookUrl.of("http://nowhere.example/"), BODY, "")
                        .await())
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void failsWhereTheNameIsNotFoundInTime() {
        WebhookCall impatient = new WebhookCall(
                vertx,
                config(SHORT, List.of()),
                new HttpClientOptions(),
                host -> Promise.<List<InetAddress>>promise().future());

        assertThatThrownBy(() -> impatient
                        .send(HttpMethod.POST, WebhookUrl.of("http://slow.example/"), BODY, "")
                        .await())
                .hasMessageContaining("imeout");
    }

    @Test
    void hangsUpOnWhoDoesNotAnswer() {
        List<Boolean> ends = new CopyOnWriteArrayList<>();
        TestHook hook = new TestHook(
                        vertx,
                        new HttpServerOptions(),
                        request -> request.connection().closeHandler(gone -> ends.add(true)))
                .listen();
        WebhookCall impatient = call(SHORT, List.of("hooks.example"), new HttpClientOptions());

        assertThatThrownBy(() -> impatient
                        .send(HttpMethod.POST, url("http://hooks.example:%d/", hook), BODY, "")
                        .await())
                .isNotNull();

        Awaitility.await().until(() -> ends.size() == 1);
    }

    @Test
    void hangsUpOnWhoAnswersWithoutEnd() {
        List<Boolean> ends = new CopyOnWriteArrayList<>();
        TestHook hook = new TestHook(vertx, new HttpServerOptions(), request -> {
                    request.connection().closeHandler(gone -> ends.add(true));
                    request.response().setChunked(true).write("and then, ");
                })
                .listen();

        call().send(HttpMethod.POST, url("http://hooks.example:%d/", hook), BODY, "")
                .await();

        Awaitility.await().until(() -> ends.size() == 1);
    }

    @Test
    void hangsUpOnWhoSendsNoHttp() {
        NetServer server =
                vertx.createNetServer().connectHandler(socket -> vertx.setPeriodic(20, drop -> socket.write("x")));
        server.listen(0, "127.0.0.1").await();
        WebhookCall impatient = call(SHORT, List.of("hooks.example"), new HttpClientOptions());

        assertThatThrownBy(() -> impatient
                        .send(
                                HttpMethod.POST,
                                WebhookUrl.of("http://hooks.example:%d/".formatted(server.actualPort())),
                                BODY,
                                "")
                        .await())
                .isNotNull();
    }

    @Test
    void trustsOnlyWhoHasACertificateForTheHost() throws Exception {
        Path keys = keysOf("hooks.example");
        PfxOptions pfx = new PfxOptions().setPath(keys.toString()).setPassword("secret");
        TestHook hook = new TestHook(
                        vertx,
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(pfx),
                        request -> request.response().end())
                .listen();
        HttpClientOptions trusting = new HttpClientOptions().setTrustOptions(pfx);
        WebhookCall call = call(Duration.ofSeconds(5), List.of("hooks.example", "127.0.0.1"), trusting);

        call.send(HttpMethod.POST, url("https://hooks.example:%d/", hook), BODY, "")
                .await();
        assertThat(hook.calls()).hasSize(1);

        // The same server under another name, and for a client that knows public authorities only.
        assertThatThrownBy(() -> call.send(HttpMethod.POST, url("https://127.0.0.1:%d/", hook), BODY, "")
                        .await())
                .isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> call().send(HttpMethod.POST, url("https://hooks.example:%d/", hook), BODY, "")
                        .await())
                .isInstanceOf(SSLHandshakeException.class);
        assertThat(hook.calls()).hasSize(1);
    }

    @Test
    void asksThisMachineForNames() {
        assertThat(WebhookCall.systemNames(vertx).apply("localhost").await())
                .isNotEmpty()
                .allMatch(InetAddress::isLoopbackAddress);
    }

    private WebhookCall call() {
        return call(Duration.ofSeconds(5), List.of("hooks.example"), new HttpClientOptions());
    }

    private WebhookCall call(Duration timeout, List<String> allowed, HttpClientOptions options) {
        return new WebhookCall(vertx, config(timeout, allowed), options, this::addresses);
    }

    private static WebhookConfig config(Duration timeout, List<String> allowed) {
        return new WebhookConfig(allowed, Optional.empty(), timeout, Duration.ofSeconds(1));
    }

    private Future<List<InetAddress>> addresses(String host) {
        asked.add(host);
        try {
            if (!names.containsKey(host)) {
                throw new UnknownHostException(host);
            }
            InetAddress[] found = new InetAddress[names.get(host).size()];
            for (int i = 0; i < found.length; i++) {
                found[i] = InetAddress.getByName(names.get(host).get(i));
            }
            return Future.succeededFuture(List.of(found));
        } catch (UnknownHostException e) {
            return Future.failedFuture(e);
        }
    }

    private static WebhookUrl url(String pattern, TestHook hook) {
        return WebhookUrl.of(pattern.formatted(hook.port()));
    }

    /** @return a key with a certificate that it has signed itself */
    private Path keysOf(String host) throws IOException, InterruptedException {
        Path keys = directory.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "hook",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hook",
                        "-ext",
                        "san=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "secret")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("keytool.log")))
                .isZero();
        return keys;
    }
}
