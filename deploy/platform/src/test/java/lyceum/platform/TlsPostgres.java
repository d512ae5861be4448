package lyceum.platform;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import lyceum.platform.embedded.EmbeddedPostgres;
import lyceum.platform.embedded.EmbeddedStore;

/** A real PostgreSQL with TLS, whose certificate is that of {@code localhost}. */
public final class TlsPostgres implements AutoCloseable {

    private final EmbeddedStore store;
    private final TestCertificate certificate;

    private TlsPostgres(EmbeddedStore store, TestCertificate certificate) {
        this.store = store;
        this.certificate = certificate;
    }

    /** @param directory an empty one */
    public static TlsPostgres start(Vertx vertx, Path directory) throws Exception {
        Path data = directory.resolve("store");
        TestCertificate certificate = TestCertificate.of("localhost", directory);
        EmbeddedStore store = EmbeddedPostgres.start(data, TestPostgres.programs(), line -> {});
        Files.copy(certificate.certificate(), data.resolve("tables/server.crt"));
        Files.copy(certificate.key(), data.resolve("tables/server.key"), StandardCopyOption.COPY_ATTRIBUTES);
        Pool pool = new Database(store.url(), "public", 1).open(vertx);
        pool.query("ALTER SYSTEM SET ssl = on").execute().await();
        pool.query("SELECT pg_reload_conf()").execute().await();
        await().until(() -> "on"
                .equals(pool.query("SHOW ssl")
                        .execute()
                        .await()
                        .iterator()
                        .next()
                        .getString(0)));
        pool.close().await();
        return new TlsPostgres(store, certificate);
    }

    /** @return the file by which its certificate is believed */
    public Path authority() {
        return certificate.certificate();
    }

    /** @return its address without a word on TLS */
    public String url() {
        return store.url();
    }

    /** @param parameters {@code sslmode=require} and the like */
    public String url(String host, String parameters) {
        return store.url().replace("127.0.0.1", host) + '?' + parameters;
    }

    @Override
    public void close() {
        store.close();
    }
}
