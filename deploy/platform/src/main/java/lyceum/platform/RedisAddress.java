package lyceum.platform;

import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisOptions;

/** How a Redis is reached: with {@code rediss://} over TLS, by its name and signed by one who is believed. */
public final class RedisAddress {

    private static final String WITH_TLS = "rediss://";

    private RedisAddress() {}

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
}
