package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.launcher.wire.Heard;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Socket;

/**
 * One WebSocket as it was recorded, or as it was decided: the handshake, then what the client sends and hears, in this
 * order.
 *
 * <p>Beside what recordings hold, a decision may say {@code statuses} of a handshake and {@code codes} of a close where
 * several are right; a close that is decided always has a reason.
 */
record RecordedTalk(JsonNode ws, Comparison comparison, Visitors visitors) {

    /** Longer than any server takes for 16 MiB. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** @return what differs; the talk ends at the first difference */
    List<String> differences() {
        RecordedRequest request = new RecordedRequest(ws, comparison.placeholders());
        Socket.Opening opening = visitors.open(request.target(), request.headers());
        List<Integer> statuses = statuses();
        if (!statuses.contains(opening.status())) {
            closeIfOpen(opening);
            return List.of("handshake: expected %s, got %d %s".formatted(statuses, opening.status(), opening.body()));
        }
        if (opening.socket() == null) {
            return List.of();
        }
        try (Socket socket = opening.socket()) {
            return talk(socket);
        }
    }

    private static void closeIfOpen(Socket.Opening opening) {
        if (opening.socket() != null) {
            opening.socket().close();
        }
    }

    private List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        ws.at("/handshake/statuses").forEach(status -> statuses.add(status.asInt()));
        if (statuses.isEmpty()) {
            statuses.add(ws.at("/handshake/status").asInt());
        }
        return statuses;
    }

    private List<String> talk(Socket socket) {
        int index = 0;
        for (JsonNode frame : ws.required("frames")) {
            Optional<String> difference = play(frame, socket);
            if (difference.isPresent()) {
                return List.of("frame %d: %s".formatted(index, difference.get()));
            }
            index++;
        }
        return List.of();
    }

    private Optional<String> play(JsonNode frame, Socket socket) {
        if (frame.has("send")) {
            return send(frame, socket);
        }
        if (frame.has("meanwhile")) {
            visitors.act(frame.get("meanwhile").asText());
            return Optional.empty();
        }
        if (frame.has("wait_ms")) {
            return hearNothing(frame.get("wait_ms").asLong(), socket);
        }
        return frame.required("recv").asText().equals("nothing")
                ? hearNothing(frame.required("within_ms").asLong(), socket)
                : hear(frame, socket);
    }

    private static Optional<String> send(JsonNode frame, Socket socket) {
        // Not waited for: a close may be noticed while the frame before it is sent.
        switch (frame.get("send").asText()) {
            case "text" -> socket.send(frame.required("text").asText());
            case "binary" -> socket.send(bytes(frame));
            default -> {
                socket.close(frame.required("code").asInt());
                return hearClosed(socket);
            }
        }
        return Optional.empty();
    }

    private static Buffer bytes(JsonNode frame) {
        return frame.has("zero_bytes")
                ? Buffer.buffer(new byte[frame.get("zero_bytes").asInt()])
                : Buffer.buffer(RecordedRequest.decoded(frame.required("b64")));
    }

    /** Messages that were under way when the client said goodbye come first. */
    private static Optional<String> hearClosed(Socket socket) {
        Optional<Heard> heard = socket.hear(PATIENCE);
        while (heard.isPresent() && !(heard.get() instanceof Heard.Closed)) {
            heard = socket.hear(PATIENCE);
        }
        return heard.isPresent() ? Optional.empty() : Optional.of("no answer to a goodbye");
    }

    private static Optional<String> hearNothing(long millis, Socket socket) {
        return socket.hear(Duration.ofMillis(millis)).map(heard -> "expected nothing, got " + heard);
    }

    private Optional<String> hear(JsonNode frame, Socket socket) {
        Optional<Heard> heard = socket.hear(PATIENCE);
        if (heard.isPresent() && isLike(frame, heard.get())) {
            return Optional.empty();
        }
        return Optional.of("expected %s, got %s"
                .formatted(frame, heard.map(Heard::toString).orElse("nothing")));
    }

    private boolean isLike(JsonNode frame, Heard heard) {
        String kind = frame.get("recv").asText();
        if (heard instanceof Heard.Text text) {
            return kind.equals("text") && isLike(frame, text.text());
        }
        if (heard instanceof Heard.Bytes bytes) {
            return kind.equals("binary") && bytes(frame).equals(bytes.bytes());
        }
        return kind.equals("close") && isLike(frame, (Heard.Closed) heard);
    }

    private boolean isLike(JsonNode frame, String text) {
        return frame.has("json")
                ? Json.maybe(text.getBytes())
                        .filter(json ->
                                comparison.differences(frame.get("json"), json).isEmpty())
                        .isPresent()
                : comparison.placeholders().matches(frame.required("text").asText(), text);
    }

    private static boolean isLike(JsonNode frame, Heard.Closed closed) {
        if (!frame.has("codes")) {
            return frame.required("code").asInt() == closed.code();
        }
        for (JsonNode code : frame.get("codes")) {
            if (code.asInt() == closed.code()) {
                return !closed.reason().isBlank();
            }
        }
        return false;
    }
}
