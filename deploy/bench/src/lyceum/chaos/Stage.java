package lyceum.chaos;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lyceum.bench.Scratch;
import lyceum.platform.embedded.EmbeddedPostgres;
import lyceum.platform.embedded.EmbeddedRedis;

/** A cluster, its stores, and a class that uses them until it is told to stop. */
final class Stage implements AutoCloseable {

    private static final int STREAMS = 3;
    private static final int PUPILS = 5;
    private static final long GRADING_LIMIT_SECONDS = 180;

    private final Vertx vertx = Vertx.vertx();
    private final Scratch directory = new Scratch();
    private final RestartableStore redis;
    private final RestartableStore postgres;
    private final Fleet fleet;
    private final HandIns handIns;
    private final List<Activity> activities;
    private final List<Thread> threads = new ArrayList<>();

    /** Returns when all members serve. */
    Stage() throws IOException, InterruptedException {
        Path programs = directory.resolve("programs");
        Path redisData = Files.createDirectory(directory.resolve("redis"));
        Path postgresData = Files.createDirectory(directory.resolve("postgres"));
        redis = new RestartableStore(() -> EmbeddedRedis.start(redisData, programs, line -> {}));
        postgres = new RestartableStore(() -> EmbeddedPostgres.start(postgresData, programs, line -> {}));
        Map<String, String> settings = Map.of(
                "LYCEUM_POSTGRES_URL", postgres.url(),
                "LYCEUM_REDIS_URL", redis.url(),
                "LYCEUM_JWT_SECRET", "a secret of the chaos run, 32 bytes or more",
                "LYCEUM_STREAM_MAX_ENTRIES", "1000000",
                "LYCEUM_GRADING_HOMEWORK_DIR", System.getProperty("lyceum.bench.homework"));
        fleet = new Fleet(directory.resolve("members"), settings);
        String token = fleet.doors().token("ada", "student");
        handIns = new HandIns(fleet.doors(), this::texts);
        activities = activities(fleet.doors(), token);
    }

    private List<Activity> activities(Doors doors, String token) {
        List<Activity> all = new ArrayList<>(List.of(new Lessons(doors, this::texts), new Runs(doors, token), handIns));
        for (int i = 0; i < STREAMS; i++) {
            all.add(new Entries(doors, token, "sensor" + i, this::entries));
        }
        for (int i = 0; i < PUPILS; i++) {
            all.add(new Clicks(doors, "pupil" + i, this::texts));
        }
        return all;
    }

    Fleet fleet() {
        return fleet;
    }

    RestartableStore redis() {
        return redis;
    }

    RestartableStore postgres() {
        return postgres;
    }

    /** Lets everybody begin. */
    void begin() {
        activities.forEach(activity -> threads.add(activity.begin()));
    }

    /** Lets everybody end, and waits until all is graded. */
    void end() throws Exception {
        activities.forEach(Activity::end);
        for (Thread thread : threads) {
            thread.join();
        }
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRADING_LIMIT_SECONDS);
        while (handIns.waiting() > 0 && System.nanoTime() < limit) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** @return what is wrong with what is kept */
    List<String> check() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Activity activity : activities) {
            wrong.addAll(activity.check());
        }
        return wrong;
    }

    /** @return all that do the same, by what they do */
    Map<String, List<Activity>> activities() {
        Map<String, List<Activity>> byName = new LinkedHashMap<>();
        activities.forEach(activity -> byName.computeIfAbsent(activity.name(), name -> new ArrayList<>())
                .add(activity));
        return byName;
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
        Response all = client.send(
                        Request.cmd(Command.XRANGE).arg(stream).arg("-").arg("+"))
                .await();
        Map<String, String> textsById = new LinkedHashMap<>();
        all.forEach(entry ->
                textsById.put(entry.get(0).toString(), entry.get(1).get(1).toString()));
        client.close();
        return textsById;
    }

    @Override
    public void close() throws Exception {
        fleet.close();
        vertx.close().await();
        redis.close();
        postgres.close();
        directory.close();
    }
}
