package lyceum.grading.internal;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import lyceum.grading.HandIn;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInService;
import lyceum.grading.Viewer;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** What students hand in, and what they and their teachers see of it. */
final class HandIns implements HandInService {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Library library;
    private final UnpackingRoom room;
    private final HandInStore store;
    private final ScoreStore scores;
    private final HandInViews views;
    private final Announcements announcements;
    private final Language fallback;
    private final int mostPending;

    /**
     * @param room where archives are unpacked
     * @param fallback language of those who read none that there is
     * @param mostPending of one student for one homework
     */
    HandIns(
            Library library,
            UnpackingRoom room,
            HandInStore store,
            ScoreStore scores,
            HandInViews views,
            Announcements announcements,
            Language fallback,
            int mostPending) {
        this.library = library;
        this.room = room;
        this.store = store;
        this.scores = scores;
        this.views = views;
        this.announcements = announcements;
        this.fallback = fallback;
        this.mostPending = mostPending;
    }

    /** In the order of the contract, section 3.5: what is told first decides. */
    @Override
    public Future<HandIn> createHandIn(CreateHandIn order) {
        FindOpening question = new FindOpening(order.student(), order.isTeacher(), order.homework(), order.begun());
        Shelf shelf = library.shelf();
        String id = UUID.randomUUID().toString().replace("-", "");
        return opening(shelf, question)
                .compose(opening -> {
                    checkStorable(order.fileName());
                    Homework homework = shelf.find(order.homework(), order.isTeacher());
                    CodePackage codePackage = codePackage(homework, order.codePackage());
                    return HandInContent.check(codePackage, order.fileName(), order.content(), room)
                            .compose(fine -> store.insert(entry(id, homework, opening.scale(), order), mostPending));
                })
                .compose(stored -> handedIn(id, new Viewer(order.student(), order.isTeacher(), null)));
    }

    @Override
    public Future<Opening> findOpening(FindOpening question) {
        return opening(library.shelf(), question);
    }

    private Future<Opening> opening(Shelf shelf, FindOpening question) {
        checkStorable(question.student());
        Homework homework = shelf.find(question.homework(), question.isTeacher());
        return store.checkOpen(question.student(), homework.uuid(), mostPending)
                .map(fewer -> new Opening(scale(shelf, homework, question)));
    }

    private static void checkStorable(String... texts) {
        for (String text : texts) {
            if (text != null && text.indexOf('\0') >= 0) {
                throw Failure.invalid("a text has U+0000");
            }
        }
    }

    /** @return the id, or one that nothing has: anything else is none of ours, and not always a text for a database */
    static String id(String asked) {
        return ID.matcher(asked).matches() ? asked : "";
    }

    private static double scale(Shelf shelf, Homework homework, FindOpening question) {
        if (shelf.access(homework).isLocked() && !question.isTeacher()) {
            throw new Failure(Kind.FORBIDDEN, "This homework is locked and cannot be submitted.");
        }
        return Deadline.next(homework.deadlines(), question.begun())
                .map(Deadline::scale)
                .orElseThrow(() -> new Failure(
                        Kind.FORBIDDEN, "This homework is out of date! You cannot upload your submission."));
    }

    private static CodePackage codePackage(Homework homework, String name) {
        return Optional.ofNullable(homework.packages().get(name))
                .orElseThrow(() -> Failure.invalid("package is not one of "
                        + String.join(", ", homework.packages().keySet())));
    }

    private static HandInStore.New entry(String id, Homework homework, double scale, CreateHandIn order) {
        return new HandInStore.New(
                id,
                order.student(),
                order.isTeacher(),
                homework.uuid(),
                order.codePackage(),
                order.begun(),
                order.fileName(),
                order.content(),
                scale);
    }

    /** Something waits to be graded. */
    private Future<HandIn> handedIn(String id, Viewer viewer) {
        return store.find(id).map(found -> {
            StoredHandIn handIn = found.orElseThrow();
            announcements.handedIn(handIn);
            return views.summary(handIn, viewer);
        });
    }

    @Override
    public Future<HandInDetail> findHandIn(FindHandIn question) {
        Viewer viewer = question.viewer();
        return store.find(id(question.id()))
                .map(found -> found.filter(
                                handIn -> viewer.isTeacher() || handIn.student().equals(viewer.name()))
                        .map(handIn -> views.detail(handIn, library.shelf().codePackage(handIn), viewer))
                        .orElseThrow(HandIns::notFound));
    }

    static Failure notFound() {
        return Failure.notFound("Submission not found");
    }

    @Override
    public Future<HandInPage> listHandIns(ListHandIns question) {
        Viewer viewer = question.viewer();
        checkPage(question.page(), question.count());
        if (!viewer.isTeacher() && !viewer.name().equals(question.student())) {
            throw new Failure(Kind.FORBIDDEN, "hand-ins of others are not shown");
        }
        checkStorable(question.student(), question.homework());
        String homework = uuid(question.homework());
        long offset = (question.page() - 1L) * question.count();
        Future<Long> total = store.count(question.student(), homework);
        Future<List<StoredHandIn>> page = store.page(question.student(), homework, question.count(), offset);
        return Future.all(total, page).map(all -> {
            if (page.result().isEmpty() && question.page() > 1) {
                throw noSuchPage();
            }
            return new HandInPage(
                    page.result().stream()
                            .map(handIn -> views.summary(handIn, viewer))
                            .toList(),
                    question.page(),
                    question.count(),
                    total.result());
        });
    }

    static void checkPage(int page, int count) {
        if (count < 1 || count > PAGE) {
            throw Failure.invalid("count is not within 1..%d".formatted(PAGE));
        }
        if (page < 1) {
            throw noSuchPage();
        }
    }

    static Failure noSuchPage() {
        return Failure.notFound("there is no such page");
    }

    /** @return of a slug its uuid; anything else as it is: hand-ins outlive their homework */
    private String uuid(String slugOrUuid) {
        return slugOrUuid == null
                ? null
                : Optional.ofNullable(library.shelf().homework().get(slugOrUuid))
                        .map(Homework::uuid)
                        .orElse(slugOrUuid);
    }

    @Override
    public Future<Content> fetchContent(FindHandIn question) {
        Viewer viewer = question.viewer();
        return store.content(id(question.id()), viewer.isTeacher() ? null : viewer.name())
                .map(found -> found.map(kept -> new Content(
                                HandInContent.fileName(kept.codePackage(), kept.fileName()),
                                HandInContent.type(kept.codePackage(), kept.fileName()),
                                kept.content()))
                        .orElseThrow(HandIns::notFound));
    }

    @Override
    public Future<HandIn> rerunHandIn(RerunHandIn order) {
        return store.again(id(order.id()), order.isFullScale()).compose(isThere -> {
            if (!isThere) {
                throw notFound();
            }
            return handedIn(order.id(), order.viewer());
        });
    }

    @Override
    public Future<HandIn> cancelHandIn(CancelHandIn order) {
        Viewer viewer = order.viewer();
        String id = id(order.id());
        return store.cancel(id, viewer.isTeacher() ? null : viewer.name()).compose(ended -> {
            ended.ifPresent(announcements::scored);
            return findHandIn(new FindHandIn(viewer, id)).map(found -> {
                if (ended.isEmpty()) {
                    throw new Failure(Kind.CONFLICT, "there is a verdict already");
                }
                return found.handIn();
            });
        });
    }

    @Override
    public Future<Cleared> clearHandIns(ClearHandIns order) {
        checkStorable(order.homework());
        return store.clear(uuid(order.homework())).map(rejected -> {
            rejected.forEach(announcements::scored);
            return new Cleared(rejected.size());
        });
    }

    @Override
    public Future<HandInService.ScoreTable> tabulateScores(TabulateScores question) {
        Homework homework = library.shelf().find(question.homework(), true);
        String title = homework.wording(Language.preferred(question.viewer().languages()), fallback)
                .title();
        return scores.ofHomework(homework.uuid(), TABLE_ROWS)
                .map(best -> new HandInService.ScoreTable(
                        homework.uuid(),
                        title,
                        best.entrySet().stream()
                                .map(row -> new StudentScore(
                                        row.getKey(), row.getValue() == null ? null : Tenths.of(row.getValue())))
                                .toList(),
                        lyceum.grading.internal.ScoreTable.csv(best.entrySet().stream()
                                        .map(row -> new lyceum.grading.internal.ScoreTable.Row(
                                                row.getKey(), row.getValue()))
                                        .toList())
                                .toString()));
    }
}
