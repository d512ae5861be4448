package lyceum.grading.internal;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lyceum.grading.HomeworkService;
import lyceum.grading.Viewer;
import lyceum.grading.internal.HomeworkStore.Access;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** What students and teachers ask about homework. */
final class Homeworks implements HomeworkService {

    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");

    private final Library library;
    private final HomeworkStore store;
    private final ScoreStore scores;
    private final Bus bus;
    private final String instance;
    private final Language fallback;
    private final InstantSource clock;

    /**
     * @param instance of this service
     * @param fallback language of those who read none that there is
     */
    Homeworks(
            Library library,
            HomeworkStore store,
            ScoreStore scores,
            Bus bus,
            String instance,
            Language fallback,
            InstantSource clock) {
        this.library = library;
        this.store = store;
        this.scores = scores;
        this.bus = bus;
        this.instance = instance;
        this.fallback = fallback;
        this.clock = clock;
    }

    @Override
    public Future<HomeworkList> listHomework(ListHomework question) {
        Viewer viewer = question.viewer();
        Shelf shelf = library.shelf();
        return scores.ofStudent(viewer.name())
                .map(best -> new HomeworkList(shelf.homework().values().stream()
                        .filter(homework ->
                                viewer.isTeacher() || !shelf.access(homework).isHidden())
                        .map(homework -> summary(shelf, homework, viewer, best))
                        .toList()));
    }

    @Override
    public Future<HomeworkDetail> findHomework(FindHomework question) {
        Viewer viewer = question.viewer();
        Shelf shelf = library.shelf();
        Homework homework = shelf.find(question.homework(), viewer.isTeacher());
        return scores.ofStudent(viewer.name())
                .compose(best -> library.work(() -> detail(shelf, homework, viewer, best)));
    }

    private HomeworkDetail detail(Shelf shelf, Homework homework, Viewer viewer, Map<String, Double> best) {
        Homework.Wording wording = homework.wording(Language.preferred(viewer.languages()), fallback);
        boolean isOpen = viewer.isTeacher() || !shelf.access(homework).isLocked();
        return new HomeworkDetail(
                summary(shelf, homework, viewer, best),
                Descriptions.linked(wording.description(), "", homework.slug()),
                Descriptions.html(wording.description(), "", homework.slug()),
                viewer.isTeacher() ? wording.solution() : null,
                homework.deadlines().stream().map(Homeworks::view).toList(),
                isOpen ? attachments(homework, viewer) : List.of());
    }

    private static List<String> attachments(Homework homework, Viewer viewer) {
        return homework.packages().values().stream()
                .filter(each -> each.attachment() || viewer.isTeacher())
                .map(CodePackage::name)
                .toList();
    }

    private HomeworkSummary summary(Shelf shelf, Homework homework, Viewer viewer, Map<String, Double> best) {
        Access access = shelf.access(homework);
        Double score = best.get(homework.uuid());
        return new HomeworkSummary(
                homework.uuid(),
                homework.slug(),
                homework.wording(Language.preferred(viewer.languages()), fallback)
                        .title(),
                List.copyOf(homework.packages().keySet()),
                Deadline.next(homework.deadlines(), clock.instant())
                        .map(Homeworks::view)
                        .orElse(null),
                access.isLocked(),
                access.isHidden(),
                score == null ? null : Tenths.of(score));
    }

    private static DeadlineView view(Deadline deadline) {
        return new DeadlineView(deadline.due(), deadline.scale());
    }

    @Override
    public Future<Attachment> fetchAttachment(FetchAttachment question) {
        Shelf shelf = library.shelf();
        boolean isTeacher = question.viewer().isTeacher();
        Homework homework = shelf.find(question.homework(), isTeacher);
        CodePackage codePackage = Optional.ofNullable(homework.packages().get(question.codePackage()))
                .filter(found -> isTeacher
                        || found.attachment() && !shelf.access(homework).isLocked())
                .orElseThrow(() -> Failure.notFound("there is no such attachment"));
        return library.work(() -> new Attachment(
                homework.slug() + "-" + codePackage.name() + ".zip",
                lyceum.grading.internal.Attachment.zip(homework, codePackage)));
    }

    @Override
    public Future<Attachment> fetchHomeworkFile(FetchHomeworkFile question) {
        String path = question.path();
        return library.shelf()
                .find(question.homework(), question.viewer().isTeacher())
                .file(path)
                .map(bytes -> Future.succeededFuture(new Attachment(path.substring(path.lastIndexOf('/') + 1), bytes)))
                .orElseThrow(() -> Failure.notFound("there is no such file"));
    }

    @Override
    public Future<HomeworkSummary> uploadHomework(UploadHomework order) {
        if (!SLUG.matcher(order.slug()).matches()) {
            throw Failure.invalid("the name of a homework has 1 to 64 letters, digits, _ or -, the first no -");
        }
        return library.read(order.slug(), order.zip())
                .compose(this::fitting)
                .recover(error -> Future.failedFuture(
                        error instanceof BrokenHomework || error instanceof IOException
                                ? new Failure(Kind.UNPROCESSABLE, error.getMessage())
                                : error))
                .compose(homework -> unclaimed(homework)
                        .compose(free -> store.put(
                                order.slug(),
                                homework.uuid(),
                                order.zip(),
                                order.viewer().name()))
                        .compose(stored -> changed(order.slug()))
                        .compose(shelf -> scores.ofStudent(order.viewer().name())
                                .map(best -> summary(shelf, homework, order.viewer(), best))));
    }

    private Future<Homework> fitting(Homework homework) {
        try {
            library.checkRoom(homework);
            return Future.succeededFuture(homework);
        } catch (BrokenHomework noRoom) {
            return Future.failedFuture(noRoom);
        }
    }

    private Future<Void> unclaimed(Homework homework) {
        return library.shelf()
                .byUuid(homework.uuid())
                .filter(other -> !other.slug().equals(homework.slug()))
                .<Future<Void>>map(other -> Future.failedFuture(
                        new Failure(Kind.CONFLICT, "homework %s has that uuid".formatted(other.slug()))))
                .orElseGet(Future::succeededFuture);
    }

    @Override
    public Future<Done> removeHomework(RemoveHomework order) {
        boolean isName = SLUG.matcher(order.slug()).matches();
        Future<Boolean> removed = isName ? store.remove(order.slug()) : Future.succeededFuture(false);
        return removed.compose(wasThere -> {
            if (!wasThere) {
                throw Failure.notFound("no homework of that name was uploaded");
            }
            return changed(order.slug()).map(new Done());
        });
    }

    @Override
    public Future<Done> setHomeworkAccess(SetHomeworkAccess order) {
        String which = order.homework().equals(EVERY)
                ? EVERY
                : library.shelf().find(order.homework(), true).uuid();
        return store.setAccess(which, new Access(order.isLocked(), order.isHidden()))
                .compose(stored -> changed(order.homework()))
                .map(new Done());
    }

    @Override
    public Future<Shelved> reloadHomework(ReloadHomework order) {
        bus.publish(CHANGED, new HomeworkChanged(EVERY, instance));
        return library.reload().map(shelf -> new Shelved(shelf.homework().size(), shelf.skipped()));
    }

    private Future<Shelf> changed(String homework) {
        bus.publish(CHANGED, new HomeworkChanged(homework, instance));
        return library.refresh();
    }
}
