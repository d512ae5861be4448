package lyceum.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import lyceum.platform.LogLines;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateWatchTest {

    private static final Path CERTIFICATES = Path.of("src/test/resources/tls");
    private static final Duration INTERVAL = Duration.ofMillis(20);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final LogLines log = LogLines.of(CertificateWatch.class);
    private TlsConfig files;
    private CertificateWatch watch;
    /** Kept, for a client that nobody holds is closed. */
    private NetClient client;

    private HttpServer server;

    @BeforeEach
    void start() {
        files = new TlsConfig(directory.resolve("tls.crt"), directory.resolve("tls.key"));
        watch = new CertificateWatch(vertx, files, registry, INTERVAL);
    }

    @AfterEach
    void stop() {
        watch.close();
        log.close();
        vertx.close().await();
    }

    @Test
    void takesANewCertificateWithoutARestart() throws Exception {
        lay("first", "first");
        int port = listen();
        assertThat(shownBy(port)).isEqualTo("CN=first");

        lay("second", "second");

        await().until(() -> shownBy(port).equals("CN=second"));
        assertThat(Instant.ofEpochSecond((long) expires()))
                .isAfter(Instant.now().plus(Duration.ofDays(36_000)));
    }

    @Test
    void keepsItsCertificateWhereTheNewFilesDoNotBelongTogether() throws Exception {
        lay("first", "first");
        int port = listen();

        lay("second", "first");

        await().until(() -> log.lines().stream().anyMatch(line -> line.contains("the gateway keeps its certificate")));
        assertThat(log.lines())
                .filteredOn(line -> line.contains("keeps"))
                .singleElement()
                .asString()
                .endsWith("tls.key' is not the RSA or EC key of the certificate, in PEM and not encrypted");
        assertThat(shownBy(port)).isEqualTo("CN=first");
        lay("second", "second");
        await().until(() -> shownBy(port).equals("CN=second"));
    }

    @Test
    void speaksNeitherOldTlsNorHttp2() throws Exception {
        lay("first", "first");
        int port = listen();

        assertThatThrownBy(() ->
                        connect(port, new NetClientOptions().setEnabledSecureTransportProtocols(Set.of("TLSv1.1"))))
                .isInstanceOf(Exception.class);
        NetSocket socket = connect(
                port, new NetClientOptions().setUseAlpn(true).setApplicationLayerProtocols(List.of("h2", "http/1.1")));
        assertThat(socket.applicationLayerProtocol()).isEqualTo("http/1.1");
    }

    @Test
    void warnsOfACertificateThatHasExpired() throws Exception {
        lay("expired", "expired");

        watch.first().await();

        assertThat(log.lines()).containsExactly("the certificate of the gateway has expired at 2021-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first.pem  | second.key     | LYCEUM_TLS_KEY: '%s/tls.key' is not the RSA or EC key of the certificate, in PEM and not encrypted",
                "first.pem  | expired.key    | LYCEUM_TLS_KEY: '%s/tls.key' is not the RSA or EC key of the certificate, in PEM and not encrypted",
                "second.pem | first.key      | LYCEUM_TLS_KEY: '%s/tls.key' is not the RSA or EC key of the certificate, in PEM and not encrypted",
                "first.key  | first.key      | LYCEUM_TLS_CERTIFICATE: '%s/tls.crt' has no certificate in PEM",
                "README.md  | first.key      | LYCEUM_TLS_CERTIFICATE: '%s/tls.crt' has no certificate in PEM",
                "first.pem  | first.pem      | LYCEUM_TLS_KEY: '%s/tls.key' is not the RSA or EC key of the certificate, in PEM and not encrypted",
                "first.pem  | other-kind.key | LYCEUM_TLS_KEY: '%s/tls.key' is not the RSA or EC key of the certificate, in PEM and not encrypted",
                "first.pem  | encrypted.key  | LYCEUM_TLS_KEY: '%s/tls.key' is not the RSA or EC key of the certificate, in PEM and not encrypted"
            })
    void namesTheFileThatIsWrong(String certificate, String key, String text) throws Exception {
        Files.copy(CERTIFICATES.resolve(certificate), files.certificate());
        Files.copy(CERTIFICATES.resolve(key), files.key());

        assertThatThrownBy(() -> watch.first().await())
                .isInstanceOf(WrongSetting.class)
                .hasMessage(text.formatted(directory));
    }

    @Test
    void namesAFileThatIsNotThereAndOneThatIsTooLong() throws Exception {
        Files.write(files.certificate(), new byte[300_000]);

        assertThatThrownBy(() -> watch.first().await())
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_TLS_CERTIFICATE: '%s' is longer than a PEM file".formatted(files.certificate()));
        Files.copy(CERTIFICATES.resolve("first.pem"), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> watch.first().await())
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_TLS_KEY: '%s' cannot be read (NoSuchFileException)".formatted(files.key()));
    }

    private void lay(String certificate, String key) throws IOException {
        Files.write(files.certificate(), Files.readAllBytes(CERTIFICATES.resolve(certificate + ".pem")));
        Files.write(files.key(), Files.readAllBytes(CERTIFICATES.resolve(key + ".key")));
    }

    /** @return the port of a server that has the certificate, and follows it */
    private int listen() {
        ServerSSLOptions tls = watch.first().await();
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                        .setKeyCertOptions(tls.getKeyCertOptions())
                        .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols()))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .await();
        watch.follow(List.of(server::updateSSLOptions));
        return server.actualPort();
    }

    private double expires() {
        return registry.get("lyceum.gateway.tls.expires").gauge().value();
    }

    private NetSocket connect(int port, NetClientOptions options) {
        client = vertx.createNetClient(options.setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm(""));
        return client.connect(port, "127.0.0.1").await();
    }

    private String shownBy(int port) throws SSLPeerUnverifiedException {
        NetSocket socket = connect(port, new NetClientOptions());
        Certificate shown = socket.peerCertificates().get(0);
        socket.close().await();
        return ((X509Certificate) shown).getSubjectX500Principal().getName();
    }
}
