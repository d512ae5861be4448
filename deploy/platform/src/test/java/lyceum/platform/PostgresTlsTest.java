package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTlsTest {

    private static final String IS_ENCRYPTED = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    /** The driver does not tell why. */
    private static final String REFUSED = "SSL handshake failed";

    @TempDir
    static Path directory;

    @TempDir
    Path elsewhere;

    private static Vertx vertx;
    private static TlsPostgres server;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        server = TlsPostgres.start(vertx, directory);
    }

    @AfterAll
    static void stop() {
        server.close();
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefer", "require"})
    void isEncryptedWithoutALookAtTheCertificate(String mode) {
        assertThat(isEncrypted(server.url("127.0.0.1", "sslmode=" + mode))).isTrue();
    }

    @Test
    void isNotEncryptedWhereNobodyAsksForIt() {
        assertThat(isEncrypted(server.url())).isFalse();
        assertThat(isEncrypted(server.url("127.0.0.1", "sslmode=allow"))).isFalse();
    }

    @Test
    void believesTheAuthorityThatIsNamed() {
        String authority = "sslrootcert=" + server.authority();

        assertThat(isEncrypted(server.url("localhost", "sslmode=verify-full&" + authority)))
                .isTrue();
        assertThat(isEncrypted(server.url("127.0.0.1", authority + "&sslmode=verify-ca")))
                .isTrue();
    }

    @Test
    void refusesACertificateOfAnotherHost() {
        String url = server.url("127.0.0.1", "sslmode=verify-full&sslrootcert=" + server.authority());

        assertThatThrownBy(() -> isEncrypted(url)).hasMessage(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void refusesAnAuthorityThatTheJvmDoesNotKnow(String mode) {
        assertThatThrownBy(() -> isEncrypted(server.url("localhost", "sslmode=" + mode)))
                .hasMessage(REFUSED);
    }

    @Test
    void looksAtTheCertificateWhereAnAuthorityIsNamed() throws Exception {
        Path other = TestCertificate.of("elsewhere", elsewhere).certificate();
        String url = server.url("localhost", "sslmode=require&sslrootcert=" + other);

        assertThat(PostgresAddress.options(url).getSslMode()).isEqualTo(SslMode.VERIFY_CA);
        assertThatThrownBy(() -> isEncrypted(url)).hasMessage(REFUSED);
    }

    private static boolean isEncrypted(String url) {
        Pool pool = new Database(url, "public", 1).open(vertx);
        try {
            return pool.query(IS_ENCRYPTED).execute().await().iterator().next().getBoolean(0);
        } finally {
            pool.close().await();
        }
    }
}
