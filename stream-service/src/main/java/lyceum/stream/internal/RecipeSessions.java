package lyceum.stream.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecipeService.ChangeRecipeSession;
import lyceum.stream.RecipeService.CreateRecipeSession;
import lyceum.stream.RecipeService.RecipeSessionPage;
import lyceum.stream.RecipeService.SearchRecipeSession;
import lyceum.stream.RecipeSession;
import lyceum.stream.SessionContent;

/** What may happen to sessions of people with recipes. */
final class RecipeSessions {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private final SessionStore store;
    private final DocumentIds ids;
    private final Outbox outbox;
    private final int most;
    private final Clock clock;

    /**
     * @param most that may be
     * @param clock its zone is that of times that are told in local time
     */
    RecipeSessions(SessionStore store, DocumentIds ids, Outbox outbox, int most, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.outbox = outbox;
        this.most = most;
        this.clock = clock;
    }

    Future<RecipeSessionPage> list(long after) {
        return store.page(after);
    }

    Future<RecipeSession> find(String id) {
        return store.find(id);
    }

    Future<RecipeSession> search(SearchRecipeSession question) {
        boolean isAskedForNothing =
                question.id() == null && question.content().given().isEmpty();
        return isAskedForNothing
                ? Future.failedFuture(Failure.notFound("nothing was asked for"))
                : store.search(question);
    }

    Future<RecipeSession> create(CreateRecipeSession order) {
        SessionContent given = order.content();
        SessionContent content =
                new SessionContent(given.recipe(), given.step() == null ? 0L : given.step(), given.prefix());
        String createdAt = localTime();
        Function<String, RecipeSession> making = id -> new RecipeSession(id, content, createdAt);
        Future<RecipeSession> stored = order.id() == null ? insertUnderFreeId(making, 0) : insert(order.id(), making);
        return stored.compose(session -> outbox.tell().map(session));
    }

    private Future<RecipeSession> insert(String id, Function<String, RecipeSession> making) {
        return store.insert(List.of(id), making).map(session -> session.orElseThrow(() -> SessionStore.taken(id)));
    }

    /** Whoever is the first to create one in a second gets its id, the others those of seconds to come. */
    private Future<RecipeSession> insertUnderFreeId(Function<String, RecipeSession> making, int skipped) {
        if (skipped > most) {
            // There are more ids than sessions may be.
            return Future.failedFuture(new Failure(Kind.CONFLICT, "there are too many sessions; remove some"));
        }
        return store.insert(ids.seconds(skipped), making)
                .compose(session -> session.map(Future::succeededFuture)
                        .orElseGet(() -> insertUnderFreeId(making, skipped + DocumentIds.PROPOSED)));
    }

    private String localTime() {
        LocalDateTime now = LocalDateTime.now(clock).truncatedTo(ChronoUnit.MICROS);
        return now.format(now.get(ChronoField.NANO_OF_SECOND) == 0 ? SECONDS : MICROS);
    }

    Future<Boolean> change(ChangeRecipeSession order) {
        return order.given().isEmpty() ? Future.succeededFuture(false) : told(store.update(order));
    }

    Future<Boolean> delete(String id) {
        return told(store.delete(id));
    }

    private Future<Boolean> told(Future<Boolean> change) {
        return change.compose(isDone -> isDone ? outbox.tell().map(true) : Future.succeededFuture(false));
    }
}
