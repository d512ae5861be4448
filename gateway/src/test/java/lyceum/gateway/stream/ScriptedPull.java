package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.stream.Delivery;
import lyceum.stream.Delivery.Item;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.Kind;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;

/** What a pull session tells, one event for each question. */
public final class ScriptedPull {

    private final Queue<Future<PullEvent>> events = new ArrayDeque<>();
    private final AtomicInteger reads = new AtomicInteger();
    private Promise<PullEvent> reader;

    public ScriptedPull(Scripted<PullSession> session) {
        session.on(ReadPull.class, this::read);
    }

    /** @return how often it was asked what comes next */
    public int reads() {
        return reads.get();
    }

    /** Delivers entries of one stream, with the ids 1-0, 1-1, …. */
    public void delivers(String stream, String... payloads) {
        List<Item> items = java.util.stream.IntStream.range(0, payloads.length)
                .mapToObj(i -> new Item(stream, "1-" + i, payloads[i].length()))
                .toList();
        List<Buffer> bytes =
                java.util.Arrays.stream(payloads).map(Buffer::buffer).toList();
        delivers(items, bytes, false);
    }

    public void delivers(List<Item> items, List<Buffer> bytes, boolean more) {
        happens(Future.succeededFuture(new PullEvent(Kind.DELIVERED, new Delivery(items, bytes, more))));
    }

    public void happens(Kind kind) {
        happens(Future.succeededFuture(new PullEvent(kind, null)));
    }

    public synchronized void happens(Future<PullEvent> event) {
        events.add(event);
        answerReader();
    }

    private void answerReader() {
        if (reader != null && !events.isEmpty()) {
            Promise<PullEvent> asking = reader;
            reader = null;
            events.remove().onComplete(asking);
        }
    }

    private synchronized Future<PullEvent> read(ReadPull question) {
        if (reader != null) {
            return Future.failedFuture(new IllegalStateException("two questions at once"));
        }
        reads.incrementAndGet();
        Promise<PullEvent> asking = Promise.promise();
        reader = asking;
        answerReader();
        return asking.future();
    }
}
