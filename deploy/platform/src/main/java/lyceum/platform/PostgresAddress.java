package lyceum.platform;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;

/**
 * How a PostgreSQL is reached: what its address says of TLS means what it means to PostgreSQL's own clients (documentation,
 * section 34.19), but that without {@code sslrootcert} those are believed whom the JVM believes.
 */
public final class PostgresAddress {

    private PostgresAddress() {}

    /** @param url as {@code LYCEUM_POSTGRES_URL} has it */
    public static PgConnectOptions options(String url) {
        StoreAddress address = StoreAddress.of(url);
        PgConnectOptions options = PgConnectOptions.fromUri(address.url());
        if (options.getSslMode() == SslMode.REQUIRE && address.authorities().isPresent()) {
            // Who names an authority wants it to be asked.
            options.setSslMode(SslMode.VERIFY_CA);
        }
        ClientSSLOptions tls = new ClientSSLOptions();
        return switch (options.getSslMode()) {
            case DISABLE -> options;
            case ALLOW, PREFER, REQUIRE ->
                options.setSslOptions(tls.setTrustAll(true).setHostnameVerificationAlgorithm(""));
            case VERIFY_CA ->
                options.setSslOptions(tls.setTrustOptions(address.trust()).setHostnameVerificationAlgorithm(""));
            case VERIFY_FULL ->
                options.setSslOptions(tls.setTrustOptions(address.trust()).setHostnameVerificationAlgorithm("HTTPS"));
        };
    }
}
