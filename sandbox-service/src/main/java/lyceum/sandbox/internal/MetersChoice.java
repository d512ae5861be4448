package lyceum.sandbox.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lyceum.sandbox.internal.SandboxConfig.Metering;

/** The ways to count that this machine offers. Blocks; used at start. */
final class MetersChoice {

    private final List<Meters> offered = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    private interface Way {
        Meters make() throws IOException;
    }

    /** Looks for those that the setting allows. */
    MetersChoice(Metering metering) throws IOException {
        if (metering != Metering.WATCHDOG) {
            Path proc = Path.of("/proc/self");
            Hierarchies hierarchies = new Hierarchies(
                    Files.readAllLines(proc.resolve("cgroup")), Files.readAllLines(proc.resolve("mountinfo")));
            offer(() -> new CgroupTwo(
                    hierarchies.second().orElseThrow(() -> new IOException("no control groups of version 2"))));
            offer(() -> new CgroupOne(hierarchies));
        }
        if (metering != Metering.CGROUP) {
            offer(Watchdog::new);
        }
        for (Meters meters : offered) {
            meters.sweep();
        }
    }

    /** @return the best first */
    List<Meters> offered() {
        return List.copyOf(offered);
    }

    /** @return why the others are not offered */
    List<String> refused() {
        return List.copyOf(refused);
    }

    private void offer(Way way) {
        try {
            offered.add(way.make());
        } catch (IOException e) {
            refused.add(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
