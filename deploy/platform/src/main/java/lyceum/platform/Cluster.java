package lyceum.platform;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/**
 * Joins processes to one event bus with Hazelcast: by a list of addresses or by DNS, never by multicast. We drain and
 * leave by ourselves, so Hazelcast's own shutdown hook is off; so is its calling home.
 */
public final class Cluster {

    private Cluster() {}

    /**
     * @param options of this process; where its event bus listens is added here
     * @return Vert.x as a member of the cluster
     */
    public static Future<Vertx> join(VertxBuilder builder, VertxOptions options, ClusterConfig config) {
        options.getEventBusOptions().setHost(config.host()).setClusterPublicHost(config.host());
        return builder.with(options)
                .withClusterManager(new HazelcastClusterManager(hazelcast(config)))
                .buildClustered();
    }

    private static Config hazelcast(ClusterConfig config) {
        Config hazelcast = ConfigUtil.loadConfig();
        hazelcast.setClusterName("lyceum");
        hazelcast.setProperty("hazelcast.phone.home.enabled", "false");
        hazelcast.setProperty("hazelcast.wait.seconds.before.join", "0");
        hazelcast.setProperty("hazelcast.shutdownhook.enabled", "false");
        hazelcast.setProperty("hazelcast.logging.type", "slf4j");
        NetworkConfig network = hazelcast.getNetworkConfig();
        network.setPort(config.port()).setPortAutoIncrement(true);
        network.setPublicAddress(config.serviceDns().isPresent() ? null : config.host());
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        if (config.serviceDns().isPresent()) {
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", config.serviceDns().get());
        } else {
            network.getInterfaces().setEnabled(true).addInterface(config.host());
            join.getTcpIpConfig().setEnabled(true).setMembers(config.members());
        }
        return hazelcast;
    }
}
