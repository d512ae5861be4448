package lyceum.grading.internal;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import lyceum.grading.AttemptService;
import lyceum.grading.HandIn;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInService.HandInPage;
import lyceum.grading.Viewer;

/** What students and teachers see of earlier attempts. */
final class Attempts implements AttemptService {

    private final Library library;
    private final AttemptStore store;
    private final HandInViews views;

    Attempts(Library library, AttemptStore store, HandInViews views) {
        this.library = library;
        this.store = store;
        this.views = views;
    }

    @Override
    public Future<HandInPage> listAttempts(ListAttempts question) {
        int page = question.page();
        int count = question.count();
        HandIns.checkPage(page, count);
        String id = HandIns.id(question.id());
        String student = student(question.viewer());
        Future<Optional<Long>> total = store.count(id, student);
        Future<List<StoredHandIn>> found = store.page(id, student, count, (page - 1L) * count);
        return Future.all(total, found).map(all -> {
            long kept = total.result().orElseThrow(HandIns::notFound);
            if (found.result().isEmpty() && page > 1) {
                throw HandIns.noSuchPage();
            }
            List<HandIn> attempts = found.result().stream()
                    .map(attempt -> views.summary(attempt, question.viewer()))
                    .toList();
            return new HandInPage(attempts, page, count, kept);
        });
    }

    @Override
    public Future<HandInDetail> findAttempt(FindAttempt question) {
        return store.find(HandIns.id(question.id()), student(question.viewer()), question.attempt())
                .map(found -> found.map(attempt ->
                                views.detail(attempt, library.shelf().codePackage(attempt), question.viewer()))
                        .orElseThrow(HandIns::notFound));
    }

    /** @return whose hand-ins somebody sees; null for everybody's */
    private static String student(Viewer viewer) {
        return viewer.isTeacher() ? null : viewer.name();
    }
}
