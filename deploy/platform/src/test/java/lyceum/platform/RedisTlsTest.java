package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS to a Redis that stands behind what ends it, as at most providers; the certificate is that of localhost. */
class RedisTlsTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private TestCertificate trusted;
    private String plain;
    private int port;

    @BeforeEach
    void start() throws Exception {
        trusted = TestCertificate.of("localhost", directory);
        plain = TestRedis.freshDatabase(vertx);
        int behind = URI.create(plain).getPort();
        NetClient client = vertx.createNetClient();
        NetServer server = vertx.createNetServer(
                new NetServerOptions().setHost("127.0.0.1").setSsl(true).setKeyCertOptions(trusted.options()));
        server.connectHandler(socket -> {
            socket.pause();
            client.connect(behind, "127.0.0.1")
                    .onSuccess(redis -> join(socket, redis))
                    .onFailure(error -> socket.close());
        });
        port = server.listen(0).await().actualPort();
    }

    private static void join(NetSocket one, NetSocket other) {
        one.pipeTo(other);
        other.pipeTo(one);
        one.resume();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void believesTheAuthorityThatIsNamed() {
        assertThat(echo(url("localhost", "?sslrootcert=" + trusted.certificate())))
                .isEqualTo("hello");
    }

    @Test
    void refusesACertificateOfAnotherHost() {
        String url = url("127.0.0.1", "?sslrootcert=" + trusted.certificate());

        assertThatThrownBy(() -> echo(url)).hasStackTraceContaining("CertificateException");
    }

    @Test
    void refusesAnAuthorityThatTheJvmDoesNotKnow() {
        assertThatThrownBy(() -> echo(url("localhost", ""))).hasStackTraceContaining("CertPathBuilderException");
    }

    @Test
    void isNotEncryptedWhereNobodyAsksForIt() {
        assertThat(echo(plain)).isEqualTo("hello");
    }

    private String url(String host, String parameters) {
        URI uri = URI.create(plain);
        return "rediss://%s@%s:%d%s%s".formatted(uri.getUserInfo(), host, port, uri.getPath(), parameters);
    }

    private String echo(String url) {
        Redis client = Redis.createClient(vertx, RedisAddress.options(url));
        try {
            return client.send(Request.cmd(Command.ECHO).arg("hello")).await().toString();
        } finally {
            client.close().await();
        }
    }
}
