package lyceum.platform.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.server.ServerConnectionManager;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;

/**
 * The connections of a member that joins. Hazelcast's joiner speaks to members before it is connected to them, which nobody
 * hears, and tries again a second later: once to find the master, once to greet the others. Both seconds are saved by being
 * connected first.
 */
final class Connections {

    /** Who is not reached by then is left to Hazelcast's own attempts. */
    private static final long LIMIT_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

    private final Node node;

    /** @param node whose connections these are */
    Connections(Node node) {
        this.node = node;
    }

    /** Blocks until this member is connected to each address, or knows that nobody listens there, or the limit has passed. */
    void await(Collection<Address> addresses) {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!addresses.stream().allMatch(this::isSettled) && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean isSettled(Address address) {
        ServerConnectionManager connections = node.getServer().getConnectionManager(EndpointQualifier.MEMBER);
        return address.equals(node.getThisAddress())
                || node.getJoiner().isBlacklisted(address)
                || connections.getOrConnect(address) != null;
    }
}
