package lyceum.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import lyceum.platform.TlsPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS as services have it, of which another driver than theirs is told. */
class DatabaseStoreTest {

    private static final String IS_ENCRYPTED = "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    @TempDir
    static Path directory;

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

    @Test
    void isEncryptedWhereTheAddressSaysSo() throws SQLException {
        String authority = "&sslrootcert=" + server.authority();

        assertThat(isEncrypted(server.url())).containsExactly("false");
        assertThat(isEncrypted(server.url("127.0.0.1", "sslmode=require"))).containsExactly("true");
        assertThat(isEncrypted(server.url("127.0.0.1", "sslmode=verify-ca" + authority)))
                .containsExactly("true");
        assertThat(isEncrypted(server.url("localhost", "sslmode=verify-full" + authority)))
                .containsExactly("true");
    }

    @Test
    void refusesACertificateThatNobodyBelieves() {
        String ofAnotherHost = server.url("127.0.0.1", "sslmode=verify-full&sslrootcert=" + server.authority());

        assertThatThrownBy(() -> isEncrypted(ofAnotherHost)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> isEncrypted(server.url("localhost", "sslmode=verify-full")))
                .hasStackTraceContaining("CertPathBuilderException");
    }

    private static List<String> isEncrypted(String url) throws SQLException {
        try (DatabaseStore store = DatabaseStore.open(url)) {
            return store.texts(IS_ENCRYPTED);
        }
    }
}
