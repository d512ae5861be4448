package lyceum.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.platform.embedded.EmbeddedPostgres;
import lyceum.platform.embedded.EmbeddedRedis;
import lyceum.platform.embedded.EmbeddedStore;

/**
 * From the start of a process until it serves: the whole in one process, and each service that joins others; by the
 * start script, which reads its classes from the archive of the build, and from the jars alone.
 */
public final class StartBench {

    private static final Pattern READY = Pattern.compile("ready http=(\\d+) management=(\\d+)");
    private static final int ROUNDS = 5;
    /** The gateway first: it is what the others join. */
    private static final List<String> SERVICES =
            List.of("gateway", "account", "sandbox", "media", "elicast", "social", "stream", "grading");

    private StartBench() {}

    /** Starts all of it again and again, prints medians and worst. */
    public static void main(String[] words) throws Exception {
        Path jar = Path.of(System.getProperty("lyceum.jar"));
        Table.head("what", "started by", "starts", "median s", "worst s");
        List<Way> ways = List.of(
                new Way("lyceum", List.of(jar.resolveSibling("lyceum").toString())),
                new Way("java -jar", List.of("java", "-jar", jar.toString())));
        for (Way way : ways) {
            suite(way);
            join(way);
        }
    }

    /** How the program is started: its name in the table, and the command before its arguments. */
    private record Way(String name, List<String> command) {}

    private static void suite(Way way) throws Exception {
        List<Double> prepared = new ArrayList<>();
        List<Double> empty = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (Scratch directory = new Scratch()) {
                empty.add(suite(directory, way));
                prepared.add(suite(directory, way));
            }
        }
        row("one process, empty data folder", way, empty);
        row("one process, prepared data folder", way, prepared);
    }

    private static double suite(Scratch directory, Way way) throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of("LYCEUM_DATA_DIR", directory.resolve("data").toString());
        long begin = System.nanoTime();
        try (Child suite = child(directory.resolve("log"), settings, way)) {
            suite.awaitLine(READY);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private static Child child(Path log, Map<String, String> settings, Way way, String... arguments)
            throws IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(Map.of(
                "LYCEUM_HTTP_PORT", "0",
                "LYCEUM_RTMP_PORT", "0",
                "LYCEUM_MANAGEMENT_PORT", "0"));
        List<String> command = new ArrayList<>(way.command());
        command.addAll(Arrays.asList(arguments));
        return new Child(log, environment, command);
    }

    /** Each service starts in turn, round after round, beside a gateway that stays. */
    private static void join(Way way) throws Exception {
        try (Scratch directory = new Scratch();
                EmbeddedStore postgres = EmbeddedPostgres.start(
                        directory.resolve("postgres"), directory.resolve("programs"), line -> {});
                EmbeddedStore redis =
                        EmbeddedRedis.start(directory.resolve("redis"), directory.resolve("programs"), line -> {})) {
            List<Integer> ports =
                    Stream.generate(FreePort::next).distinct().limit(2L).toList();
            Map<String, String> settings = new HashMap<>(Map.of(
                    "LYCEUM_DATA_DIR", directory.resolve("data").toString(),
                    "LYCEUM_POSTGRES_URL", postgres.url(),
                    "LYCEUM_REDIS_URL", redis.url(),
                    "LYCEUM_JWT_SECRET", "a secret of the start bench, 32 bytes or more",
                    "LYCEUM_CLUSTER_MEMBERS",
                            ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","))));
            settings.put("LYCEUM_CLUSTER_PORT", ports.get(0).toString());
            try (Child door = child(directory.resolve("door"), settings, way, "--services=" + SERVICES.get(0))) {
                door.awaitLine(READY);
                settings.put("LYCEUM_CLUSTER_PORT", ports.get(1).toString());
                for (String service : SERVICES) {
                    List<Double> seconds = new ArrayList<>();
                    for (int round = 0; round < ROUNDS; round++) {
                        long begin = System.nanoTime();
                        try (Child member =
                                child(directory.resolve(service + round), settings, way, "--services=" + service)) {
                            member.awaitLine(READY);
                            seconds.add((System.nanoTime() - begin) / 1e9);
                        }
                    }
                    row(service + " joins", way, seconds);
                }
            }
        }
    }

    private static void row(String what, Way way, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        Table.row(what, way.name(), sorted.size(), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }
}
