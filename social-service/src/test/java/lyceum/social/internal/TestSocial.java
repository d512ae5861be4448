package lyceum.social.internal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.platform.Bus;
import lyceum.platform.Database;
import lyceum.platform.ImportReport;
import lyceum.platform.Readiness;
import lyceum.platform.SettableClock;
import lyceum.platform.TestPostgres;
import lyceum.platform.Topic;
import lyceum.social.SocialService;
import lyceum.social.SocialService.ClassState;
import lyceum.social.SocialService.FindClass;
import lyceum.social.SocialService.KeepMember;
import lyceum.social.SocialService.ListNewest;
import lyceum.social.SocialService.ListNext;
import lyceum.social.SocialService.ListTurns;
import lyceum.social.Turn;

/** social-service on a bus and a database of its own, with a clock that stands, and members that live long. */
final class TestSocial implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-24T12:00:00.500Z");
    static final Duration LONG = Duration.ofMinutes(5);
    static final Duration LOOK = Duration.ofMillis(40);
    static final Duration PATIENCE = Duration.ofSeconds(5);
    static final Pace PACE = new Pace(LONG, LOOK, LOOK, PATIENCE);

    private static final Duration REPLY = Duration.ofSeconds(20);

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx, REPLY);
    final Readiness readiness = new Readiness();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final SettableClock clock;
    final SocialService service = bus.proxy(SocialService.class);

    private final Database database;
    private final Pool pool;
    private final Deque<String> deployments = new ArrayDeque<>();

    private boolean hasTables;

    TestSocial() {
        clock = new SettableClock(NOON);
        database = new Database(TestPostgres.freshDatabase(vertx), "social", 4);
        pool = database.open(vertx);
    }

    /** Another process on the same database, whose bus nobody else hears. */
    TestSocial(TestSocial other) {
        clock = other.clock;
        database = other.database;
        pool = database.open(vertx);
    }

    /** Starts an instance as it is usual; each further one shares the work with those before. */
    TestSocial deploy() {
        return deploy(config(ZoneOffset.UTC, 1000, 1 << 20), PACE);
    }

    TestSocial deploy(Pace pace) {
        return deploy(config(ZoneOffset.UTC, 1000, 1 << 20), pace);
    }

    TestSocial deploy(ZoneId zone) {
        return deploy(config(zone, 1000, 1 << 20), PACE);
    }

    TestSocial deploy(int mostClasses, long heldLimitBytes, Duration patience) {
        return deploy(config(ZoneOffset.UTC, mostClasses, heldLimitBytes), new Pace(LONG, LOOK, LOOK, patience));
    }

    /** Starts one after the database of the original server was taken over. */
    TestSocial deploy(Path original) {
        take(original, false);
        return deploy();
    }

    /** Takes it over, or only tells what that would do. */
    ImportReport take(Path original, boolean isDry) {
        hasTables = true;
        return FrustImport.take(vertx, config(ZoneOffset.UTC, 1000, 1 << 20), clock, original, isDry);
    }

    TestSocial deploy(SocialConfig config, Pace pace) {
        hasTables = true;
        // Two of a process would count in each other's meters.
        SimpleMeterRegistry own = deployments.isEmpty() ? meters : new SimpleMeterRegistry();
        deployments.add(vertx.deployVerticle(new SocialVerticle(config, readiness, own, clock, pace))
                .await());
        return this;
    }

    /** Ends the newest instance. */
    TestSocial undeploy() {
        vertx.undeploy(deployments.removeLast()).await();
        return this;
    }

    /** Ends all instances and empties the database, so that a test begins as with one of its own, which takes long to make. */
    void reset() {
        while (!deployments.isEmpty()) {
            undeploy();
        }
        if (hasTables) {
            rows("TRUNCATE class, hour, member, member_batch, session, click, event, app_user, turn RESTART IDENTITY");
        }
        clock.set(NOON);
    }

    SocialConfig config(ZoneId zone, int mostClasses, long heldLimitBytes) {
        return new SocialConfig(database, zone, mostClasses, heldLimitBytes, LONG, REPLY);
    }

    /** @return a member that lives, in the main class */
    TestMember member(String name) {
        return member(name, SocialService.MAIN_CLASS);
    }

    TestMember member(String name, String className) {
        service.keepMember(new KeepMember(name)).await();
        return new TestMember(service, name, className);
    }

    ClassState state(String className) {
        return service.findClass(new FindClass(className)).await();
    }

    ClassState state() {
        return state(SocialService.MAIN_CLASS);
    }

    List<SocialService.Hour> hours() {
        return service.listHours(new FindClass(SocialService.MAIN_CLASS))
                .await()
                .hours();
    }

    List<SocialService.Click> clicks() {
        return service.listClicks(newest()).await().clicks();
    }

    List<SocialService.Event> events() {
        return service.listEvents(newest()).await().events();
    }

    List<SocialService.User> users() {
        return service.listUsers(new ListNext(SocialService.MAIN_CLASS, 0, SocialService.PAGE))
                .await()
                .users();
    }

    List<SocialService.Online> online() {
        return service.listOnline(new ListNext(SocialService.MAIN_CLASS, 0, SocialService.PAGE))
                .await()
                .sessions();
    }

    /** @return all turns of a class behind one that are still kept */
    List<Turn> turns(String className, long after) {
        List<Turn> turns = new ArrayList<>();
        List<Turn> page;
        do {
            page = service.listTurns(new ListTurns(className, after + turns.size()))
                    .await()
                    .turns();
            turns.addAll(page);
        } while (!page.isEmpty());
        return turns;
    }

    /** @return what is published from now on */
    <T extends Record> List<T> heard(Topic<T> topic) {
        List<T> heard = new CopyOnWriteArrayList<>();
        bus.listen(topic, heard::add).await();
        return heard;
    }

    /** @return the rows that an operator would see */
    List<Row> rows(String sql, Object... parameters) {
        return pool.preparedQuery(sql).execute(Tuple.from(parameters)).await().stream()
                .toList();
    }

    String databaseUrl() {
        return database.url();
    }

    Pool pool() {
        return pool;
    }

    private static ListNewest newest() {
        return new ListNewest(SocialService.MAIN_CLASS, Long.MAX_VALUE, SocialService.PAGE);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
