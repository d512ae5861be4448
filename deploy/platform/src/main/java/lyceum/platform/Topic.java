package lyceum.platform;

/**
 * A kind of fact that is published to every listener in the cluster, at most once each.
 *
 * @param address where it is published, {@code lyceum.<domain>.<event>}
 * @param <T> the record that describes one such fact
 */
public record Topic<T extends Record>(String address) {}
