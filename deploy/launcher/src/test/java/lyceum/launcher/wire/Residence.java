package lyceum.launcher.wire;

import java.util.List;

/** Where a house lives: in this JVM, or in processes of its own. */
interface Residence extends AutoCloseable {

    /** @return where clients come to, one port for each gateway */
    List<Integer> httpPorts();

    /** @return where the operator comes to, one port for each process */
    List<Integer> managementPorts();

    @Override
    void close();
}
