package lyceum.social.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.social.internal.MemberStore.Remains;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds sockets, and what becomes of them. A member is ended first, which is final; then its sessions leave, class by
 * class, each class in one transaction. Who does the second half is nobody's business: each instance looks for remains, so
 * one that dies in between leaves none, and of two that look at once the second one finds the class empty.
 */
final class Members {

    private static final Logger LOG = LoggerFactory.getLogger(Members.class);

    /** How long what an ended member still sends is told apart from what a new one would. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private final MemberStore store;
    private final Classes classes;
    private final Duration lease;
    private final UnbrokenLook looking;
    private final LongSupplier nanoTime;

    Members(MemberStore store, Classes classes, Pace pace, LongSupplier nanoTime) {
        this.store = store;
        this.classes = classes;
        this.lease = pace.lease();
        this.looking = new UnbrokenLook(pace.lease(), pace.longestGap());
        this.nanoTime = nanoTime;
    }

    /** @return done, or CONFLICT where it was ended */
    Future<Void> keep(String member) {
        return store.keep(member, lease).map(lives -> {
            if (!lives) {
                throw new Failure(Kind.CONFLICT, "the member was given up");
            }
            return null;
        });
    }

    /** @return done when all of its sessions have left */
    Future<Void> end(String member) {
        return store.end(member)
                .compose(ended -> store.remains())
                .compose(remains -> leave(remains.stream()
                        .filter(sessions -> sessions.member().equals(member))
                        .toList()));
    }

    /** Ends members that are not heard of any more, and lets the sessions of ended ones leave. */
    Future<Void> look() {
        return store.now()
                .compose(now -> endOutlived().map(now))
                .onSuccess(now -> looking.succeeded(nanoTime.getAsLong(), now))
                .onFailure(error -> looking.failed())
                .compose(now -> store.remains())
                .compose(this::leave);
    }

    /** @return how many members are not remembered any more */
    Future<Integer> forget() {
        return store.forget(MEMORY);
    }

    /**
     * Whose life was over when the database last answered, and is now. By its present time all would be overdue, if it had
     * stood still since.
     */
    private Future<Integer> endOutlived() {
        return looking.isLongEnough(nanoTime.getAsLong())
                ? store.endOutlived(looking.lastTime()).onSuccess(Members::tell)
                : Future.succeededFuture(0);
    }

    private static void tell(int ended) {
        if (ended > 0) {
            LOG.warn("gave up members={} that were not heard of", ended);
        }
    }

    private Future<Void> leave(List<Remains> remains) {
        return Loop.tryEach(remains, sessions -> classes.depart(sessions.className(), sessions.member()));
    }
}
