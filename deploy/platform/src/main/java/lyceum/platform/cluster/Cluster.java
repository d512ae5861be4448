package lyceum.platform.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.NodeContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import java.time.Duration;
import java.util.UUID;

/**
 * Joins processes to one event bus with Hazelcast: by a list of addresses or by DNS, never by multicast. We drain and
 * leave by ourselves, so Hazelcast's own shutdown hook is off; so is its calling home.
 */
public final class Cluster {

    /** Two round trips; a member that pauses for so long is joined at the next attempt. */
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(3);

    /** So many signs of life must fail to come. */
    private static final int SIGNS_IN_SILENCE = 5;

    /** By which Vert.x finds its nodes among the members, HazelcastClusterManager.NODE_ID_ATTRIBUTE. */
    private static final String NODE_ID = "__vertx.nodeId";

    private Cluster() {}

    /**
     * @param options of this process; where its event bus listens is added here, and how it is protected
     * @return Vert.x as a member of the cluster
     */
    public static Future<Vertx> join(VertxBuilder builder, VertxOptions options, ClusterConfig config) {
        EventBusOptions bus = options.getEventBusOptions()
                .setHost(config.host())
                .setClusterPublicHost(config.host())
                .setPort(config.busPort());
        // Whoever has no secret does not load the classes that make certificates of one.
        config.secret().ifPresent(secret -> BusIdentity.of(secret).protect(bus));
        return member(config)
                .compose(member -> builder.with(options)
                        .withClusterManager(new OwnMember(member))
                        .buildClustered()
                        .onFailure(error -> member.getLifecycleService().terminate()));
    }

    /** Blocks for seconds, and there is no Vert.x yet that has a thread for it. */
    private static Future<HazelcastInstance> member(ClusterConfig config) {
        Promise<HazelcastInstance> joined = Promise.promise();
        Thread joining = new Thread(
                () -> {
                    try {
                        joined.complete(HazelcastInstanceFactory.newHazelcastInstance(
                                hazelcast(config), null, context(config)));
                    } catch (RuntimeException | Error e) {
                        // Whatever it is: who waits for it must hear of it.
                        joined.fail(e);
                    }
                },
                "lyceum-join");
        joining.start();
        return joined.future();
    }

    private static NodeContext context(ClusterConfig config) {
        return new MemberContext(config.secret().map(secret -> new MemberHandshake(secret, HANDSHAKE_LIMIT)));
    }

    /**
     * What {@code default-cluster.xml} of vertx-hazelcast says of maps are Hazelcast's own defaults: one backup, and sets of
     * values. Reading it would cost half a second, for Hazelcast holds it against its schema.
     */
    private static Config hazelcast(ClusterConfig config) {
        Config hazelcast = new Config();
        hazelcast.setClusterName("lyceum");
        hazelcast
                .getMemberAttributeConfig()
                .setAttribute(NODE_ID, UUID.randomUUID().toString());
        hazelcast.setProperty("hazelcast.phone.home.enabled", "false");
        hazelcast.setProperty("hazelcast.wait.seconds.before.join", "0");
        hazelcast.setProperty("hazelcast.shutdownhook.enabled", "false");
        hazelcast.setProperty("hazelcast.logging.type", "slf4j");
        setTimes(hazelcast, config.silence());
        hazelcast.getSerializationConfig().setJavaSerializationFilterConfig(onlyOurs());
        NetworkConfig network = hazelcast.getNetworkConfig();
        network.setPort(config.port()).setPortAutoIncrement(true);
        network.setPublicAddress(config.serviceDns().isPresent() ? null : config.host());
        network.setSocketInterceptorConfig(
                new SocketInterceptorConfig().setEnabled(config.secret().isPresent()));
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        if (config.serviceDns().isPresent()) {
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", config.serviceDns().get())
                    .setProperty("service-port", Integer.toString(config.port()));
        } else {
            network.getInterfaces().setEnabled(true).addInterface(config.host());
            join.getTcpIpConfig().setEnabled(true).setMembers(config.members());
        }
        return hazelcast;
    }

    /**
     * How long it takes to see that the network is cut, and that it is whole again. Hazelcast's own numbers, a minute for the
     * one and five for the other, would be a lesson. Who has only been paused comes back in the same way.
     */
    private static void setTimes(Config hazelcast, Duration silence) {
        String interval = Long.toString(Math.max(1, silence.toSeconds() / SIGNS_IN_SILENCE));
        String merge = Long.toString(silence.toSeconds());
        hazelcast.setProperty("hazelcast.heartbeat.interval.seconds", interval);
        hazelcast.setProperty("hazelcast.max.no.heartbeat.seconds", Long.toString(silence.toSeconds()));
        hazelcast.setProperty("hazelcast.merge.first.run.delay.seconds", merge);
        hazelcast.setProperty("hazelcast.merge.next.run.delay.seconds", merge);
    }

    /** What members send each other as Java objects is Hazelcast's and Vert.x's; nothing else is ever made of bytes. */
    private static JavaSerializationFilterConfig onlyOurs() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        filter.getWhitelist()
                .addPrefixes("com.hazelcast.", "io.vertx.spi.cluster.hazelcast.", "java.lang.", "java.util.", "[");
        return filter;
    }
}
