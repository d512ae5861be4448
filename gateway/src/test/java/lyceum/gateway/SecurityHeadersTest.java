package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers tell browsers, and what the cookie does, plainly, by TLS, and behind a proxy that has TLS. */
class SecurityHeadersTest {

    private static final Path CERTIFICATES = Path.of("src/test/resources/tls").toAbsolutePath();

    private TestGateway gateway;
    /** Kept, for a client that nobody holds is closed. */
    private NetClient encoders;

    private WebClient browser;

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nope", "/ping", "/streams", "/docs", "/mjpeg/a", "/hls/a/index.m3u8", "/nope?a=%zz", "/%"})
    void areOnEveryAnswer(String path) {
        gateway = new TestGateway(Map.of());

        HttpResponse<Buffer> response = gateway.get(path).send().await();

        assertThat(response.headers().getAll("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.getHeader("Referrer-Policy")).isIn("same-origin", "no-referrer");
        assertThat(response.getHeader("Strict-Transport-Security")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mjpeg/a", "/hls/a/index.m3u8", "/recordings/static/a/b.mp4", "/ping"})
    void leaveWhatOtherPagesShowToThem(String path) {
        gateway = new TestGateway(Map.of());

        HttpResponse<Buffer> response = gateway.get(path).send().await();

        assertThat(response.getHeader("Cross-Origin-Resource-Policy")).isNull();
        assertThat(response.getHeader("Cross-Origin-Opener-Policy")).isNull();
        assertThat(response.getHeader("X-Frame-Options")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/watch/a"})
    void keepPagesOfOursInTheirOwnOrigin(String path) {
        gateway = new TestGateway(Map.of());

        HttpResponse<Buffer> response = gateway.get(path).send().await();

        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("frame-ancestors");
        assertThat(response.getHeader("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(response.getHeader("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, https,        lyceum.example, true",
        "127.0.0.1, 'HTTPS, http', lyceum.example, true",
        "127.0.0.1, http,         lyceum.example, false",
        "127.0.0.1, 'http, https', lyceum.example, false",
        "127.0.0.1, '',           lyceum.example, false",
        "127.0.0.1, https,        localhost:8080, false",
        "127.0.0.1, https,        a.localhost,    false",
        "10.0.0.1,  https,        lyceum.example, false"
    })
    void askForTlsWhereATrustedProxyHasIt(String proxy, String scheme, String host, boolean isAsked) {
        gateway = new TestGateway(Map.of("LYCEUM_TRUSTED_PROXIES", proxy));

        HttpResponse<Buffer> response = gateway.get("/ping")
                .putHeader("X-Forwarded-Proto", scheme)
                .putHeader("Host", host)
                .send()
                .await();

        assertThat(response.getHeader("Strict-Transport-Security")).isEqualTo(isAsked ? "max-age=31536000" : null);
    }

    @Test
    void areThereByTlsToo() {
        gateway = withTls(Map.of());

        HttpResponse<Buffer> response =
                byTls("/docs").putHeader("Host", "lyceum.example").send().await();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Strict-Transport-Security")).isEqualTo("max-age=31536000");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(gateway.meters.get("lyceum.gateway.tls.expires").gauge().value())
                .isPositive();
    }

    @Test
    void markTheCookieForTlsWhereItWasAskedForByTls() {
        gateway = withTls(Map.of());

        assertThat(logIn(byTls(HttpMethod.POST, "/token")).getHeader("Set-Cookie"))
                .endsWith("; SameSite=lax; Secure");
    }

    @ParameterizedTest
    @CsvSource({"https, true", "http, false"})
    void markTheCookieForTlsWhereATrustedProxyHasIt(String scheme, boolean isSecure) {
        gateway = new TestGateway(Map.of("LYCEUM_TRUSTED_PROXIES", "127.0.0.1"));

        HttpResponse<Buffer> response =
                logIn(gateway.request(HttpMethod.POST, "/token").putHeader("X-Forwarded-Proto", scheme));

        assertThat(response.getHeader("Set-Cookie").endsWith("; Secure")).isEqualTo(isSecure);
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    /** The answer to a greeting of RTMP begins with its version; so does ours by TLS. */
    @Test
    void leaveEncodersTheSameCertificate() {
        gateway = withTls(Map.of("LYCEUM_RTMP_PORT", "off", "LYCEUM_RTMPS_PORT", "0"));
        Promise<Buffer> answer = Promise.promise();

        encoders = gateway.vertx.createNetClient(
                new NetClientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm(""));
        NetSocket encoder = encoders.connect(gateway.rtmpsPort(), "127.0.0.1").await();
        encoder.handler(answer::tryComplete);
        encoder.write(Buffer.buffer(new byte[] {3}).appendBytes(new byte[1536]));

        assertThat(answer.future().await().getByte(0)).isEqualTo((byte) 3);
    }

    private static HttpResponse<Buffer> logIn(HttpRequest<Buffer> request) {
        return request.sendForm(MultiMap.caseInsensitiveMultiMap()
                        .add("username", "ada")
                        .add("password", "ada"))
                .await();
    }

    private TestGateway withTls(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("LYCEUM_TLS_CERTIFICATE", CERTIFICATES.resolve("first.pem").toString());
        all.put("LYCEUM_TLS_KEY", CERTIFICATES.resolve("first.key").toString());
        return new TestGateway(all);
    }

    private HttpRequest<Buffer> byTls(String path) {
        return byTls(HttpMethod.GET, path);
    }

    private HttpRequest<Buffer> byTls(HttpMethod method, String path) {
        browser = WebClient.create(
                gateway.vertx,
                new WebClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
        return browser.request(method, gateway.port(), "127.0.0.1", path);
    }
}
