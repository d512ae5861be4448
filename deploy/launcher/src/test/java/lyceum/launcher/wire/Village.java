package lyceum.launcher.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.platform.FreePort;

/** Each service in a process of its own, and of those in {@link #TWICE} two, all of one cluster. */
final class Village implements Residence {

    /** So that it matters whom a client comes to, and who keeps a stream. */
    private static final Set<String> TWICE = Set.of("gateway", "stream");

    private static final List<String> ALL =
            List.of("account", "sandbox", "media", "elicast", "social", "stream", "grading", "gateway");

    private final List<ChildProgram> programs = new ArrayList<>();

    private Village() {}

    /**
     * @param settings all that is needed but for the cluster's
     * @param services that there are, none for all
     */
    static Village build(Path directory, Map<String, String> settings, Set<String> services) {
        List<String> processes = ALL.stream()
                .filter(name -> services.isEmpty() || services.contains(name))
                .flatMap(name -> TWICE.contains(name) ? Stream.of(name, name) : Stream.of(name))
                .toList();
        List<Integer> ports = IntStream.range(0, processes.size())
                .map(process -> FreePort.next())
                .boxed()
                .toList();
        Map<String, String> all = new HashMap<>(settings);
        all.put(
                "LYCEUM_CLUSTER_MEMBERS",
                ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
        Village village = new Village();
        for (int i = 0; i < processes.size(); i++) {
            all.put("LYCEUM_CLUSTER_PORT", ports.get(i).toString());
            village.start(directory, all, processes.get(i));
        }
        return village;
    }

    /** One after the other: those that look for each other all at once take long to agree who is first. */
    private void start(Path directory, Map<String, String> settings, String service) {
        try {
            ChildProgram program = ChildProgram.start(directory, settings, "--services=" + service);
            programs.add(program);
            program.httpPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Integer> httpPorts() {
        return programs.stream()
                .map(ChildProgram::httpPort)
                .filter(port -> port > 0)
                .toList();
    }

    @Override
    public List<Integer> managementPorts() {
        return programs.stream().map(ChildProgram::managementPort).toList();
    }

    @Override
    public void close() {
        for (ChildProgram program : programs) {
            try {
                program.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
