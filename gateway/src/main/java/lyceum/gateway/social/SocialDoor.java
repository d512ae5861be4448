package lyceum.gateway.social;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lyceum.gateway.live.LiveHandshake;
import lyceum.gateway.live.LiveListener;
import lyceum.gateway.live.LiveNamespaces;
import lyceum.gateway.live.LiveSession;
import lyceum.gateway.live.TokenBucket;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.social.Act;
import lyceum.social.SocialService;

/**
 * Where sockets come into classes: namespace {@code /} is {@link SocialService#MAIN_CLASS}, {@code /class-<name>} any other
 * one. Lives on one event loop.
 */
public final class SocialDoor implements LiveNamespaces {

    private static final String MAIN = "/";
    private static final String PREFIX = "/class-";
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final Pattern CLASS =
            Pattern.compile("[A-Za-z0-9_-]{1,%d}".formatted(SocialService.CLASS_CHARACTERS));

    private final Vertx vertx;
    private final Bus bus;
    private final SocialLimits limits;
    private final SocialPace pace;
    private final Authentication authentication;
    private final ActReader reader;
    private final SocialMeters meters;
    private final Context context;
    private final Map<LiveSession, Place> places = new HashMap<>();
    private final Deque<LiveSession> leaving = new ArrayDeque<>();
    private final RefusedClasses refused = new RefusedClasses(System::nanoTime);

    private Member member;
    private long lastSession;
    private boolean isStopping;

    /** Where a socket is. */
    private record Place(ClassRoom room, Participant participant) {}

    /**
     * Made on the event loop on which the sockets are.
     *
     * @param registry gets what is counted of classes
     */
    public SocialDoor(
            Vertx vertx,
            Bus bus,
            SocialLimits limits,
            SocialPace pace,
            Authentication authentication,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.bus = bus;
        this.limits = limits;
        this.pace = pace;
        this.authentication = authentication;
        this.meters = new SocialMeters(registry);
        this.reader = new ActReader(limits);
        this.context = vertx.getOrCreateContext();
    }

    /** @return whether a class can have that name; the main one has none */
    public static boolean isClassName(String name) {
        return CLASS.matcher(name).matches();
    }

    @Override
    public Optional<LiveListener> find(String namespace) {
        if (namespace.equals(MAIN)) {
            return Optional.of(new Entrance(SocialService.MAIN_CLASS));
        }
        return Optional.of(namespace)
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .filter(SocialDoor::isClassName)
                .map(Entrance::new);
    }

    /** Ends sockets whose token is void now. */
    public void revoked(Set<String> names) {
        places.forEach((session, place) -> place.participant()
                .name()
                .filter(names::contains)
                .filter(name -> authentication.isVoid(session.handshake(), name))
                .ifPresent(name -> session.close()));
    }

    /** @return messages that wait for social-service */
    public int waitingActs() {
        Member present = member;
        return present == null ? 0 : present.waitingActs();
    }

    /** @return bytes of the texts of those messages */
    public long waitingBytes() {
        Member present = member;
        return present == null ? 0 : present.waitingBytes();
    }

    /**
     * Takes nothing more that is done, lets nobody in any more, and waits a moment until all is shown and acknowledged that
     * was done before: who was not acknowledged may do it again somewhere else. On the event loop of the sockets.
     */
    public Future<Void> settle() {
        isStopping = true;
        return member == null ? Future.succeededFuture() : member.settle();
    }

    /**
     * Lets nobody in any more. Where the sockets were closed before, they leave, and social-service is told that nobody is
     * here.
     */
    public Future<Void> stop() {
        isStopping = true;
        Promise<Void> stopped = Promise.promise();
        // Behind those that have gone.
        context.runOnContext(due -> {
            Future<Void> ended = member == null ? Future.succeededFuture() : member.end();
            ended.onComplete(over -> meters.close()).onComplete(stopped);
        });
        return stopped.future();
    }

    private final class Entrance implements LiveListener {

        private final String className;

        Entrance(String className) {
            this.className = className;
        }

        /** Only for good: a client that is refused does not come back by itself, one that is closed does. */
        @Override
        public String refusal(LiveHandshake handshake) {
            Future<Optional<String>> known = identify(handshake);
            if (known.failed() && !(known.cause() instanceof Failure)) {
                return "unauthorized";
            }
            return refused.contains(className) ? "too many classes" : null;
        }

        /** Who comes in faster than anything may be done waits, and what it does meanwhile is ignored. */
        @Override
        public void connected(LiveSession session) {
            letGo();
            if (!bucket(session).take()) {
                meters.ignored.increment();
                comeLater(session);
                return;
            }
            Future<Optional<String>> known = identify(session.handshake());
            if (known.isComplete()) {
                enter(session, known);
            } else {
                known.onComplete(any -> context.runOnContext(turn -> enter(session, known)));
            }
        }

        /** Whoever goes on and on is let go of. */
        private void comeLater(LiveSession session) {
            WaitingJoins waiting = session.shared(WaitingJoins.class, WaitingJoins::new);
            if (!waiting.add()) {
                session.close();
                return;
            }
            vertx.setTimer(Math.max(1, MILLIS_PER_SECOND / limits.perSecond()), due -> {
                waiting.remove();
                if (session.isConnected()) {
                    connected(session);
                }
            });
        }

        private void enter(LiveSession session, Future<Optional<String>> known) {
            if (!session.isConnected()) {
                return;
            }
            if (known.failed() || isStopping) {
                session.close();
                return;
            }
            lastSession++;
            Participant participant = new Participant(lastSession, session, known.result(), bucket(session));
            ClassRoom room = member().room(className);
            if (room.enter(participant)) {
                places.put(session, new Place(room, participant));
            } else {
                session.close();
            }
        }

        @Override
        public void received(LiveSession session, String event, List<Object> arguments, Runnable ack) {
            letGo();
            Place place = places.get(session);
            if (place != null && !isStopping) {
                Optional<Act> act = place.participant().act(reader, event, arguments);
                act.ifPresentOrElse(done -> place.room().act(done, ack), meters.ignored::increment);
            }
        }

        /** Later: somebody may be seen to be gone while everybody is told something. */
        @Override
        public void disconnected(LiveSession session) {
            leaving.add(session);
            context.runOnContext(turn -> letGo());
        }
    }

    /** Before anything else is done: a client may leave and be back in one turn. */
    private void letGo() {
        for (LiveSession session = leaving.poll(); session != null; session = leaving.poll()) {
            Place place = places.remove(session);
            if (place != null) {
                place.room().leave(place.participant());
            }
        }
    }

    /** Of the connection: to leave and to come in again gains nothing, and coming in is something that is done, too. */
    private TokenBucket bucket(LiveSession session) {
        return session.shared(
                TokenBucket.class, () -> new TokenBucket(limits.burst(), limits.perSecond(), System::nanoTime));
    }

    /** Somebody whose name nobody can have here may not come in. */
    private Future<Optional<String>> identify(LiveHandshake handshake) {
        return authentication
                .authenticate(handshake)
                .map(name -> name.map(given ->
                        reader.name(given).orElseThrow(() -> new IllegalArgumentException("a name that cannot be"))));
    }

    private Member member() {
        if (member == null) {
            member = new Member(vertx, bus, limits, pace, meters, refused, this::forget);
            member.begin();
        }
        return member;
    }

    private void forget(Member over) {
        if (member == over) {
            member = null;
        }
    }
}
