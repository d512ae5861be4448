package lyceum.chaos;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lyceum.bench.Scratch;
import lyceum.bench.Table;
import lyceum.platform.embedded.EmbeddedPostgres;
import lyceum.platform.embedded.EmbeddedRedis;

/** A class uses a cluster that is broken again and again; afterwards everything that was acknowledged is looked for. */
public final class ChaosBench {

    private static final int DEFAULT_MINUTES = 15;
    private static final int STREAMS = 3;
    private static final int PUPILS = 5;
    private static final long GRADING_LIMIT_SECONDS = 180;
    private static final int MOST_SHOWN = 20;

    private final Vertx vertx = Vertx.vertx();
    private final RestartableStore redis;
    private final RestartableStore postgres;

    private ChaosBench(RestartableStore redis, RestartableStore postgres) {
        this.redis = redis;
        this.postgres = postgres;
    }

    /** @param words minutes, and the seed, where they are not to be the usual ones */
    public static void main(String[] words) throws Exception {
        int minutes = words.length > 0 ? Integer.parseInt(words[0]) : DEFAULT_MINUTES;
        long seed = words.length > 1 ? Long.parseLong(words[1]) : System.nanoTime();
        System.out.printf("Chaos: %d minutes, seed %d%n%n", minutes, seed);
        try (Scratch directory = new Scratch()) {
            Path programs = directory.resolve("programs");
            Path redisData = Files.createDirectory(directory.resolve("redis"));
            Path postgresData = Files.createDirectory(directory.resolve("postgres"));
            try (RestartableStore redis =
                            new RestartableStore(() -> EmbeddedRedis.start(redisData, programs, line -> {}));
                    RestartableStore postgres =
                            new RestartableStore(() -> EmbeddedPostgres.start(postgresData, programs, line -> {}))) {
                new ChaosBench(redis, postgres).run(directory, minutes, seed);
            }
        }
    }

    private void run(Scratch directory, int minutes, long seed) throws Exception {
        Map<String, String> settings = Map.of(
                "LYCEUM_POSTGRES_URL", postgres.url(),
                "LYCEUM_REDIS_URL", redis.url(),
                "LYCEUM_JWT_SECRET", "a secret of the chaos run, 32 bytes or more",
                "LYCEUM_STREAM_MAX_ENTRIES", "1000000",
                "LYCEUM_GRADING_HOMEWORK_DIR", System.getProperty("lyceum.bench.homework"));
        List<String> wrong = new ArrayList<>();
        try (Fleet fleet = new Fleet(directory.resolve("."), settings)) {
            Doors doors = new Doors(fleet.doors());
            String token = doors.token("ada", "student");
            HandIns handIns = new HandIns(doors, this::texts);
            List<Activity> activities = activities(doors, token, handIns);
            List<Thread> threads = activities.stream().map(Activity::begin).toList();
            List<Chaos.Strike> strikes = new Chaos(fleet, redis, postgres, seed).rage(minutes);
            activities.forEach(Activity::end);
            for (Thread thread : threads) {
                thread.join();
            }
            awaitGraded(handIns);
            for (Activity activity : activities) {
                wrong.addAll(activity.check());
            }
            print(activities, strikes);
            for (Member member : fleet.members()) {
                member.log()
                        .lines()
                        .filter(line -> line.contains(" ERROR ") || line.contains("defect in"))
                        .limit(MOST_SHOWN)
                        .forEach(line -> System.out.println(member + ": " + line));
            }
        }
        vertx.close().await();
        System.out.printf("%n%d of what was acknowledged is lost or doubled%n", wrong.size());
        wrong.stream().limit(MOST_SHOWN).forEach(System.out::println);
        if (!wrong.isEmpty()) {
            System.exit(1);
        }
    }

    private List<Activity> activities(Doors doors, String token, HandIns handIns) {
        List<Activity> all = new ArrayList<>(List.of(new Lessons(doors, this::texts), new Runs(doors, token), handIns));
        for (int i = 0; i < STREAMS; i++) {
            all.add(new Entries(doors, token, "sensor" + i, this::entries));
        }
        for (int i = 0; i < PUPILS; i++) {
            all.add(new Clicks(doors, "pupil" + i, this::texts));
        }
        return all;
    }

    private static void awaitGraded(HandIns handIns) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRADING_LIMIT_SECONDS);
        while (handIns.waiting() > 0 && System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private List<String> texts(String query) {
        List<String> texts = new ArrayList<>();
        PgConnection.connect(vertx, PgConnectOptions.fromUri(postgres.ownUrl()))
                .compose(connection -> connection.query(query).execute().eventually(connection::close))
                .await()
                .forEach(row -> texts.add(row.getString(0)));
        return texts;
    }

    private Map<String, String> entries(String stream) {
        Redis client = Redis.createClient(vertx, redis.ownUrl());
        Response all = client.send(Request.cmd(Command.XRANGE).arg(stream).arg("-").arg("+"))
                .await();
        Map<String, String> textsById = new LinkedHashMap<>();
        all.forEach(entry ->
                textsById.put(entry.get(0).toString(), entry.get(1).get(1).toString()));
        client.close();
        return textsById;
    }

    private static void print(List<Activity> activities, List<Chaos.Strike> strikes) {
        Map<String, List<Activity>> byName = new LinkedHashMap<>();
        activities.forEach(
                activity -> byName.computeIfAbsent(activity.name(), name -> new ArrayList<>()).add(activity));
        Table.head("what", "acknowledged", "failed", "failed %", "how");
        byName.forEach((name, all) -> {
            int good = all.stream().mapToInt(each -> each.tally().successes()).sum();
            int bad = all.stream().mapToInt(each -> each.tally().failures()).sum();
            Map<String, Integer> reasons = new LinkedHashMap<>();
            all.forEach(each -> each.tally().reasons().forEach((why, count) -> reasons.merge(why, count, Integer::sum)));
            Table.row(name, good, bad, 100.0 * bad / Math.max(1, good + bad), reasons);
        });
        System.out.printf("%nLongest pause of each, in seconds, while and after something was struck%n%n");
        List<String> titles = new ArrayList<>(List.of("disturbance", "times", "back after, median"));
        byName.keySet().forEach(name -> titles.add(name + ", median"));
        byName.keySet().forEach(name -> titles.add(name + ", worst"));
        Table.head(titles.toArray(String[]::new));
        for (Disturbance disturbance : Disturbance.values()) {
            List<Chaos.Strike> of = strikes.stream()
                    .filter(strike -> strike.disturbance() == disturbance)
                    .toList();
            if (!of.isEmpty()) {
                Table.row(row(disturbance, of, byName).toArray());
            }
        }
    }

    private static List<Object> row(
            Disturbance disturbance, List<Chaos.Strike> strikes, Map<String, List<Activity>> byName) {
        List<Object> row = new ArrayList<>(List.of(
                disturbance.title(),
                strikes.size(),
                median(strikes.stream().map(Chaos.Strike::backSeconds).toList())));
        List<Object> worst = new ArrayList<>();
        byName.values().forEach(all -> {
            List<Double> gaps = strikes.stream()
                    .flatMap(strike -> all.stream()
                            .map(each -> each.tally().longestGapSeconds(strike.from(), strike.to())))
                    .sorted()
                    .toList();
            row.add(median(gaps));
            worst.add(gaps.get(gaps.size() - 1));
        });
        row.addAll(worst);
        return row;
    }

    private static String median(List<Double> values) {
        return String.format(Locale.ROOT, "%.1f", values.stream().sorted().toList().get(values.size() / 2));
    }
}
