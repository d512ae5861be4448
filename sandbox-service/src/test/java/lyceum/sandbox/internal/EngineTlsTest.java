package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine on another machine, as far as TLS is concerned. */
class EngineTlsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    private final Vertx vertx = Vertx.vertx();
    private final ContainerHarness harness = new ContainerHarness(vertx);
    private final ContainerHarness.Notes notes = new ContainerHarness.Notes();

    @TempDir
    private Path ours;

    @TempDir
    private Path strangers;

    private EngineStandIn engine;

    @BeforeEach
    void startEngine() throws Exception {
        writeCertificates(ours);
        writeCertificates(strangers);
        NetServerOptions options = new NetServerOptions()
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertPath(ours + "/ca.pem"))
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertPath(ours + "/cert.pem").addKeyPath(ours + "/key.pem"));
        engine = new EngineStandIn(vertx, SocketAddress.inetSocketAddress(0, "127.0.0.1"), options);
    }

    @AfterEach
    void stop() {
        engine.close();
        vertx.close().await();
    }

    @Test
    void runsAProgramBehindTls() {
        Cells cells = harness.on(() -> ContainerCells.ofEngine(vertx, config(ours)));
        Task task = ContainerHarness.program("echo", "hello").task();
        Cell cell = harness.on(() -> cells.open(task));

        harness.on(() -> cell.run(task.program(), notes));

        assertThat(notes.out()).isEqualTo("hello\n");
        harness.on(cells::close);
    }

    @Test
    void refusesAnEngineThatItDoesNotTrust() {
        assertThatThrownBy(() -> harness.on(() -> ContainerCells.ofEngine(vertx, config(strangers))))
                .hasRootCauseInstanceOf(GeneralSecurityException.class);
    }

    private EngineConfig config(Path certificates) {
        return EngineConfig.from(new Settings(Map.of(
                "LYCEUM_SANDBOX_ENGINE_URL",
                "tcp://127.0.0.1:" + engine.port(),
                "LYCEUM_SANDBOX_ENGINE_CERTS",
                certificates.toString(),
                "LYCEUM_SANDBOX_ENGINE_POOL",
                "0")));
    }

    private static void writeCertificates(Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("store");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=engine",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD);
        }
        byte[] certificate = keys.getCertificate("key").getEncoded();
        write(directory.resolve("cert.pem"), "CERTIFICATE", certificate);
        write(directory.resolve("ca.pem"), "CERTIFICATE", certificate);
        write(
                directory.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("key", PASSWORD).getEncoded());
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text));
    }
}
