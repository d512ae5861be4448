package lyceum.gateway.live;

import java.util.Optional;

/** Which namespaces of socket.io there are, and what is done in each. */
@FunctionalInterface
public interface LiveNamespaces {

    /** @return what is done in the namespace, or empty where there is no such one; {@code /} is that of every socket */
    Optional<LiveListener> find(String namespace);
}
