package lyceum.platform;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.impl.RedisURI;
import java.util.Objects;

/** How a Redis is reached: with {@code rediss://} over TLS, by its name and signed by one who is believed. */
public final class RedisAddress {

    private static final String WITH_TLS = "rediss://";

    private RedisAddress() {}

    /**
     * How one is let in without a client of Redis.
     *
     * @param options of the connection, for whoever asked
     * @param user empty for that of all who have a password only
     * @param password empty for nobody in particular
     * @param database its number
     */
    public record Login(SocketAddress address, NetClientOptions options, String user, String password, int database) {

        /** Without the password, which no log may have. */
        @Override
        public String toString() {
            return "Login[" + address + ']';
        }
    }

    /**
     * @param url as {@code LYCEUM_REDIS_URL} has it
     * @return for the second version of the protocol, in which answers have one shape, inside of a transaction too
     */
    public static RedisOptions options(String url) {
        StoreAddress address = StoreAddress.of(url);
        RedisOptions options = new RedisOptions()
                .setConnectionString(address.url())
                .setPreferredProtocolVersion(ProtocolVersion.RESP2);
        if (url.startsWith(WITH_TLS)) {
            options.getNetClientOptions()
                    .setSsl(true)
                    .setTrustOptions(address.trust())
                    .setHostnameVerificationAlgorithm("HTTPS");
        }
        return options;
    }

    /** @param url as {@link #options} */
    public static Login login(String url) {
        RedisURI uri = new RedisURI(StoreAddress.of(url).url());
        return new Login(
                uri.socketAddress(),
                options(url).getNetClientOptions(),
                Objects.requireNonNullElse(uri.user(), ""),
                Objects.requireNonNullElse(uri.password(), ""),
                Objects.requireNonNullElse(uri.select(), 0));
    }
}
