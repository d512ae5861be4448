package lyceum.elicast;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import lyceum.platform.Topic;

/**
 * Recorded programming lessons, the code that is run in them, and what is noted about their study.
 *
 * <p>A lesson has a content: its OTs (timed editing steps, kept as the JSON text that was sent) and one voice recording
 * for each recording session. Content is written and read in pieces, so that nobody ever holds a whole lesson: first a
 * draft is opened, then its pieces are appended, then the draft becomes the content of a lesson.
 */
public interface ElicastService {

    /** A lesson has been stored for the first time. */
    Topic<LessonFact> CREATED = new Topic<>("lyceum.elicast.created");

    /** All fields of a lesson have been replaced. */
    Topic<LessonFact> MODIFIED = new Topic<>("lyceum.elicast.modified");

    /** A lesson has been taken away; an operator can bring it back. */
    Topic<LessonFact> DELETED = new Topic<>("lyceum.elicast.deleted");

    /** A program has been run. */
    Topic<RunFact> RUN = new Topic<>("lyceum.elicast.run");

    /** An exercise has been answered. */
    Topic<AnswerFact> ANSWERED = new Topic<>("lyceum.elicast.answered");

    /** A piece has at most this many bytes; whole groups of three, so that base64 of pieces is base64 of the whole. */
    int PIECE_BYTES = 192 * 1024;

    /** 1 to 128 characters. */
    TextRule TITLE = new TextRule(1, 128, "title -- Invalid str format (length 1~128)");

    /** 1 to 64 characters; a lesson of nobody in particular has none. */
    TextRule TEACHER = new TextRule(1, 64, "teacher -- should be null or str format (length 1~64)");

    /** 1 to 64 characters. */
    TextRule TICKET_NAME = new TextRule(1, 64, "name -- Invalid string format (1~64)");

    /** Exactly 36 characters, those of a UUID. */
    TextRule TICKET = new TextRule(36, 36, "ticket -- Invalid string format (36~36)");

    /**
     * @return the lessons of one teacher, or of nobody, the newest first; an empty page beyond the end; or INVALID where
     *     page or count are out of their range
     */
    Future<LessonPage> listLessons(ListLessons question);

    /** @return a lesson and the beginning of its content, or NOT_FOUND where there is none or it is deleted */
    Future<OpenedLesson> openLesson(OpenLesson question);

    /** @return the next pieces of a content in order; none at its end */
    Future<Pieces> readPieces(ReadPieces question);

    /** @return a new draft; one that is not saved within hours is removed */
    Future<Draft> openDraft(OpenDraft order);

    /**
     * Appends pieces to a draft; the answer is the back-pressure. They are durable when the draft is saved.
     *
     * @return done; or UNAVAILABLE where the draft is gone or saved, INVALID where a piece is too long; all pieces or none
     */
    Future<Done> appendPieces(AppendPieces order);

    /** Removes a draft and its pieces; an unknown or a saved one is left alone. */
    Future<Done> discardDraft(DiscardDraft order);

    /**
     * Stores a new lesson and announces it as {@link #CREATED}.
     *
     * @return the lesson as stored; or INVALID, UNAVAILABLE where the draft is not whole (it has to be sent again)
     */
    Future<Lesson> createLesson(CreateLesson order);

    /**
     * Replaces all fields of a lesson, keeps what it was in its history, and announces {@link #MODIFIED}.
     *
     * @return the lesson as stored; or INVALID, NOT_FOUND where it is unknown, deleted or protected, CONFLICT where it is
     *     not of the expected version any more, UNAVAILABLE where the draft is not whole
     */
    Future<Lesson> modifyLesson(ModifyLesson order);

    /** Takes a lesson away and announces {@link #DELETED}; failures as {@link #modifyLesson}. */
    Future<Done> deleteLesson(DeleteLesson order);

    /** Protects a lesson against change, or no longer; or NOT_FOUND. */
    Future<Done> protectLesson(ProtectLesson order);

    /**
     * Brings all recordings of a lesson to a job of media-service, repaired. The asker reads the outputs there and closes
     * the job.
     *
     * @return where they are; or NOT_FOUND, INVALID where a recording is no base64, and the failures of media-service
     */
    Future<RepairedVoice> repairVoice(RepairVoice question);

    /**
     * Puts the only input of a media job, repaired, in the place of one recording of the lesson as it is by then; what else
     * is changed meanwhile is kept.
     *
     * @return the lesson as stored; or NOT_FOUND for the lesson (as {@link #modifyLesson}) or the recording, INVALID where
     *     the input is not sound, and the failures of media-service
     */
    Future<Lesson> replaceVoice(ReplaceVoice order);

    /**
     * Runs a program and keeps it with its output.
     *
     * @return how it ended; or BUSY, UNAVAILABLE as sandbox-service says, with nothing kept
     */
    Future<RunResult> runCode(RunCode order);

    /** Runs the answer to an exercise and keeps it; failures as {@link #runCode}, NOT_FOUND for an unknown lesson. */
    Future<RunResult> answerExercise(AnswerExercise order);

    /** Ends a run that nobody waits for any more; it is kept as cancelled. */
    Future<Done> cancelRun(CancelRun order);

    /** @return a new ticket for log entries; or INVALID */
    Future<Ticket> openTicket(OpenTicket order);

    /** Keeps a log entry; or NOT_FOUND for an unknown ticket. */
    Future<Done> submitLog(SubmitLog order);

    /**
     * @param teacher exactly this one's; null for those of nobody
     * @param page counts from 0
     * @param count lessons a page, 1..100
     */
    record ListLessons(String teacher, long page, int count) {}

    /** @param items at most as many as asked for */
    record LessonPage(List<Lesson> items) {}

    /** Asks for one lesson. */
    record OpenLesson(long id) {}

    /** @param first the first pieces of its content */
    record OpenedLesson(Lesson lesson, List<Piece> first) {}

    /** Asks for what follows a piece, or for the beginning where part and position are -1. */
    record ReadPieces(long contentId, int afterPart, int afterPosition) {}

    /** @param items in order of part and position */
    record Pieces(List<Piece> items) {}

    /**
     * A stretch of a content.
     *
     * @param part 0 for the OTs, n for the n-th recording
     * @param position from 0 within the part
     * @param text whether the bytes are JSON source in UTF-8 (OTs; of a recording what stands between the quotes behind the
     *     comma, where it is not canonical base64); otherwise they are sound, which travels as base64
     */
    record Piece(int part, int position, boolean text, Buffer bytes) {}

    /** Asks for a draft. */
    record OpenDraft() {}

    /** @param id names it in all that follows */
    record Draft(long id) {}

    /** Order among messages does not matter, each piece knows its place. */
    record AppendPieces(long draftId, List<Piece> pieces) {}

    /** Gives up a draft. */
    record DiscardDraft(long draftId) {}

    /**
     * A draft that is to be saved.
     *
     * @param pieces how many were appended
     * @param voices how many recordings it has, empty ones included
     */
    record DraftSize(long draftId, int pieces, int voices) {}

    /** @param teacher null for nobody */
    record CreateLesson(DraftSize draft, String title, String teacher) {
        public CreateLesson {
            TITLE.check(title);
            TEACHER.checkUnlessNull(teacher);
        }
    }

    /**
     * @param teacher null for nobody
     * @param expectedVersion 0 for any
     */
    record ModifyLesson(long id, DraftSize draft, String title, String teacher, long expectedVersion) {
        public ModifyLesson {
            TITLE.check(title);
            TEACHER.checkUnlessNull(teacher);
        }
    }

    /** @param expectedVersion 0 for any */
    record DeleteLesson(long id, long expectedVersion) {}

    /** @param isProtected whether changes are refused from now on */
    record ProtectLesson(long id, boolean isProtected) {}

    /**
     * Asks for all recordings of a lesson.
     *
     * @param caller whom the job counts for, empty for the house
     */
    record RepairVoice(long id, String caller) {

        /** Asked by an older version, it counts for the house. */
        public RepairVoice {
            caller = caller == null ? "" : caller;
        }

        /** For the house. */
        public RepairVoice(long id) {
            this(id, "");
        }
    }

    /**
     * @param jobId the job of media-service
     * @param instance where it must be asked
     * @param sizesBytes length of each recording, 0 for one that is no sound
     */
    record RepairedVoice(String jobId, String instance, List<Long> sizesBytes) {}

    /**
     * @param voice index of the recording, from 0
     * @param jobId the job of media-service with the new recording as its only input
     * @param instance where it must be asked
     */
    record ReplaceVoice(long id, long voice, String jobId, String instance) {}

    /**
     * @param runId the asker's name for this run, unique; {@link #cancelRun} refers to it
     * @param code source of the program, UTF-8
     * @param caller whose share of the sandbox it takes, as {@code Run} of sandbox-service has it; empty for the house
     */
    record RunCode(String runId, Buffer code, String caller) {

        /** Asked by an older version, it is of the house. */
        public RunCode {
            caller = caller == null ? "" : caller;
        }

        /** Of the house. */
        public RunCode(String runId, Buffer code) {
            this(runId, code, "");
        }
    }

    /**
     * @param exerciseId the client's number of the exercise, not looked up
     * @param solveOts the keystrokes of the answer, a JSON list, kept as it is
     * @param code source of the program, UTF-8
     * @param caller as in {@link RunCode}
     */
    record AnswerExercise(String runId, long lessonId, long exerciseId, String solveOts, Buffer code, String caller) {

        /** Asked by an older version, it is of the house. */
        public AnswerExercise {
            caller = caller == null ? "" : caller;
        }

        /** Of the house. */
        public AnswerExercise(String runId, long lessonId, long exerciseId, String solveOts, Buffer code) {
            this(runId, lessonId, exerciseId, solveOts, code, "");
        }
    }

    /**
     * @param id of the row, in the sequence of runs or in that of answers
     * @param output both streams in the order of writing; at most about 1 MiB
     * @param exitCode 0..255, or -1 where the time was up
     */
    record RunResult(long id, String output, int exitCode) {}

    /** Gives up a run. */
    record CancelRun(String runId) {}

    /**
     * @param ip address of the client
     * @param userAgent as sent, empty where absent
     * @param referer as sent, empty where absent
     */
    record OpenTicket(String ip, String userAgent, String referer, String name) {
        public OpenTicket {
            TICKET_NAME.check(name);
        }
    }

    /** @param ticket a UUID in lower case */
    record Ticket(String ticket) {}

    /** @param data any JSON text, kept as it is */
    record SubmitLog(String ticket, String data) {}

    /** It is done; there is nothing to tell. */
    record Done() {}

    /** @param version counts the changes of one lesson from 1 */
    record LessonFact(long id, long version, String title, String teacher, Instant at) {}

    /** @param cancelled whether the caller went away before the end */
    record RunFact(long id, int exitCode, boolean cancelled, long wallTimeMillis) {}

    /** @param correct whether the program ended with exit code 0 */
    record AnswerFact(long id, long lessonId, long exerciseId, boolean correct, boolean cancelled) {}
}
