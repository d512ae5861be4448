package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PullBundle.News;
import lyceum.stream.PullBundle.Refused;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.StreamService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that are read together, and what they have to tell until they are asked for it: one event of each at most. Lives on
 * one context.
 */
final class Bundle {

    private static final Logger LOG = LoggerFactory.getLogger(Bundle.class);

    /** So much is told at once, and work for the asker while the others are looked at. */
    private static final int ENOUGH = 16;

    /** In one message. */
    private static final int MOST_REFUSED = 1024;

    private final Vertx vertx;
    private final Duration patience;
    private final Function<String, Future<PullEvent>> sessions;
    private final Set<String> asked = new HashSet<>();
    private final Queue<Happening> happened = new ArrayDeque<>();
    private final Queue<Refused> refused = new ArrayDeque<>();

    private Promise<News> reader;
    private long patienceTimer = -1;
    private boolean isDue;

    private record Happening(String session, PullEvent event) {}

    /**
     * @param patience after which a question is answered with nothing
     * @param sessions asks one of them what is next
     */
    Bundle(Vertx vertx, Duration patience, Function<String, Future<PullEvent>> sessions) {
        this.vertx = vertx;
        this.patience = patience;
        this.sessions = sessions;
    }

    /** @return as {@code PullBundle.readBundle} */
    Future<News> read(List<String> ids) {
        answer();
        Promise<News> question = Promise.promise();
        reader = question;
        patienceTimer = vertx.setTimer(patience.toMillis(), late -> answer());
        ids.stream().filter(asked::add).forEach(this::ask);
        if (!happened.isEmpty() || !refused.isEmpty()) {
            answerSoon();
        }
        return question.future();
    }

    private void ask(String session) {
        sessions.apply(session)
                .onComplete(answered -> asked.remove(session))
                .onSuccess(event -> happened.add(new Happening(session, event)))
                .onFailure(error -> refused.add(refusal(session, error)))
                .onComplete(answered -> answerSoon());
    }

    private static Refused refusal(String session, Throwable error) {
        if (error instanceof Failure failure) {
            return new Refused(session, failure.kind(), failure.getMessage());
        }
        LOG.error("defect in a pull", error);
        return new Refused(session, Kind.INTERNAL, "internal error");
    }

    /** What happens in this turn of the event loop is told together. */
    private void answerSoon() {
        if (happened.size() >= ENOUGH) {
            answer();
        } else if (!isDue && reader != null) {
            isDue = true;
            vertx.runOnContext(turn -> {
                isDue = false;
                answer();
            });
        }
    }

    private void answer() {
        if (reader != null) {
            Promise<News> question = reader;
            reader = null;
            vertx.cancelTimer(patienceTimer);
            question.complete(news());
        }
    }

    private News news() {
        SharedEvents events = new SharedEvents();
        while (!happened.isEmpty() && events.hasRoomFor(happened.element().event(), StreamService.PIECE_BYTES)) {
            Happening next = happened.remove();
            events.add(next.session(), next.event());
        }
        List<Refused> told = new ArrayList<>();
        while (!refused.isEmpty() && told.size() < MOST_REFUSED) {
            told.add(refused.remove());
        }
        return new News(events.events(), events.told(), told);
    }

    /** Who waits is told what one message can have; the others find out that the bundle is gone. */
    void end() {
        answer();
    }
}
