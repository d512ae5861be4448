package lyceum.grading;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import lyceum.platform.Topic;

/** Homework: what students are asked for. It comes from a directory, or a teacher uploads it. */
public interface HomeworkService {

    /** Homework was uploaded, removed, locked or hidden, or shall be read again. */
    Topic<HomeworkChanged> CHANGED = new Topic<>("lyceum.grading.homeworkChanged");

    /** Stands for every homework where one is locked or hidden. */
    String EVERY = "*";

    /** @return what the viewer may see, sorted by slug */
    Future<HomeworkList> listHomework(ListHomework question);

    /** @return one homework; or NOT_FOUND, also where it is hidden from the viewer */
    Future<HomeworkDetail> findHomework(FindHomework question);

    /** @return a zip of what students get of a package; or NOT_FOUND, also where students get nothing of it */
    Future<Attachment> fetchAttachment(FetchAttachment question);

    /** @return a file beside the descriptions; or NOT_FOUND */
    Future<Attachment> fetchHomeworkFile(FetchHomeworkFile question);

    /**
     * Stores an uploaded homework, in place of one of that slug.
     *
     * @return how it stands; or UNPROCESSABLE with the reason where it cannot be read, CONFLICT where its uuid is that of another
     */
    Future<HomeworkSummary> uploadHomework(UploadHomework order);

    /** Removes an uploaded homework; hand-ins stay. NOT_FOUND where none of that slug was uploaded. */
    Future<Done> removeHomework(RemoveHomework order);

    /** Locks, hides or opens homework. NOT_FOUND for an unknown one. */
    Future<Done> setHomeworkAccess(SetHomeworkAccess order);

    /** Reads the directory again. */
    Future<Shelved> reloadHomework(ReloadHomework order);

    /** @param viewer who asks */
    record ListHomework(Viewer viewer) {}

    /** Sorted by slug. */
    record HomeworkList(List<HomeworkSummary> homework) {}

    /**
     * @param uuid 32 hexadecimal digits; names it wherever a hand-in does
     * @param slug names it in paths
     * @param title in the language of the viewer
     * @param packages their names
     * @param nextDeadline the one that a hand-in meets now; null where it is out of date
     * @param isLocked whether students cannot hand in
     * @param isHidden whether students do not see it
     * @param bestScore of the viewer, scaled, rounded to one decimal; null for none
     */
    record HomeworkSummary(
            String uuid,
            String slug,
            String title,
            List<String> packages,
            DeadlineView nextDeadline,
            boolean isLocked,
            boolean isHidden,
            Double bestScore) {}

    /** @param at the last moment that meets it */
    record DeadlineView(Instant at, double scale) {}

    /** @param homework slug or uuid */
    record FindHomework(Viewer viewer, String homework) {}

    /**
     * @param description Markdown, in the language of the viewer
     * @param descriptionHtml the same as HTML that is safe to show; its links to files lead to {@code /hwstatic/<slug>/}
     * @param solution Markdown, for teachers only; or null
     * @param deadlines in the order of the package
     * @param attachments names of packages that students can download
     */
    record HomeworkDetail(
            HomeworkSummary summary,
            String description,
            String descriptionHtml,
            String solution,
            List<DeadlineView> deadlines,
            List<String> attachments) {}

    /** @param homework slug or uuid */
    record FetchAttachment(Viewer viewer, String homework, String codePackage) {}

    /** @param path relative to the descriptions */
    record FetchHomeworkFile(Viewer viewer, String homework, String path) {}

    /** @param fileName without a path */
    record Attachment(String fileName, Buffer bytes) {}

    /**
     * @param slug 1 to 64 letters, digits, {@code _}, {@code -}; no dot first
     * @param zip what its directory would hold, with or without one directory around it
     */
    record UploadHomework(Viewer viewer, String slug, Buffer zip) {}

    /** @param slug of an uploaded one */
    record RemoveHomework(Viewer viewer, String slug) {}

    /** @param homework slug or uuid, or {@link #EVERY} */
    record SetHomeworkAccess(Viewer viewer, String homework, boolean isLocked, boolean isHidden) {}

    /** Asks for that. */
    record ReloadHomework(Viewer viewer) {}

    /** @param skipped what could not be read, one line each: its directory, and why */
    record Shelved(int homework, List<String> skipped) {}

    /**
     * @param homework slug, or {@link #EVERY}
     * @param instance of this service that has seen it already
     */
    record HomeworkChanged(String homework, String instance) {}

    /** It is done. */
    record Done() {}
}
