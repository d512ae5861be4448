package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lyceum.launcher.wire.Heard;
import lyceum.launcher.wire.Socket;

/**
 * Pushes entries {@code name:0}, {@code name:1} … in batches, some of them unacknowledged at a time. Where it is closed it
 * begins again with the first batch that was not acknowledged.
 */
final class NumberedPusher implements Callable<Map<String, String>> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Batches without an acknowledgement. */
    private static final int WINDOW = 4;

    private final StreamVisitor visitor;
    private final String target;
    private final String name;
    private final Deque<List<String>> toSend = new ArrayDeque<>();
    private final Deque<List<String>> unacknowledged = new ArrayDeque<>();
    private final Map<String, String> idsByText = new LinkedHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final ConcurrentLinkedQueue<Heard.Closed> closes = new ConcurrentLinkedQueue<>();

    /** @param entries all of them, in batches of {@code batchSize} */
    NumberedPusher(StreamVisitor visitor, String stream, String name, int entries, int batchSize) {
        this.visitor = visitor;
        this.target = "/data/%s/push?batch=true&ack=true".formatted(stream);
        this.name = name;
        for (int from = 0; from < entries; from += batchSize) {
            toSend.add(IntStream.range(from, Math.min(entries, from + batchSize))
                    .mapToObj(number -> this.name + ":" + number)
                    .toList());
        }
    }

    /** @return the ids of all entries, by what they hold, once the last one is acknowledged */
    @Override
    public Map<String, String> call() {
        while (!toSend.isEmpty()) {
            try (Socket socket = visitor.open(target)) {
                push(socket);
            }
        }
        return idsByText;
    }

    /** @return how many entries have been acknowledged so far */
    int acknowledged() {
        return acknowledged.get();
    }

    /** @return how it was closed, once for each time */
    List<Heard.Closed> closes() {
        return List.copyOf(closes);
    }

    private void push(Socket socket) {
        while (!toSend.isEmpty() || !unacknowledged.isEmpty()) {
            while (!toSend.isEmpty() && unacknowledged.size() < WINDOW) {
                send(socket, toSend.remove());
            }
            Heard heard = socket.hear(PATIENCE)
                    .orElseThrow(() -> new AssertionError(name + " heard nothing for " + PATIENCE));
            if (heard instanceof Heard.Closed closed) {
                closes.add(closed);
                sendAgain();
                return;
            }
            acknowledge(unacknowledged.remove(), ((Heard.Text) heard).text().split(","));
        }
    }

    private void send(Socket socket, List<String> batch) {
        Buffer blob = Buffer.buffer();
        List<Integer> ends = new ArrayList<>();
        batch.forEach(text -> ends.add(blob.appendString(text).length()));
        // Not waited for: where it fails the end is heard.
        socket.send(ends.toString());
        socket.send(blob);
        unacknowledged.add(batch);
    }

    private void acknowledge(List<String> batch, String[] ids) {
        assertThat(ids).as("acknowledgement of " + batch.get(0)).hasSize(batch.size());
        for (int i = 0; i < ids.length; i++) {
            idsByText.put(batch.get(i), ids[i]);
        }
        acknowledged.addAndGet(ids.length);
    }

    private void sendAgain() {
        while (!unacknowledged.isEmpty()) {
            toSend.addFirst(unacknowledged.removeLast());
        }
    }
}
