package lyceum.elicast.internal;

import io.vertx.core.Future;
import lyceum.elicast.ElicastService;
import lyceum.elicast.Lesson;

/** The contract, divided among those who know: lessons, their voices, their runs, and the log. */
final class Elicast implements ElicastService {

    private final Lessons lessons;
    private final Voices voices;
    private final Runs runs;
    private final StudyLog log;

    Elicast(Lessons lessons, Voices voices, Runs runs, StudyLog log) {
        this.lessons = lessons;
        this.voices = voices;
        this.runs = runs;
        this.log = log;
    }

    @Override
    public Future<LessonPage> listLessons(ListLessons question) {
        return lessons.list(question);
    }

    @Override
    public Future<OpenedLesson> openLesson(OpenLesson question) {
        return lessons.open(question.id());
    }

    @Override
    public Future<Pieces> readPieces(ReadPieces question) {
        return lessons.read(question);
    }

    @Override
    public Future<Draft> openDraft(OpenDraft order) {
        return lessons.openDraft();
    }

    @Override
    public Future<Done> appendPieces(AppendPieces order) {
        return lessons.append(order);
    }

    @Override
    public Future<Done> discardDraft(DiscardDraft order) {
        return lessons.discard(order.draftId());
    }

    @Override
    public Future<Lesson> createLesson(CreateLesson order) {
        return lessons.create(order);
    }

    @Override
    public Future<Lesson> modifyLesson(ModifyLesson order) {
        return lessons.modify(order);
    }

    @Override
    public Future<Done> deleteLesson(DeleteLesson order) {
        return lessons.delete(order);
    }

    @Override
    public Future<Done> protectLesson(ProtectLesson order) {
        return lessons.protect(order);
    }

    @Override
    public Future<RepairedVoice> repairVoice(RepairVoice question) {
        return voices.repair(question);
    }

    @Override
    public Future<Lesson> replaceVoice(ReplaceVoice order) {
        return voices.replace(order);
    }

    @Override
    public Future<RunResult> runCode(RunCode order) {
        return runs.run(order);
    }

    @Override
    public Future<RunResult> answerExercise(AnswerExercise order) {
        return runs.answer(order);
    }

    @Override
    public Future<Done> cancelRun(CancelRun order) {
        return runs.cancel(order.runId());
    }

    @Override
    public Future<Ticket> openTicket(OpenTicket order) {
        return log.open(order);
    }

    @Override
    public Future<Done> submitLog(SubmitLog order) {
        return log.submit(order);
    }
}
