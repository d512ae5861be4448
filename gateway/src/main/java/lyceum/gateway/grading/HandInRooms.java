package lyceum.gateway.grading;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lyceum.gateway.live.LiveCrowd;
import lyceum.gateway.live.LiveEvent;
import lyceum.gateway.live.LiveHandshake;
import lyceum.gateway.live.LiveListener;
import lyceum.gateway.live.LiveSession;
import lyceum.gateway.live.TokenBucket;
import lyceum.gateway.social.Authentication;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.HandedIn;
import lyceum.grading.HandInService.Scored;
import lyceum.grading.HandInService.Started;
import lyceum.grading.Text;
import lyceum.platform.Bus;
import lyceum.platform.Failure;

/**
 * Sockets of students, each in the room of its student: what happens to a hand-in is told to all that its student has open.
 * Whoever comes must say who it is. Lives on one event loop.
 */
public final class HandInRooms implements LiveListener {

    /** Where sockets come for this. */
    public static final String NAMESPACE = "/grading";

    /** A client of a few tabs and bad luck comes in so often, and then no more than once a second. */
    private static final int JOINS_AT_ONCE = 20;

    private static final int JOINS_PER_SECOND = 1;

    private final Authentication authentication;
    private final Context context;
    private final Map<LiveSession, String> students = new HashMap<>();
    private final Map<String, LiveCrowd> rooms = new HashMap<>();

    /** How often a connection may come in, however often it has left. */
    private record Joins(TokenBucket left) {

        static Joins first() {
            return new Joins(new TokenBucket(JOINS_AT_ONCE, JOINS_PER_SECOND, System::nanoTime));
        }
    }

    /** @param authentication that never lets anybody in without a name */
    public HandInRooms(Vertx vertx, Authentication authentication) {
        this.authentication = authentication;
        this.context = vertx.getOrCreateContext();
    }

    /** @return done when facts are heard */
    public Future<Void> follow(Bus bus) {
        return Future.all(
                        bus.listen(HandInService.HANDED_IN, this::tell),
                        bus.listen(HandInService.STARTED, this::tell),
                        bus.listen(HandInService.SCORED, this::tell))
                .mapEmpty();
    }

    /** Only for good: a client that is refused does not come back by itself, one that is closed does. */
    @Override
    public String refusal(LiveHandshake handshake) {
        Future<Optional<String>> known = authentication.authenticate(handshake);
        return known.failed() && !(known.cause() instanceof Failure) ? "unauthorized" : null;
    }

    @Override
    public void connected(LiveSession session) {
        if (!session.shared(Joins.class, Joins::first).left().take()) {
            session.close();
            return;
        }
        Future<Optional<String>> known = authentication.authenticate(session.handshake());
        if (known.isComplete()) {
            enter(session, known);
        } else {
            known.onComplete(any -> context.runOnContext(turn -> enter(session, known)));
        }
    }

    private void enter(LiveSession session, Future<Optional<String>> known) {
        if (!session.isConnected()) {
            return;
        }
        if (known.failed() || known.result().isEmpty()) {
            session.close();
            return;
        }
        String student = known.result().get();
        students.put(session, student);
        rooms.computeIfAbsent(student, name -> new LiveCrowd()).add(session);
    }

    /** Ends sockets whose token is void now. */
    public void revoked(Set<String> names) {
        students.forEach((session, student) -> {
            if (names.contains(student) && authentication.isVoid(session.handshake(), student)) {
                session.close();
            }
        });
    }

    /** Nothing is said here by clients. */
    @Override
    public void received(LiveSession session, String event, List<Object> arguments, Runnable ack) {
        if (ack != null) {
            ack.run();
        }
    }

    /** Later: somebody may be seen to be gone while everybody is told something. */
    @Override
    public void disconnected(LiveSession session) {
        context.runOnContext(turn -> {
            String student = students.remove(session);
            if (student != null) {
                rooms.computeIfPresent(student, (name, room) -> {
                    room.remove(session);
                    return room.size() == 0 ? null : room;
                });
            }
        });
    }

    private void tell(HandedIn fact) {
        tell(
                fact.student(),
                "handedIn",
                json(fact.id(), fact.homework(), fact.attempt())
                        .put("package", fact.codePackage())
                        .put("queuePosition", fact.queuePosition()));
    }

    private void tell(Started fact) {
        tell(fact.student(), "started", json(fact.id(), fact.homework(), fact.attempt()));
    }

    private void tell(Scored fact) {
        tell(
                fact.student(),
                "scored",
                json(fact.id(), fact.homework(), fact.attempt())
                        .put("state", fact.state().wireName())
                        .put("finalScore", fact.finalScore())
                        .put("result", json(fact.result())));
    }

    private static JsonObject json(String id, String homework, int attempt) {
        return new JsonObject().put("id", id).put("homework", homework).put("attempt", attempt);
    }

    /** As on the wire of runners. */
    private static Object json(Text text) {
        if (text == null || text.isPlain()) {
            return text == null ? null : text.text();
        }
        return new JsonObject().put("text", text.text()).put("kwargs", new JsonObject(text.kwargs()));
    }

    private void tell(String student, String event, JsonObject fact) {
        LiveCrowd room = rooms.get(student);
        if (room != null) {
            room.send(List.of(LiveEvent.of(event, fact)));
        }
    }
}
