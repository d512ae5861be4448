package lyceum.platform.management;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.Arrays;

/**
 * Has times of somebody else's timer counted in classes, so that Prometheus can tell how many took too long.
 *
 * @param name of the timer
 * @param ends upper ends of the classes
 */
record Steps(String name, Duration... ends) implements MeterFilter {

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (!id.getName().equals(name)) {
            return config;
        }
        double[] nanos = Arrays.stream(ends).mapToDouble(Duration::toNanos).toArray();
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(nanos)
                .build()
                .merge(config);
    }
}
