package lyceum.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.bench.FreePort;

/** The cluster: each service in a process of its own, two gateways, two of stream-service. */
final class Fleet implements AutoCloseable {

    private static final List<String> MEMBERS = List.of(
            "account", "sandbox", "media", "elicast", "social", "stream", "stream2", "grading", "gateway", "gateway2");

    /** More than are ever there at once, so that each has a port in the cluster. */
    private static final int MOST_MEMBERS = 2 * MEMBERS.size();

    private final Path directory;
    private final Map<String, String> settings = new HashMap<>();
    private final List<Member> members = new ArrayList<>();
    private final Deque<Integer> clusterPorts = new ArrayDeque<>();
    private final Doors doors = new Doors();

    /**
     * Starts one after the other: those that look for each other all at once take long to agree who is first.
     *
     * @param directory is made, and gets what they write
     * @param settings of all of them
     */
    Fleet(Path directory, Map<String, String> settings) throws IOException, InterruptedException {
        this.directory = Files.createDirectory(directory);
        Stream.generate(FreePort::next).distinct().limit(MOST_MEMBERS).forEach(clusterPorts::add);
        this.settings.putAll(settings);
        this.settings.put("LYCEUM_DATA_DIR", directory.resolve("data").toString());
        this.settings.put("LYCEUM_RTMP_PORT", "0");
        this.settings.put("LYCEUM_MANAGEMENT_PORT", "0");
        this.settings.put(
                "LYCEUM_CLUSTER_MEMBERS",
                clusterPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
        for (String name : MEMBERS) {
            add(name);
        }
    }

    private void add(String name) throws IOException, InterruptedException {
        Map<String, String> own = new HashMap<>(settings);
        own.put("LYCEUM_HTTP_PORT", Integer.toString(FreePort.next()));
        own.put("LYCEUM_CLUSTER_PORT", clusterPorts.remove().toString());
        Path log = directory.resolve("%s-%d.log".formatted(name, clusterPorts.size()));
        Member member = new Member(name, name.replace("2", ""), own, log);
        members.add(member);
        member.start();
        int httpPort = member.awaitReady();
        if (httpPort > 0) {
            doors.open(httpPort);
        }
    }

    /** Starts another one like it, and ends it when that one serves. */
    void replace(Member old) throws IOException, InterruptedException {
        add(old.toString());
        int httpPort = old.awaitReady();
        if (httpPort > 0) {
            doors.close(httpPort);
        }
        members.remove(old);
        if (!old.terminate()) {
            throw new IOException(old + " did not end when it was told to");
        }
    }

    List<Member> members() {
        return members;
    }

    /** @return the way in through all gateways */
    Doors doors() {
        return doors;
    }

    @Override
    public void close() throws InterruptedException {
        for (int last = members.size() - 1; last >= 0; last--) {
            members.get(last).close();
        }
    }
}
