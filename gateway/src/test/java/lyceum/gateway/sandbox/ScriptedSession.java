package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lyceum.platform.Bus;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxSession;

/** A program that does as it is told, at an instance of the name {@code here}, and remembers what was said to it. */
final class ScriptedSession implements SandboxSession {

    static final String INSTANCE = "here";

    private final List<Record> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final Queue<Future<SessionEvent>> events = new ArrayDeque<>();

    private Promise<SessionEvent> reader;
    private volatile Supplier<Future<Done>> answer = () -> Future.succeededFuture(new Done());

    ScriptedSession(Vertx vertx) {
        new Bus(vertx, Duration.ofSeconds(5))
                .serve(SandboxSession.class, this, INSTANCE)
                .await();
    }

    /** @return what was said so far */
    List<Record> heard() {
        return heard;
    }

    /** @return how often it was asked what happens */
    int reads() {
        return reads.get();
    }

    /** Says how it takes what is said from now on. */
    void taking(Supplier<Future<Done>> how) {
        answer = how;
    }

    void starts(Stage stage) {
        happens(new SessionEvent(Kind.STARTED, stage, null, Buffer.buffer(), null));
    }

    void writes(Stage stage, Stream stream, Buffer bytes) {
        happens(new SessionEvent(Kind.WRITTEN, stage, stream, bytes, null));
    }

    void doesNothing() {
        happens(new SessionEvent(Kind.NOTHING, null, null, Buffer.buffer(), null));
    }

    void ends(Outcome outcome) {
        happens(new SessionEvent(Kind.ENDED, null, null, Buffer.buffer(), outcome));
    }

    private void happens(SessionEvent event) {
        happens(Future.succeededFuture(event));
    }

    synchronized void happens(Future<SessionEvent> event) {
        events.add(event);
        answerReader();
    }

    private void answerReader() {
        if (reader != null && !events.isEmpty()) {
            Promise<SessionEvent> asking = reader;
            reader = null;
            events.remove().onComplete(asking);
        }
    }

    @Override
    public synchronized Future<SessionEvent> readSession(ReadSession question) {
        if (reader != null) {
            return Future.failedFuture(new IllegalStateException("two questions at once"));
        }
        reads.incrementAndGet();
        Promise<SessionEvent> asking = Promise.promise();
        reader = asking;
        answerReader();
        return asking.future();
    }

    @Override
    public Future<Done> writeSession(WriteSession order) {
        return hear(order);
    }

    @Override
    public Future<Done> signalSession(SignalSession order) {
        return hear(order);
    }

    @Override
    public Future<Done> resizeSession(ResizeSession order) {
        return hear(order);
    }

    private Future<Done> hear(Record order) {
        heard.add(order);
        return answer.get();
    }
}
