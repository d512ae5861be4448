package lyceum.elicast.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AppendPieces;
import lyceum.elicast.ElicastService.CreateLesson;
import lyceum.elicast.ElicastService.DeleteLesson;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.Draft;
import lyceum.elicast.ElicastService.LessonFact;
import lyceum.elicast.ElicastService.LessonPage;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.elicast.ElicastService.ModifyLesson;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.Pieces;
import lyceum.elicast.ElicastService.ProtectLesson;
import lyceum.elicast.ElicastService.ReadPieces;
import lyceum.elicast.Lesson;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Topic;

/** What may happen to lessons, and who is told. */
final class Lessons {

    private static final int LONGEST_PAGE = 100;

    private final LessonStore lessons;
    private final ContentStore contents;
    private final Bus bus;
    private final ElicastMetrics metrics;
    private final Clock clock;

    Lessons(LessonStore lessons, ContentStore contents, Bus bus, ElicastMetrics metrics, Clock clock) {
        this.lessons = lessons;
        this.contents = contents;
        this.bus = bus;
        this.metrics = metrics;
        this.clock = clock;
    }

    Future<LessonPage> list(ListLessons question) {
        if (question.page() < 0 || question.count() < 1 || question.count() > LONGEST_PAGE) {
            return Future.failedFuture(Failure.invalid("no such page"));
        }
        boolean beyondAll = question.page() > Long.MAX_VALUE / question.count();
        long offset = beyondAll ? Long.MAX_VALUE : question.page() * question.count();
        return lessons.page(question.teacher(), offset, question.count()).map(LessonPage::new);
    }

    Future<OpenedLesson> open(long id) {
        return lessons.open(id);
    }

    Future<Pieces> read(ReadPieces question) {
        return contents.read(question.contentId(), question.afterPart(), question.afterPosition())
                .map(Pieces::new);
    }

    Future<Draft> openDraft() {
        return contents.open(now()).onSuccess(id -> metrics.opened()).map(Draft::new);
    }

    Future<Done> append(AppendPieces order) {
        boolean tooLong =
                order.pieces().stream().anyMatch(piece -> piece.bytes().length() > ElicastService.PIECE_BYTES);
        if (tooLong) {
            return Future.failedFuture(Failure.invalid("a piece is longer than " + ElicastService.PIECE_BYTES));
        }
        return contents.append(order.draftId(), order.pieces())
                .onSuccess(appended -> metrics.appended(
                        order.pieces().size(),
                        order.pieces().stream()
                                .mapToLong(piece -> piece.bytes().length())
                                .sum()))
                .map(new Done());
    }

    Future<Done> discard(long draftId) {
        return contents.discard(draftId).onSuccess(gone -> metrics.discarded()).map(new Done());
    }

    Future<Lesson> create(CreateLesson order) {
        return lessons.insert(order, now()).onSuccess(lesson -> {
            metrics.created.increment();
            metrics.saved();
            tell(ElicastService.CREATED, lesson);
        });
    }

    Future<Lesson> modify(ModifyLesson order) {
        return told(lessons.replace(order, now()));
    }

    /** Puts a recording in its place in the lesson as it is by now: what else was changed meanwhile is kept. */
    Future<Lesson> replaceVoice(long id, NewVoice voice) {
        return told(lessons.replaceVoice(id, voice, now()));
    }

    private Future<Lesson> told(Future<Lesson> modified) {
        return modified.onSuccess(lesson -> {
            metrics.modified.increment();
            metrics.saved();
            tell(ElicastService.MODIFIED, lesson);
        });
    }

    Future<Done> delete(DeleteLesson order) {
        return lessons.delete(order.id(), order.expectedVersion())
                .onSuccess(lesson -> {
                    metrics.deleted.increment();
                    tell(ElicastService.DELETED, lesson);
                })
                .map(new Done());
    }

    Future<Done> protect(ProtectLesson order) {
        return lessons.protect(order.id(), order.isProtected()).map(new Done());
    }

    private void tell(Topic<LessonFact> topic, Lesson lesson) {
        bus.publish(
                topic,
                new LessonFact(lesson.id(), lesson.version(), lesson.title(), lesson.teacher(), clock.instant()));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
