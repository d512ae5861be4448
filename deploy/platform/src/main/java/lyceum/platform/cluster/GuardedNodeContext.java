package lyceum.platform.cluster;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.nio.MemberSocketInterceptor;

/**
 * A member that lets only members connect. Hazelcast has a place for that, a socket interceptor, but its free edition does
 * not read it from the configuration.
 */
final class GuardedNodeContext extends DefaultNodeContext {

    private final MemberHandshake handshake;

    GuardedNodeContext(MemberHandshake handshake) {
        this.handshake = handshake;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new DefaultNodeExtension(node) {
            @Override
            public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
                return handshake;
            }
        };
    }
}
