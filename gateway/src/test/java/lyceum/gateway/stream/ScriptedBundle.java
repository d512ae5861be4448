package lyceum.gateway.stream;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.stream.PullBundle;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService.Done;

/** Bundles of pull sessions that do as they are told. */
public final class ScriptedBundle implements PullBundle {

    /** Longer than any test takes: who is not answered for so long asks again, and tests count what is asked. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PullSession sessions;
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Set<String> asked = new HashSet<>();
    private final List<PullEvent> events = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private Promise<News> waiting = Promise.promise();

    /** @param instance that holds the sessions */
    public ScriptedBundle(Vertx vertx, String instance) {
        Bus bus = new Bus(vertx, PATIENCE);
        sessions = bus.proxy(PullSession.class, PATIENCE, instance);
        bus.serve(PullBundle.class, this, instance).await();
    }

    /** @return how often it was asked, in bundles */
    int questions() {
        return questions.get();
    }

    /** @return how many bundles were closed */
    int closed() {
        return closed.get();
    }

    /** Answers the question that waits. */
    synchronized void tells(News news) {
        news.told().forEach(told -> asked.remove(told.session()));
        waiting.complete(news);
    }

    /** Does not answer the question that waits. */
    synchronized void fails(Failure.Kind kind) {
        waiting.fail(new Failure(kind, "because"));
    }

    @Override
    public Future<OpenedBundle> openBundle(OpenBundle order) {
        return Future.succeededFuture(new OpenedBundle("bundle"));
    }

    @Override
    public synchronized Future<News> readBundle(ReadBundle question) {
        questions.incrementAndGet();
        waiting.tryComplete(new News(List.of(), List.of(), List.of()));
        Promise<News> asking = Promise.promise();
        waiting = asking;
        question.sessions().stream()
                .filter(asked::add)
                .forEach(session ->
                        sessions.readPull(new ReadPull(session)).onComplete(answer -> happens(session, answer)));
        answer();
        return asking.future();
    }

    private synchronized void happens(String session, AsyncResult<PullEvent> answer) {
        asked.remove(session);
        if (answer.succeeded()) {
            events.add(answer.result());
            told.add(new Told(session, events.size() - 1));
        } else {
            Failure failure = (Failure) answer.cause();
            refused.add(new Refused(session, failure.kind(), failure.getMessage()));
        }
        answer();
    }

    private void answer() {
        if ((!told.isEmpty() || !refused.isEmpty())
                && waiting.tryComplete(new News(List.copyOf(events), List.copyOf(told), List.copyOf(refused)))) {
            events.clear();
            told.clear();
            refused.clear();
        }
    }

    @Override
    public Future<Done> closeBundle(CloseBundle order) {
        closed.incrementAndGet();
        return Future.succeededFuture(new Done());
    }
}
