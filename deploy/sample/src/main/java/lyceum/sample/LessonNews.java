package lyceum.sample;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.LessonFact;
import lyceum.elicast.ElicastService.LessonPage;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.elicast.Lesson;
import lyceum.platform.Bus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of each new lesson, and what its teacher has beside it: the event says what has happened, a question to
 * elicast-service how things stand.
 */
public final class LessonNews extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(LessonNews.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int NEWEST = 20;

    private final Consumer<String> teller;
    private ElicastService elicast;

    /** @param teller gets one line for each new lesson, on an event loop */
    public LessonNews(Consumer<String> teller) {
        this.teller = teller;
    }

    /** @return done when events are heard */
    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx, PATIENCE);
        elicast = bus.proxy(ElicastService.class);
        return bus.listen(ElicastService.CREATED, this::tell);
    }

    private void tell(LessonFact created) {
        elicast.listLessons(new ListLessons(created.teacher(), 0, NEWEST))
                .onSuccess(page -> teller.accept("new: %s; newest first: %s".formatted(created.title(), titles(page))))
                // Events are told once and are not kept: who must not miss one reads what is stored as well.
                .onFailure(error -> LOG.warn("nothing is known beside {}: {}", created.id(), error.getMessage()));
    }

    private static String titles(LessonPage page) {
        return page.items().stream().map(Lesson::title).collect(Collectors.joining(", "));
    }
}
