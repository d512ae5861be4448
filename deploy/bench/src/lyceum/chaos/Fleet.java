package lyceum.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cluster: each service in a process of its own, two gateways, two of stream-service. */
final class Fleet implements AutoCloseable {

    private static final List<String> MEMBERS = List.of(
            "account",
            "sandbox",
            "media",
            "elicast",
            "social",
            "stream",
            "stream2",
            "grading",
            "gateway",
            "gateway2");

    private final List<Member> members = new ArrayList<>();
    private final List<Integer> doors = new ArrayList<>();

    /**
     * Starts one after the other: those that look for each other all at once take long to agree who is first.
     *
     * @param settings of all of them
     */
    Fleet(Path directory, Map<String, String> settings) throws IOException, InterruptedException {
        List<Integer> ports = Stream.generate(Fleet::freePort)
                .distinct()
                .limit(2L * MEMBERS.size())
                .toList();
        List<Integer> clusterPorts = ports.subList(0, MEMBERS.size());
        for (int i = 0; i < MEMBERS.size(); i++) {
            String name = MEMBERS.get(i);
            String service = name.replace("2", "");
            int httpPort = ports.get(MEMBERS.size() + i);
            if (service.equals("gateway")) {
                doors.add(httpPort);
            }
            Map<String, String> own = new HashMap<>(settings);
            own.put("LYCEUM_DATA_DIR", directory.resolve("data").toString());
            own.put("LYCEUM_HTTP_PORT", Integer.toString(httpPort));
            own.put("LYCEUM_RTMP_PORT", "0");
            own.put("LYCEUM_MANAGEMENT_PORT", "0");
            own.put("LYCEUM_CLUSTER_PORT", clusterPorts.get(i).toString());
            own.put(
                    "LYCEUM_CLUSTER_MEMBERS",
                    clusterPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
            Member member = new Member(name, service, own, directory.resolve(name + ".log"));
            members.add(member);
            member.start();
            member.awaitReady();
        }
    }

    /** Outside of what the system gives to connections, which could have it before it is used. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }

    List<Member> members() {
        return members;
    }

    /** @return ports of the gateways */
    List<Integer> doors() {
        return doors;
    }

    @Override
    public void close() throws InterruptedException {
        for (int last = members.size() - 1; last >= 0; last--) {
            members.get(last).close();
        }
    }
}
