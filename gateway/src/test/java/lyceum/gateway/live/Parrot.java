package lyceum.gateway.live;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Lets everybody into {@code /} and {@code /class-…}, greets, and does as it is told: {@code echo} says the arguments again to
 * who said them, {@code all} to everybody between two others, {@code count} counts, {@code flood} says much, {@code leave} and
 * {@code fail} do what they are called.
 */
final class Parrot implements LiveNamespaces {

    /** What has happened, in order. */
    final List<String> diary = new CopyOnWriteArrayList<>();

    final List<LiveHandshake> handshakes = new CopyOnWriteArrayList<>();

    /** Where there is no such one, {@code /} neither. */
    volatile boolean isClosed;

    @Override
    public Optional<LiveListener> find(String namespace) {
        boolean isKnown = namespace.startsWith("/class-") || (namespace.equals("/") && !isClosed);
        return isKnown ? Optional.of(room) : Optional.empty();
    }

    private final LiveListener room = new LiveListener() {

        private final LiveCrowd crowd = new LiveCrowd();

        @Override
        public String refusal(LiveHandshake handshake) {
            return handshake.namespace().equals("/class-secret")
                            && !(handshake.auth() instanceof JsonObject auth && "yes".equals(auth.getString("key")))
                            && !"yes".equals(handshake.query().get("key"))
                    ? "No key"
                    : null;
        }

        @Override
        public void connected(LiveSession session) {
            handshakes.add(session.handshake());
            diary.add("+" + session.handshake().namespace());
            crowd.add(session);
            session.send(LiveEvent.of("hello", crowd.size()));
        }

        @Override
        public void received(LiveSession session, String event, List<Object> arguments, Runnable ack) {
            diary.add(event + new JsonArray(arguments).encode() + (ack == null ? "" : "!"));
            switch (event) {
                case "echo" -> session.send(LiveEvent.of("echo", new JsonArray(arguments)));
                case "all" ->
                    crowd.send(List.of(
                            LiveEvent.of("before", null),
                            LiveEvent.of("all", new JsonArray(arguments)),
                            LiveEvent.of("after", null)));
                case "flood" -> {
                    String text = "x".repeat((int) arguments.get(0));
                    for (int i = 0; i < (int) arguments.get(1); i++) {
                        crowd.send(List.of(LiveEvent.of("flood", text)));
                    }
                }
                case "count" -> count(session, 0, (int) arguments.get(0));
                case "leave" -> session.close();
                case "fail" -> throw new IllegalStateException("told to");
                default -> {
                    return;
                }
            }
            if (ack != null) {
                ack.run();
                ack.run();
            }
        }

        /** One after the other, with everything else in between. */
        private void count(LiveSession session, int next, int end) {
            if (next < end) {
                LiveCrowd alone = new LiveCrowd();
                alone.add(session);
                alone.send(List.of(LiveEvent.of("count", next)));
                Vertx.currentContext().owner().setTimer(1, later -> count(session, next + 1, end));
            }
        }

        @Override
        public void disconnected(LiveSession session) {
            crowd.remove(session);
            diary.add("-" + session.handshake().namespace());
        }
    };
}
