package lyceum.launcher.wire;

import java.util.List;
import lyceum.launcher.Suite;

/** A house in this JVM. */
record Indoors(Suite suite) implements Residence {

    @Override
    public List<Integer> httpPorts() {
        return List.of(suite.httpPort());
    }

    @Override
    public List<Integer> managementPorts() {
        return List.of(suite.managementPort());
    }

    @Override
    public void close() {
        suite.close().await();
    }
}
