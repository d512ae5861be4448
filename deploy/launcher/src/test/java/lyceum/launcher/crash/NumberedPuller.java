package lyceum.launcher.crash;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import lyceum.launcher.wire.Heard;
import lyceum.launcher.wire.Socket;

/** Pulls a stream without loss until its last entry; where it is closed it goes on behind the last entry it has. */
final class NumberedPuller implements Callable<Map<String, String>> {

    /** What the last entry holds. */
    static final String END = "end";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MOST_ENTRIES = 500;

    private final StreamVisitor visitor;
    private final String stream;
    private final Map<String, String> textsById = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Heard.Closed> closes = new ConcurrentLinkedQueue<>();

    private String lastId = "0";
    private boolean isEnded;
    private volatile boolean isBegun;

    NumberedPuller(StreamVisitor visitor, String stream) {
        this.visitor = visitor;
        this.stream = stream;
    }

    /** @return what all entries hold, by their ids, in the order in which they came; the last one is left out */
    @Override
    public Map<String, String> call() {
        while (!isEnded) {
            String target =
                    "/data/%s/pull?latest=false&count=%d&last_entry_id=%s".formatted(stream, MOST_ENTRIES, lastId);
            try (Socket socket = visitor.open(target)) {
                pull(socket);
            }
        }
        return textsById;
    }

    /** @return whether it has got something */
    boolean isBegun() {
        return isBegun;
    }

    /** @return how it was closed, once for each time */
    List<Heard.Closed> closes() {
        return List.copyOf(closes);
    }

    private void pull(Socket socket) {
        while (!isEnded) {
            Heard header = hear(socket);
            if (isClose(header)) {
                return;
            }
            Heard blob = hear(socket);
            if (isClose(blob)) {
                return;
            }
            isBegun = true;
            take(new JsonArray(((Heard.Text) header).text()), ((Heard.Bytes) blob).bytes());
        }
    }

    private boolean isClose(Heard heard) {
        if (heard instanceof Heard.Closed closed) {
            closes.add(closed);
            return true;
        }
        return false;
    }

    private Heard hear(Socket socket) {
        return socket.hear(PATIENCE)
                .orElseThrow(() -> new AssertionError("heard nothing behind %s for %s".formatted(lastId, PATIENCE)));
    }

    private void take(JsonArray offsets, Buffer blob) {
        for (int i = 0; i < offsets.size(); i++) {
            int end = i + 1 < offsets.size() ? offsets.getJsonArray(i + 1).getInteger(2) : blob.length();
            String text = blob.getString(offsets.getJsonArray(i).getInteger(2), end);
            lastId = offsets.getJsonArray(i).getString(1);
            if (text.equals(END)) {
                isEnded = true;
            } else if (textsById.put(lastId, text) != null) {
                throw new AssertionError("came twice: " + lastId);
            }
        }
    }
}
