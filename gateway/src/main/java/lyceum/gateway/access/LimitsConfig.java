package lyceum.gateway.access;

import lyceum.gateway.connection.ConnectionConfig;
import lyceum.gateway.rate.RateConfig;
import lyceum.platform.Settings;

/**
 * How much the gateway lets through.
 *
 * @param routeConcurrency requests of one domain under way at once
 * @param connections what clients may keep open, and how long they may keep the gateway waiting
 * @param rates how often clients may ask
 * @param redisUrl where gateways count together who asks how often; empty where each counts for itself
 */
public record LimitsConfig(int routeConcurrency, ConnectionConfig connections, RateConfig rates, String redisUrl) {

    /**
     * @param redisUrl where gateways count together; empty where each counts for itself
     * @return the configuration; or a {@link lyceum.platform.Settings.WrongSetting} that names the key
     */
    public static LimitsConfig from(Settings settings, String redisUrl) {
        return new LimitsConfig(
                settings.number(
                        "LYCEUM_ROUTE_CONCURRENCY",
                        512,
                        1,
                        1_000_000,
                        "requests of one domain (lessons, code, media, video, streams, social, grading, accounts) under"
                                + " way at this gateway; what is above is told 503"),
                ConnectionConfig.from(settings),
                RateConfig.from(settings),
                redisUrl);
    }
}
