package lyceum.sandbox.internal;

import io.vertx.core.Future;
import java.util.List;

/** Something that makes containers. Lives on one context. */
interface Containers {

    /** @return done when it can make containers, and those of services that died are gone; fails with one line */
    Future<Void> prepare();

    /** @return a new container in which nobody has run anything */
    Future<Container> build(Room room);

    /** How they are kept. */
    ContainerConfig config();

    /** @return the kernel that must answer in them, {@code gVisor}, or empty for any */
    String kernel();

    /** @return hosts and ports that nobody in them may reach, one after the other; none where they have no network */
    Future<List<String>> forbidden();

    /** @return one clause that names it */
    String text();

    /** Lets go of connections; the last call. */
    void close();
}
