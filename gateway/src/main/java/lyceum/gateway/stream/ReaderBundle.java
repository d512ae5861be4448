package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.platform.Failure;
import lyceum.stream.PullBundle;
import lyceum.stream.PullBundle.CloseBundle;
import lyceum.stream.PullBundle.News;
import lyceum.stream.PullBundle.OpenBundle;
import lyceum.stream.PullBundle.OpenedBundle;
import lyceum.stream.PullBundle.ReadBundle;
import lyceum.stream.PullBundle.Told;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.PullEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that clients of this gateway have at one instance of stream-service. Those who want more in one turn of the
 * event loop ask in one question. Lives on one context.
 */
final class ReaderBundle {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderBundle.class);

    /** So many are told at once; then others have the event loop for a turn. */
    private static final int TOLD_AT_ONCE = 16;

    private static final PullEvent NOTHING = new PullEvent(PullSession.Kind.NOTHING, null);

    private final ContextInternal context;
    private final PullBundle bundles;
    private final Set<String> readers = new HashSet<>();
    private final Map<String, Promise<PullEvent>> waiting = new HashMap<>();

    private List<String> wanting = new ArrayList<>();
    private Future<String> opened;
    private int questions;
    private boolean isDue;

    /** @param bundles those of the instance */
    ReaderBundle(Vertx vertx, PullBundle bundles) {
        // Questions are of many, so none of them carries the id of one request.
        this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        this.bundles = bundles;
    }

    /** One reader more, of this session, until it leaves. */
    void join(String session) {
        readers.add(session);
    }

    /** @return as {@link PullSession#readPull}; one question of a session at a time */
    Future<PullEvent> read(String session) {
        Promise<PullEvent> question = context.owner().getOrCreateContext().promise();
        waiting.put(session, question);
        wanting.add(session);
        askSoon();
        return question.future();
    }

    /** @return whether that was the last reader */
    boolean leave(String session) {
        wanting.remove(session);
        Promise<PullEvent> question = waiting.remove(session);
        if (question != null) {
            question.complete(NOTHING);
        }
        readers.remove(session);
        if (readers.isEmpty() && opened != null) {
            opened.compose(id -> bundles.closeBundle(new CloseBundle(id)))
                    .onFailure(error -> LOG.debug("a bundle is left to its lease", error));
        }
        return readers.isEmpty();
    }

    private void askSoon() {
        if (!isDue) {
            isDue = true;
            context.runOnContext(turn -> {
                if (isDue) {
                    ask();
                }
            });
        }
    }

    private void ask() {
        isDue = false;
        if (readers.isEmpty()) {
            return;
        }
        List<String> sessions = wanting;
        wanting = new ArrayList<>();
        questions++;
        Future<String> asked = opened();
        asked.compose(id -> bundles.readBundle(new ReadBundle(id, sessions)))
                .onComplete(answered -> questions--)
                .onSuccess(this::take)
                .onFailure(error -> fail(asked, error));
    }

    private void askUnlessAsked() {
        if (questions == 0) {
            ask();
        }
    }

    private Future<String> opened() {
        if (opened == null || opened.failed()) {
            opened = bundles.openBundle(new OpenBundle()).map(OpenedBundle::id);
        }
        return opened;
    }

    /** The next answer is on its way while this one is told. */
    private void take(News news) {
        askUnlessAsked();
        news.refused()
                .forEach(each -> tell(each.session(), Future.failedFuture(new Failure(each.kind(), each.reason()))));
        tell(news, 0);
    }

    private void tell(News news, int from) {
        int end = Math.min(news.told().size(), from + TOLD_AT_ONCE);
        for (Told told : news.told().subList(from, end)) {
            tell(told.session(), Future.succeededFuture(news.events().get(told.event())));
        }
        if (end < news.told().size()) {
            context.runOnContext(turn -> tell(news, end));
        }
    }

    private void tell(String session, Future<PullEvent> event) {
        Promise<PullEvent> question = waiting.remove(session);
        if (question != null) {
            event.onComplete(question);
        }
    }

    /**
     * All that wait hear so, once. An open bundle that does not answer is lost, for it may have told in that answer what
     * nobody tells again; what its sessions had is read behind the last id, by their clients.
     */
    private void fail(Future<String> asked, Throwable error) {
        if (asked != opened) {
            return;
        }
        Throwable reason = error;
        if (asked.succeeded()) {
            LOG.info("a bundle of pulls is lost", error);
            opened = null;
            reason = Failure.notFound("the bundle is lost");
        }
        List<Promise<PullEvent>> failed = List.copyOf(waiting.values());
        waiting.clear();
        wanting.clear();
        for (Promise<PullEvent> question : failed) {
            question.fail(reason);
        }
    }
}
