package lyceum.elicast.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.OpenTicket;
import lyceum.elicast.ElicastService.SubmitLog;
import lyceum.elicast.ElicastService.Ticket;
import lyceum.platform.Failure;

/** What learners did, as their pages tell it, under a ticket for each page that was opened. */
final class StudyLog {

    private final StudyLogStore store;
    private final ElicastMetrics metrics;
    private final Clock clock;

    StudyLog(StudyLogStore store, ElicastMetrics metrics, Clock clock) {
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    Future<Ticket> open(OpenTicket order) {
        String ticket = UUID.randomUUID().toString();
        return store.insertTicket(ticket, order, now())
                .onSuccess(inserted -> metrics.tickets.increment())
                .map(new Ticket(ticket));
    }

    Future<Done> submit(SubmitLog order) {
        return store.insertEntry(order, now()).map(known -> {
            if (!known) {
                throw Failure.notFound("ticket -- Not exist");
            }
            metrics.logs.increment();
            return new Done();
        });
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
