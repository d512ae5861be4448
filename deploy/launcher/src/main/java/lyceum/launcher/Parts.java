package lyceum.launcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lyceum.platform.Readiness;

/**
 * What a verticle can be made of, beside its settings.
 *
 * @param readiness where it adds its checks
 * @param meters get what it counts
 * @param postgresUrl where tables are, empty if it does not need {@link Store#POSTGRES}
 * @param redisUrl where streams are, empty if it does not need {@link Store#REDIS}
 */
record Parts(Readiness readiness, MeterRegistry meters, String postgresUrl, String redisUrl) {

    /** @return parts for a verticle that is never deployed */
    static Parts ofRehearsal() {
        return ofStores("", "");
    }

    /** @return parts for what is made of stores alone */
    static Parts ofStores(String postgresUrl, String redisUrl) {
        return new Parts(new Readiness(), new SimpleMeterRegistry(), postgresUrl, redisUrl);
    }
}
