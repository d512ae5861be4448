package lyceum.grading;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;

/** What runners outside of the house ask: they take hand-ins, grade them, and report (contracts/grading.md, section 1). */
public interface RunnerService {

    /** Content type of the original's envelope. */
    String LEGACY_ENVELOPE = "application/octet-stream";

    /** Content type of the envelope that is sealed. */
    String SEALED_ENVELOPE = "application/vnd.lyceum.envelope.v2";

    /** Most hand-ins in one answer. */
    int PAGE = 100;

    /**
     * Answers one call of a runner, as the original does: a business failure is an answer too.
     *
     * @return what to send back; or UNAVAILABLE where the database does not answer
     */
    Future<RunnerAnswer> callRunner(RunnerCall call);

    /** @return hand-ins that nobody grades yet, the oldest first; or INVALID where count is out of its range */
    Future<WaitingList> listWaiting(ListWaiting question);

    /** What a runner does. */
    enum Action {
        START,
        REPORT,
        PROCLOG
    }

    /**
     * @param id as in the path, decoded
     * @param path of the request, from {@code /api/handin} on; a sealed envelope is bound to it
     * @param contentType the header exactly as it was sent, or null
     * @param peer address of the caller, for the log
     */
    record RunnerCall(Action action, String id, String path, String contentType, Buffer body, String peer) {}

    /**
     * @param status 200 or 400
     * @param contentType of the body
     */
    record RunnerAnswer(int status, String contentType, Buffer body) {}

    /** @param count 1 to {@link #PAGE} */
    record ListWaiting(int count) {}

    /** The oldest first. */
    record WaitingList(List<Waiting> handIns) {}

    /**
     * @param homework uuid of the homework
     * @param fileName of an archive; null where content is a text (a URL, or CSV)
     * @param content what was handed in
     * @param attempt how often it was sent to be graded, from 1 on
     */
    record Waiting(
            String id,
            String homework,
            String codePackage,
            Instant createdAt,
            String fileName,
            Buffer content,
            int attempt) {}
}
