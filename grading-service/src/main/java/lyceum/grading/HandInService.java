package lyceum.grading;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import lyceum.platform.Topic;

/**
 * Hand-ins: what students hand in, how it is graded, and what comes of it. A student sees only own ones; of others it is told
 * NOT_FOUND. Every method may fail with UNAVAILABLE while the database does not answer.
 */
public interface HandInService {

    /** Something was handed in, or sent to be graded again. */
    Topic<HandedIn> HANDED_IN = new Topic<>("lyceum.grading.handedIn");

    /** Somebody has begun to grade. */
    Topic<Started> STARTED = new Topic<>("lyceum.grading.started");

    /** There is a verdict. */
    Topic<Scored> SCORED = new Topic<>("lyceum.grading.scored");

    /** Most hand-ins in one page. */
    int PAGE = 100;

    /** Most rows in a table of scores. */
    int TABLE_ROWS = 10_000;

    /**
     * Stores what a student hands in, and lets it be graded.
     *
     * @return the stored hand-in, once it is on the disk; or NOT_FOUND for an unknown or hidden homework; CONFLICT where too many
     *     of this student for this homework are not graded yet, FORBIDDEN where it is locked or no deadline is left; INVALID
     *     for a package it does not have, or content that cannot be what the package asks for; UNPROCESSABLE for an archive
     *     that breaks a rule; BUSY where too many are unpacked at once
     */
    Future<HandIn> createHandIn(CreateHandIn order);

    /** @return what a hand-in would count, whatever it is; or NOT_FOUND, CONFLICT or FORBIDDEN as for one that is created */
    Future<Opening> findOpening(FindOpening question);

    /** @return all that the viewer may see of it; or NOT_FOUND */
    Future<HandInDetail> findHandIn(FindHandIn question);

    /** @return one page, the newest first; or INVALID for a count that cannot be, NOT_FOUND for a page that is not there */
    Future<HandInPage> listHandIns(ListHandIns question);

    /** @return exactly what was handed in; or NOT_FOUND */
    Future<Content> fetchContent(FindHandIn question);

    /**
     * Lets a hand-in be graded once more; what was found is kept as an earlier attempt.
     *
     * @return how it stands now; or NOT_FOUND; CONFLICT where what was handed in is not stored, only what came of it
     */
    Future<HandIn> rerunHandIn(RerunHandIn order);

    /**
     * Rejects a hand-in that is not graded yet, and stops whoever grades it. A student may do so with an own one.
     *
     * @return how it stands now; or NOT_FOUND, or CONFLICT where it has a verdict
     */
    Future<HandIn> cancelHandIn(CancelHandIn order);

    /** Rejects whatever is not graded yet, and stops whoever grades it. */
    Future<Cleared> clearHandIns(ClearHandIns order);

    /** @return the best score of everybody who handed in, sorted by name in code point order; or NOT_FOUND for a homework */
    Future<ScoreTable> tabulateScores(TabulateScores question);

    /**
     * @param student who hands in
     * @param isTeacher whether locked and hidden homework is open to whoever it is
     * @param homework slug or uuid
     * @param codePackage {@code python} for instance
     * @param fileName of an archive, else null
     * @param content the archive, or the text in UTF-8
     * @param begun when the request began, which is what deadlines are compared with
     */
    record CreateHandIn(
            String student,
            boolean isTeacher,
            String homework,
            String codePackage,
            String fileName,
            Buffer content,
            Instant begun) {}

    /** As {@link CreateHandIn} has them. */
    record FindOpening(String student, boolean isTeacher, String homework, Instant begun) {}

    /** @param scale of the next deadline */
    record Opening(double scale) {}

    /** @param id of the hand-in */
    record FindHandIn(Viewer viewer, String id) {}

    /**
     * @param student whose; null for everybody's, which students may not ask for
     * @param homework slug or uuid, or null for all
     * @param page from 1 on
     * @param count of one page, 1 to {@link #PAGE}
     */
    record ListHandIns(Viewer viewer, String student, String homework, int page, int count) {}

    /** @param total of all pages */
    record HandInPage(List<HandIn> handIns, int page, int count, long total) {}

    /** @param type media type, guessed from the name */
    record Content(String fileName, String type, Buffer bytes) {}

    /** @param isFullScale whether its deadline shall not count any more */
    record RerunHandIn(Viewer viewer, String id, boolean isFullScale) {}

    /** @param id of the hand-in */
    record CancelHandIn(Viewer viewer, String id) {}

    /** @param homework slug or uuid, or null for all */
    record ClearHandIns(Viewer viewer, String homework) {}

    /** @param count hand-ins that were rejected */
    record Cleared(int count) {}

    /** @param homework slug or uuid */
    record TabulateScores(Viewer viewer, String homework) {}

    /**
     * @param homework its uuid
     * @param title of the homework in the language of the viewer
     * @param csv the same for spreadsheets (contracts/grading.md, section 7.4)
     */
    record ScoreTable(String homework, String title, List<StudentScore> scores, String csv) {}

    /** @param score the best one that counts, scaled, rounded to one decimal; null for none */
    record StudentScore(String student, Double score) {}

    /**
     * @param attempt 1 for a new one
     * @param queuePosition how many are graded before it, from 1 on; null where somebody grades it already
     */
    record HandedIn(
            String id, String student, String homework, String codePackage, int attempt, Integer queuePosition) {}

    /** Somebody has begun. */
    record Started(String id, String student, String homework, int attempt) {}

    /**
     * @param finalScore scaled and rounded to one decimal; null unless accepted
     * @param result in English with its arguments
     */
    record Scored(
            String id,
            String student,
            String homework,
            int attempt,
            HandInState state,
            Double finalScore,
            Text result) {}
}
