package lyceum.gateway.social;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.ClassState;
import lyceum.social.SocialService.Done;
import lyceum.social.SocialService.EndMember;
import lyceum.social.SocialService.FindClass;
import lyceum.social.SocialService.KeepMember;
import lyceum.social.SocialService.ListTurns;
import lyceum.social.SocialService.Taken;
import lyceum.social.SocialService.TurnPage;
import lyceum.social.Stats;
import lyceum.social.Turn;
import lyceum.social.Turn.Step;

/**
 * A class in memory behind a scripted service: it does what it is told, numbers turns, publishes them, and can lose some on
 * the way.
 */
final class RehearsedClass {

    final Scripted<SocialService> service;

    private final Bus bus;
    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Long> done = new HashMap<>();
    private long firstKept = 1;
    private long clicks;
    private int userCount;
    private volatile Predicate<Turn> isPublished = turn -> true;

    RehearsedClass(Vertx vertx) {
        bus = new Bus(vertx, Duration.ofSeconds(5));
        service = new Scripted<>(vertx, SocialService.class)
                .on(KeepMember.class, new Done())
                .on(EndMember.class, new Done())
                .on(Batch.class, batch -> Future.succeededFuture(act(batch)))
                .on(ListTurns.class, this::list)
                .on(FindClass.class, any -> Future.succeededFuture(state()));
    }

    /** Does a batch, unless it was done before. */
    synchronized Taken act(Batch batch) {
        Long before = done.get(batch.member() + batch.number());
        if (before != null) {
            return new Taken(before);
        }
        List<Step> steps =
                batch.acts().stream().map(act -> step(batch.member(), act)).toList();
        long turn = turn(batch.member(), batch.number(), steps);
        done.put(batch.member() + batch.number(), turn);
        return new Taken(turn);
    }

    /** Somebody elsewhere does something. */
    synchronized void happen(Act... acts) {
        turn(
                "elsewhere",
                0,
                List.of(acts).stream().map(act -> step("elsewhere", act)).toList());
    }

    synchronized void rollHour() {
        turn(null, 0, List.of(new Step(Turn.Kind.HOUR, 0, null, null, null, null, 0, 0, userCount, stats())));
    }

    private long turn(String member, long batch, List<Step> steps) {
        Turn turn = new Turn(SocialService.MAIN_CLASS, turns.size() + 1L, member, batch, steps);
        turns.add(turn);
        if (isPublished.test(turn)) {
            publish(turn);
        }
        return turn.number();
    }

    void publish(Turn turn) {
        bus.publish(SocialService.turns(turn.className()), turn);
    }

    synchronized Turn turn(long number) {
        return turns.get((int) number - 1);
    }

    synchronized long lastTurn() {
        return turns.size();
    }

    private Step step(String member, Act act) {
        String key = member + act.session();
        String former = names.get(key);
        if (act.user() != null) {
            names.put(key, act.user());
        }
        return switch (act.kind()) {
            case CONNECT -> {
                userCount++;
                yield new Step(Turn.Kind.CONNECT, act.session(), null, null, null, null, 0, 0, userCount, stats());
            }
            case LEAVE -> {
                userCount--;
                yield new Step(Turn.Kind.LEAVE, act.session(), former, former, null, null, 0, 0, userCount, null);
            }
            case NAME -> step(Turn.Kind.NAME, act, former);
            case CLICK -> {
                clicks++;
                yield step(Turn.Kind.CLICK, act, former);
            }
            case EVENT -> step(act.text().equals("rickroll") ? Turn.Kind.SECRET_EVENT : Turn.Kind.EVENT, act, former);
        };
    }

    private Step step(Turn.Kind kind, Act act, String former) {
        return new Step(
                kind, act.session(), act.user(), former, act.text(), act.style(), 0, 1_700_000_000, userCount, null);
    }

    private Stats stats() {
        return new Stats(clicks, clicks, clicks, 0, 0, 0);
    }

    synchronized ClassState state() {
        return new ClassState(turns.size(), stats(), userCount);
    }

    /** Turns are on the disk but nobody hears of them, if so. */
    void losing(Predicate<Turn> isLost) {
        isPublished = isLost.negate();
    }

    /** Turns up to now cannot be listed any more. */
    synchronized void prune() {
        firstKept = turns.size() + 1L;
    }

    synchronized Future<TurnPage> list(ListTurns question) {
        long from = Math.max(question.after() + 1, firstKept);
        List<Turn> kept = turns.stream().filter(turn -> turn.number() >= from).toList();
        return Future.succeededFuture(new TurnPage(kept, turns.size()));
    }

    /** @return a failure that goes away */
    static <T> Future<T> unavailable() {
        return Future.failedFuture(new Failure(Failure.Kind.UNAVAILABLE, "not now"));
    }

    static <T> Future<T> conflict() {
        return Future.failedFuture(new Failure(Failure.Kind.CONFLICT, "given up"));
    }
}
