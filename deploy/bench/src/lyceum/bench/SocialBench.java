package lyceum.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import lyceum.bench.ClickingClients.Result;

/** Clicks that a class is shown, against the least that socket.io 4 on Node needs to show them. */
public final class SocialBench {

    private static final List<Load> LOADS = List.of(
            new Load(100, 100),
            new Load(1_000, 10),
            new Load(1_000, 50),
            new Load(1_000, 100),
            new Load(5_000, 10));

    private static final int ROUNDS = 3;
    /** As long as it takes until most of what a JVM does here is compiled. */
    private static final int WARM_ROUNDS = 10;
    private static final int SECONDS = 8;
    private static final Pattern LISTENING = Pattern.compile("listening (\\d+)");
    private static final Path DIRECTORY = Path.of(System.getProperty("lyceum.bench.social"));

    private SocialBench() {}

    /** A class at ease, in uproar, or at what one core of Node can show at most. */
    private record Load(int clients, int clicksPerSecond) {}

    /** A server, and how much memory it needs. */
    private record Server(String name, int port, long pid, Memory memory) {}

    /** Asked when garbage has been collected. */
    private interface Memory {
        double mib() throws IOException, InterruptedException;
    }

    private record Round(Result result, double cpuSeconds) {
        double shownPerCpuSecond() {
            return result.shown() / cpuSeconds;
        }
    }

    /** Starts both, lets larger and larger classes click in turn, prints the medians of the rounds. */
    public static void main(String[] words) throws Exception {
        try (Scratch scratch = new Scratch();
                Suite suite = Suite.start();
                Child node = new Child(
                        scratch.resolve("log"),
                        Map.of("NODE_ENV", "production"),
                        List.of("node", "--expose-gc", DIRECTORY.resolve("server.mjs").toString()))) {
            int port = Integer.parseInt(node.awaitLine(LISTENING).group(1));
            Server lyceum = new Server("Lyceum", suite.httpPort(), suite.pid(), () -> Heap.livingMib(suite));
            Server plain = new Server("Node", port, node.pid(), () -> Double.parseDouble(new Http(port).get("/")) / (1 << 20));
            System.out.printf("Clicks: medians of %d interleaved rounds of %d s%n%n", ROUNDS, SECONDS);
            Table.head("sockets", "clicks/s", "server", "shown a CPU second", "p50 ms", "p99 ms", "KiB an idle socket");
            for (Load load : LOADS) {
                compare(List.of(lyceum, plain), load);
            }
        }
    }

    private static void compare(List<Server> servers, Load load) throws Exception {
        Map<Server, ClickingClients> connected = new LinkedHashMap<>();
        Map<Server, Double> kib = new LinkedHashMap<>();
        Map<Server, List<Round>> rounds = new LinkedHashMap<>();
        try {
            for (Server server : servers) {
                double before = server.memory().mib();
                connected.put(server, new ClickingClients(DIRECTORY, server.port(), load.clients(), load.clicksPerSecond()));
                kib.put(server, (server.memory().mib() - before) * 1024 / load.clients());
                rounds.put(server, new ArrayList<>());
            }
            for (int number = -WARM_ROUNDS; number < ROUNDS; number++) {
                for (Server server : servers) {
                    Round round = round(server, connected.get(server));
                    if (number >= 0) {
                        rounds.get(server).add(round);
                    }
                }
            }
        } finally {
            connected.values().forEach(ClickingClients::close);
        }
        servers.forEach(server -> row(server.name(), load, rounds.get(server), kib.get(server)));
        ratio(load, rounds.get(servers.get(0)), rounds.get(servers.get(1)), kib.values());
    }

    private static Round round(Server server, ClickingClients clients) throws IOException {
        double before = ProcessTime.seconds(server.pid());
        Result result = clients.click(SECONDS);
        return new Round(result, ProcessTime.seconds(server.pid()) - before);
    }

    private static void row(String name, Load load, List<Round> rounds, double kib) {
        Table.row(
                load.clients(),
                load.clicksPerSecond(),
                name,
                median(rounds, Round::shownPerCpuSecond),
                median(rounds, round -> round.result().p50Millis()),
                median(rounds, round -> round.result().p99Millis()),
                kib);
    }

    private static void ratio(
            Load load, List<Round> ours, List<Round> theirs, Iterable<Double> kib) {
        var memory = kib.iterator();
        Table.row(
                load.clients(),
                load.clicksPerSecond(),
                "**ratio**",
                median(ours, Round::shownPerCpuSecond) / median(theirs, Round::shownPerCpuSecond),
                median(ours, round -> round.result().p50Millis())
                        / median(theirs, round -> round.result().p50Millis()),
                median(ours, round -> round.result().p99Millis())
                        / median(theirs, round -> round.result().p99Millis()),
                memory.next() / memory.next());
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Processor.median(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
