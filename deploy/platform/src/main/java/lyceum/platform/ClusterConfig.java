package lyceum.platform;

import java.util.List;
import java.util.Optional;

/**
 * How a process finds the others of its cluster.
 *
 * @param host the address of this process that the others can reach
 * @param port where it is listened to, or the next free one above
 * @param members addresses to look for others at, {@code host} or {@code host:port}
 * @param serviceDns the name of a headless service whose addresses are the members (Kubernetes)
 */
public record ClusterConfig(String host, int port, List<String> members, Optional<String> serviceDns) {

    /** Reads {@code LYCEUM_CLUSTER_*}. */
    public static ClusterConfig from(Settings settings) {
        return new ClusterConfig(
                settings.text("LYCEUM_CLUSTER_HOST", "127.0.0.1", "Address of this process inside the cluster"),
                settings.port("LYCEUM_CLUSTER_PORT", 5701, "Port inside the cluster; the next free one is taken"),
                settings.list(
                        "LYCEUM_CLUSTER_MEMBERS", "127.0.0.1", "Where other processes are looked for, with commas"),
                settings.optionalText(
                        "LYCEUM_CLUSTER_SERVICE_DNS", "Headless service whose addresses are the members (Kubernetes)"));
    }
}
