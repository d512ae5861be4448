package lyceum.grading;

import io.vertx.core.Future;
import lyceum.grading.HandInService.HandInPage;

/**
 * What earlier attempts to grade a hand-in came to, since it was sent to be graded anew. A student sees those of own hand-ins;
 * of others it is told NOT_FOUND. Every method may fail with UNAVAILABLE while the database does not answer.
 */
public interface AttemptService {

    /** @return one page, the latest first; or INVALID for a count that cannot be, NOT_FOUND for a page that is not there */
    Future<HandInPage> listAttempts(ListAttempts question);

    /** @return the hand-in as that attempt left it, with all that the viewer may see; or NOT_FOUND */
    Future<HandInDetail> findAttempt(FindAttempt question);

    /**
     * @param id of the hand-in
     * @param page from 1 on
     * @param count of one page, 1 to {@link HandInService#PAGE}
     */
    record ListAttempts(Viewer viewer, String id, int page, int count) {}

    /**
     * @param id of the hand-in
     * @param attempt from 1 on
     */
    record FindAttempt(Viewer viewer, String id, int attempt) {}
}
