package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.platform.embedded.EmbeddedPostgres;
import lyceum.platform.embedded.EmbeddedRedis;
import lyceum.platform.embedded.EmbeddedStore;

/**
 * From the start of a process until it serves: the whole in one process, and each service that joins others; from the jars,
 * and with the archive of classes that the images bring.
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
        try (Scratch archived = new Scratch()) {
            Path archive = archived.resolve("lyceum.jsa");
            writeArchive(archived, archive);
            Table.head("what", "classes", "starts", "median s", "worst s");
            for (Classes classes : List.of(Classes.ofJars(), Classes.archivedIn(archive))) {
                suite(classes);
                join(classes);
            }
        }
    }

    /** Where classes come from: what the JVM is told, and its name in the table. */
    private record Classes(String name, List<String> options) {

        static Classes ofJars() {
            return new Classes("jars", List.of());
        }

        static Classes archivedIn(Path archive) {
            return new Classes("archive", List.of("-XX:SharedArchiveFile=" + archive));
        }
    }

    private static void writeArchive(Scratch directory, Path archive) throws Exception {
        Classes written = new Classes("", List.of("-XX:ArchiveClassesAtExit=" + archive));
        int port = FreePort.next();
        Map<String, String> settings = Map.of(
                "LYCEUM_DATA_DIR", directory.resolve("data").toString(),
                "LYCEUM_CLUSTER_PORT", Integer.toString(port),
                "LYCEUM_CLUSTER_MEMBERS", "127.0.0.1:" + port,
                "LYCEUM_CLUSTER_SECRET", UUID.randomUUID().toString());
        String services = "--services=" + String.join(",", SERVICES);
        try (Child suite = child(directory.resolve("log"), settings, written, services, "--check")) {
            suite.awaitEnd();
        }
        if (!Files.exists(archive)) {
            throw new IllegalStateException("no archive was written");
        }
    }

    private static void suite(Classes classes) throws Exception {
        List<Double> prepared = new ArrayList<>();
        List<Double> empty = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (Scratch directory = new Scratch()) {
                empty.add(suite(directory, classes));
                prepared.add(suite(directory, classes));
            }
        }
        row("one process, empty data folder", classes, empty);
        row("one process, prepared data folder", classes, prepared);
    }

    private static double suite(Scratch directory, Classes classes) throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of("LYCEUM_DATA_DIR", directory.resolve("data").toString());
        long begin = System.nanoTime();
        try (Child suite = child(directory.resolve("log"), settings, classes)) {
            suite.awaitLine(READY);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private static Child child(Path log, Map<String, String> settings, Classes classes, String... arguments)
            throws IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(Map.of(
                "LYCEUM_HTTP_PORT", "0",
                "LYCEUM_RTMP_PORT", "0",
                "LYCEUM_MANAGEMENT_PORT", "0"));
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(classes.options());
        command.addAll(List.of("-jar", System.getProperty("lyceum.jar")));
        command.addAll(Arrays.asList(arguments));
        return new Child(log, environment, command);
    }

    /** Each service starts in turn, round after round, beside a gateway that stays. */
    private static void join(Classes classes) throws Exception {
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
            try (Child door = child(directory.resolve("door"), settings, classes, "--services=" + SERVICES.get(0))) {
                door.awaitLine(READY);
                settings.put("LYCEUM_CLUSTER_PORT", ports.get(1).toString());
                for (String service : SERVICES) {
                    List<Double> seconds = new ArrayList<>();
                    for (int round = 0; round < ROUNDS; round++) {
                        long begin = System.nanoTime();
                        try (Child member =
                                child(directory.resolve(service + round), settings, classes, "--services=" + service)) {
                            member.awaitLine(READY);
                            seconds.add((System.nanoTime() - begin) / 1e9);
                        }
                    }
                    row(service + " joins", classes, seconds);
                }
            }
        }
    }

    private static void row(String what, Classes classes, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        Table.row(what, classes.name(), sorted.size(), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }
}
