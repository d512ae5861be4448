package lyceum.gateway.social;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.social.SocialService;
import lyceum.social.SocialService.EndMember;
import lyceum.social.SocialService.KeepMember;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This gateway, as social-service knows it: the sessions of its sockets live as long as it says that it is there. Where it
 * was given up, all of them are over, and everything begins anew under another name. Lives on one event loop.
 */
final class Member {

    private static final Logger LOG = LoggerFactory.getLogger(Member.class);

    private static final long DRAIN_LOOK_MILLIS = 10;

    private final Vertx vertx;
    private final Bus bus;
    private final SocialService social;
    private final SocialLimits limits;
    private final SocialPace pace;
    private final SocialMeters meters;
    private final RefusedClasses refused;
    private final Consumer<Member> over;
    private final String name = UUID.randomUUID().toString();
    private final Promise<Void> known = Promise.promise();
    private final Map<String, ClassRoom> rooms = new HashMap<>();
    /** Classes in which nobody was when that was looked at last. */
    private final Set<String> deserted = new HashSet<>();

    private long lastBatch;
    private int waitingActs;
    private long waitingBytes;
    private long keepTimer = -1;
    private long lingerTimer = -1;
    private boolean isKeeping;
    private boolean isOver;

    /**
     * @param refused gets the classes that there is no room for
     * @param over is told once that it is over, whoever ended it
     */
    Member(
            Vertx vertx,
            Bus bus,
            SocialLimits limits,
            SocialPace pace,
            SocialMeters meters,
            RefusedClasses refused,
            Consumer<Member> over) {
        this.vertx = vertx;
        this.bus = bus;
        this.social = bus.proxy(SocialService.class, pace.answer());
        this.limits = limits;
        this.pace = pace;
        this.meters = meters;
        this.refused = refused;
        this.over = over;
    }

    void begin() {
        keepTimer = vertx.setPeriodic(pace.keep().toMillis(), due -> keep());
        lingerTimer = vertx.setPeriodic(pace.linger().toMillis(), due -> leaveDeserted());
        keep();
    }

    /** @return the room of a class, made where there is none */
    ClassRoom room(String className) {
        deserted.remove(className);
        return rooms.computeIfAbsent(className, absent -> {
            ClassRoom room = new ClassRoom(this, vertx, bus, social, className, pace);
            room.start(known.future());
            return room;
        });
    }

    String name() {
        return name;
    }

    SocialMeters meters() {
        return meters;
    }

    /** @return the number of the next batch, whatever its class is: greater than all before */
    long nextBatch() {
        lastBatch++;
        return lastBatch;
    }

    int waitingActs() {
        return waitingActs;
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** @return whether nothing more may wait */
    boolean isFull() {
        return waitingActs >= limits.waitingActs() || waitingBytes >= limits.waitingBytes();
    }

    /** Something waits, until it is {@link #release}d. */
    void hold(int bytes) {
        waitingActs++;
        waitingBytes += bytes;
    }

    void release(int bytes) {
        waitingActs--;
        waitingBytes -= bytes;
    }

    private void keep() {
        if (isKeeping || isOver) {
            return;
        }
        isKeeping = true;
        social.keepMember(new KeepMember(name))
                .onComplete(answered -> isKeeping = false)
                .onSuccess(kept -> known.tryComplete())
                .onFailure(this::notKept);
    }

    private void notKept(Throwable error) {
        if (error instanceof Failure failure && failure.kind() == Kind.CONFLICT) {
            lose();
        } else if (!isOver) {
            LOG.debug("social-service does not hear that this gateway is there: {}", error.getMessage());
            if (!known.future().isComplete()) {
                vertx.setTimer(pace.retry().toMillis(), due -> keep());
            }
        }
    }

    /** Looked at now and then: so a class lingers for that long at least, and for twice as long at most. */
    private void leaveDeserted() {
        deserted.stream()
                .filter(className -> rooms.get(className).isDeserted())
                .forEach(className -> rooms.remove(className).close());
        deserted.clear();
        rooms.forEach((className, room) -> {
            if (room.isDeserted()) {
                deserted.add(className);
            }
        });
        if (rooms.isEmpty()) {
            finish();
            endMember();
        }
    }

    /** There is no such class, and will be none: nobody can have done anything there. All others go on. */
    void dismiss(String className) {
        LOG.debug("there are as many classes as there may be, the sockets of one more are sent away");
        refused.add(className);
        deserted.remove(className);
        rooms.remove(className).close();
    }

    /** The sessions of this member are over, or have to be. */
    void lose() {
        if (!isOver) {
            meters.lost.increment();
            LOG.warn("social-service has given this gateway up, its sockets start anew");
            finish();
            endMember();
        }
    }

    /** Waits until all is shown that was done, but for a moment only. */
    Future<Void> settle() {
        Promise<Void> settled = Promise.promise();
        long look = vertx.setPeriodic(DRAIN_LOOK_MILLIS, due -> {
            if (isOver || rooms.values().stream().allMatch(ClassRoom::isSettled)) {
                settled.tryComplete();
            }
        });
        return settled.future()
                .timeout(pace.drain().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(waited -> vertx.cancelTimer(look))
                .otherwiseEmpty();
    }

    /** Nobody is here any more, when all has settled. */
    Future<Void> end() {
        return settle().compose(waited -> {
            finish();
            return endMember();
        });
    }

    private void finish() {
        if (isOver) {
            return;
        }
        isOver = true;
        vertx.cancelTimer(keepTimer);
        vertx.cancelTimer(lingerTimer);
        // Before the sockets come back.
        over.accept(this);
        List<ClassRoom> all = List.copyOf(rooms.values());
        rooms.clear();
        all.forEach(ClassRoom::close);
    }

    /** Where it is not heard, the lease ends it. */
    private Future<Void> endMember() {
        return social.endMember(new EndMember(name))
                .onFailure(error -> LOG.debug("this gateway is left to its lease: {}", error.getMessage()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
