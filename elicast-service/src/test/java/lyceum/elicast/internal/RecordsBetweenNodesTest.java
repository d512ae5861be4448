package lyceum.elicast.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AnswerExercise;
import lyceum.elicast.ElicastService.AnswerFact;
import lyceum.elicast.ElicastService.AppendPieces;
import lyceum.elicast.ElicastService.CancelRun;
import lyceum.elicast.ElicastService.CreateLesson;
import lyceum.elicast.ElicastService.DeleteLesson;
import lyceum.elicast.ElicastService.DiscardDraft;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.Draft;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.LessonFact;
import lyceum.elicast.ElicastService.LessonPage;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.elicast.ElicastService.ModifyLesson;
import lyceum.elicast.ElicastService.OpenDraft;
import lyceum.elicast.ElicastService.OpenLesson;
import lyceum.elicast.ElicastService.OpenTicket;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.ElicastService.Pieces;
import lyceum.elicast.ElicastService.ProtectLesson;
import lyceum.elicast.ElicastService.ReadPieces;
import lyceum.elicast.ElicastService.RepairVoice;
import lyceum.elicast.ElicastService.RepairedVoice;
import lyceum.elicast.ElicastService.ReplaceVoice;
import lyceum.elicast.ElicastService.RunCode;
import lyceum.elicast.ElicastService.RunFact;
import lyceum.elicast.ElicastService.RunResult;
import lyceum.elicast.ElicastService.SubmitLog;
import lyceum.elicast.ElicastService.Ticket;
import lyceum.elicast.Lesson;
import lyceum.platform.BetweenNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the contract, from one node of a cluster to another and back. */
class RecordsBetweenNodesTest {

    private static final Instant AT = Instant.parse("2026-11-24T10:00:00.123Z");
    private static final Buffer BYTES = Buffer.buffer(new byte[] {0, -1, '"', '\\', 127});
    private static final Piece PIECE = new Piece(1, 2, false, BYTES);
    private static final DraftSize DRAFT = new DraftSize(Long.MAX_VALUE, 3, 2);
    private static final Lesson LESSON = new Lesson(7, AT, "제목 🙂", null, true, 3, 9, 4, 2);

    static Stream<Record> records() {
        return Stream.of(
                LESSON,
                new ListLessons(null, Long.MAX_VALUE, 100),
                new ListLessons("Ada", 0, 1),
                new LessonPage(List.of(LESSON, LESSON)),
                new LessonPage(List.of()),
                new OpenLesson(1),
                new OpenedLesson(LESSON, List.of(PIECE, new Piece(0, 0, true, Buffer.buffer()))),
                new OpenedLesson(LESSON, List.of()),
                new ReadPieces(1, -1, -1),
                new Pieces(List.of(PIECE, PIECE)),
                PIECE,
                new OpenDraft(),
                new Draft(5),
                new AppendPieces(5, List.of(PIECE, new Piece(2, 0, true, Buffer.buffer("é")))),
                new DiscardDraft(5),
                DRAFT,
                new CreateLesson(DRAFT, "t", null),
                new CreateLesson(DRAFT, "t", "Ada"),
                new ModifyLesson(1, DRAFT, "🙂".repeat(128), null, 2),
                new DeleteLesson(1, 0),
                new ProtectLesson(1, true),
                new RepairVoice(1),
                new RepairedVoice("job", "here", List.of(0L, 1L << 40)),
                new ReplaceVoice(1, Long.MIN_VALUE, "job", "here"),
                new RunCode("run", BYTES),
                new AnswerExercise("run", 1, -7, "[]", BYTES),
                new RunResult(1, "a\0\uFFFD\n", -1),
                new CancelRun("run"),
                new OpenTicket("::1", "", "", "\"\""),
                new Ticket("ticket"),
                new SubmitLog("ticket", " {\"a\": 1.50}"),
                new Done(),
                new LessonFact(1, 2, "t", null, AT),
                new RunFact(1, -1, true, 17),
                new AnswerFact(1, 2, -7, false, true));
    }

    @ParameterizedTest
    @MethodSource("records")
    void carriesItUnchanged(Record sent) {
        assertThat(BetweenNodes.carried(sent)).isEqualTo(sent);
    }

    @Test
    void leavesNoRecordOfTheContractOut() {
        assertThat(records().map(Object::getClass)).contains(ElicastService.class.getDeclaredClasses());
    }
}
