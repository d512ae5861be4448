package lyceum.gateway.social;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lyceum.gateway.live.HeardSession;
import lyceum.gateway.live.LiveListener;
import lyceum.platform.Bus;
import lyceum.social.Act;
import lyceum.social.SocialService.Batch;
import org.awaitility.Awaitility;

/** A door on a loop of its own, before a class in memory. */
final class SocialDoorFixture implements AutoCloseable {

    static final SocialLimits LIMITS = new SocialLimits(200, 2_000, 200, 100, 50, 1_000, 1 << 20);

    /** Everything often and soon. */
    static final SocialPace PACE = collecting(Duration.ofMillis(5));

    final Vertx vertx = Vertx.vertx();
    final Context loop = vertx.getOrCreateContext();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final RehearsedClass room = new RehearsedClass(vertx);
    final SocialDoor door;
    private final SocialLimits limits;
    private final SocialPace pace;
    private final Authentication authentication;

    SocialDoorFixture() {
        this(LIMITS, anybody -> Future.succeededFuture(Optional.empty()));
    }

    SocialDoorFixture(SocialLimits limits, Authentication authentication) {
        this(limits, PACE, authentication);
    }

    SocialDoorFixture(SocialLimits limits, SocialPace pace, Authentication authentication) {
        this.limits = limits;
        this.pace = pace;
        this.authentication = authentication;
        door = onLoop(() -> Future.succeededFuture(another()));
    }

    static SocialPace collecting(Duration collect) {
        return new SocialPace(
                Duration.ofMillis(100),
                collect,
                Duration.ofMillis(400),
                Duration.ofMillis(20),
                Duration.ofMillis(80),
                Duration.ofMillis(60),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMillis(500));
    }

    private SocialDoor another() {
        return new SocialDoor(vertx, new Bus(vertx, Duration.ofSeconds(5)), limits, pace, authentication, meters);
    }

    /** @return a socket that comes in at another gateway, on a loop of its own */
    HeardSession enterElsewhere() {
        Promise<HeardSession> entered = Promise.promise();
        vertx.deployVerticle(context -> {
            SocialDoor other = another();
            Context loop = vertx.getOrCreateContext();
            HeardSession session =
                    new HeardSession(loop, other.find("/").orElseThrow(), HeardSession.introduction(null));
            entered.complete(session.connect());
            return Future.succeededFuture();
        });
        return entered.future().await();
    }

    <T> T onLoop(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(turn -> work.get().onComplete(done));
        return done.future().await();
    }

    LiveListener main() {
        return door.find("/").orElseThrow();
    }

    /** @return a socket that is in, and has been told nothing */
    HeardSession join() {
        HeardSession session = enter();
        await(() -> !session.heard().isEmpty());
        settle();
        session.forget();
        return session;
    }

    /** @return a socket that comes in */
    HeardSession enter() {
        return new HeardSession(loop, main(), HeardSession.introduction(null)).connect();
    }

    /** @return all acts that were sent, each time */
    List<List<Act>> sent() {
        return room.service.asked(Batch.class).stream().map(Batch::acts).toList();
    }

    /** @return what is counted under that name */
    double counted(String name) {
        return meters.counter("lyceum.gateway.social." + name).count();
    }

    /** Until no status can be waiting any more. */
    void settle() {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(2 * PACE.status().toMillis(), due -> over.complete());
        over.future().await();
    }

    static void await(Supplier<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(condition::get);
    }

    /** @param heard all of it, in this order */
    static void awaitHeard(HeardSession session, String... heard) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(session.heard()).containsExactly(heard));
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
