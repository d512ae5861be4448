package lyceum.platform.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.cluster.Joiner;
import com.hazelcast.internal.cluster.impl.DiscoveryJoiner;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import com.hazelcast.nio.MemberSocketInterceptor;
import java.util.Collection;
import java.util.Optional;

/**
 * What a member of ours does otherwise than Hazelcast's: it lets only members connect, where there is a secret (Hazelcast has
 * a place for that, a socket interceptor, but its free edition does not read it from the configuration), and it is connected
 * before it speaks.
 */
final class MemberContext extends DefaultNodeContext {

    private final Optional<MemberHandshake> handshake;

    /** @param handshake that each connection begins with; none where the network is trusted */
    MemberContext(Optional<MemberHandshake> handshake) {
        this.handshake = handshake;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new DefaultNodeExtension(node) {
            @Override
            public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
                return handshake
                        .map(MemberSocketInterceptor.class::cast)
                        .orElseGet(() -> super.getSocketInterceptor(endpoint));
            }
        };
    }

    @Override
    public Joiner createJoiner(Node node) {
        boolean isListed =
                node.getConfig().getNetworkConfig().getJoin().getTcpIpConfig().isEnabled();
        return isListed ? new ListedMembers(node) : new DiscoveredMembers(node);
    }

    private static Collection<Address> addresses(Node node) {
        return node.getClusterService().getMembers().stream()
                .map(Member::getAddress)
                .toList();
    }

    /** Finds members by the list of addresses. */
    private static final class ListedMembers extends TcpIpJoiner {

        private final Connections connections;

        ListedMembers(Node node) {
            super(node);
            this.connections = new Connections(node);
        }

        @Override
        public void doJoin() {
            connections.await(getPossibleAddresses());
            super.doJoin();
            connections.await(addresses(node));
        }
    }

    /** Finds members by DNS. */
    private static final class DiscoveredMembers extends DiscoveryJoiner {

        private final Connections connections;

        DiscoveredMembers(Node node) {
            super(node, node.getDiscoveryService(), false);
            this.connections = new Connections(node);
        }

        /** Hazelcast asks DNS for as long as it is to wait before it joins; that is not at all, so it would never ask. */
        @Override
        protected Collection<Address> getPossibleAddressesForInitialJoin() {
            return getPossibleAddresses();
        }

        @Override
        public void doJoin() {
            connections.await(getPossibleAddresses());
            super.doJoin();
            connections.await(addresses(node));
        }
    }
}
