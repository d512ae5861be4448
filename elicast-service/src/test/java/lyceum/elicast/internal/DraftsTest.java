package lyceum.elicast.internal;

import static lyceum.elicast.internal.Failing.assertFails;
import static lyceum.elicast.internal.TestElicast.ots;
import static lyceum.elicast.internal.TestElicast.voice;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AppendPieces;
import lyceum.elicast.ElicastService.CreateLesson;
import lyceum.elicast.ElicastService.DiscardDraft;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.elicast.ElicastService.OpenLesson;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.Lesson;
import lyceum.platform.Failure.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The content of lessons over the bus, from its first piece on. */
@TestInstance(Lifecycle.PER_CLASS)
class DraftsTest {

    private static final String LOST = "the upload was lost on its way, please send it again";
    private static final long UNKNOWN = 9_999_999;

    private TestElicast elicast;
    private ElicastService service;

    @BeforeAll
    void start() {
        elicast = new TestElicast();
        service = elicast.service;
    }

    @AfterAll
    void stop() {
        elicast.close();
    }

    @Test
    void putsPiecesInOrderThatCameInAnother() {
        Piece[] pieces = {voice(2, 1, "d"), voice(1, 0, "b"), ots("[1]"), voice(2, 0, "c")};

        Lesson lesson = create(elicast.draft(2, pieces));

        assertThat(elicast.contentOf(lesson)).containsExactly(pieces[2], pieces[1], pieces[3], pieces[0]);
        assertThat(lesson.pieces()).isEqualTo(4);
        assertThat(lesson.voices()).isEqualTo(2);
    }

    @Test
    void opensALessonWithItsFirstPiecesAndGivesTheRestAFewAtATime() {
        Piece[] pieces =
                IntStream.range(0, 10).mapToObj(i -> voice(1, i, "v" + i)).toArray(Piece[]::new);
        Lesson lesson = create(elicast.draft(1, pieces));

        OpenedLesson opened = service.openLesson(new OpenLesson(lesson.id())).await();

        assertThat(opened.lesson()).isEqualTo(lesson);
        assertThat(opened.first()).containsExactlyElementsOf(List.of(pieces).subList(0, ContentStore.READ_PIECES));
        assertThat(elicast.read(lesson, 1, 3))
                .containsExactlyElementsOf(List.of(pieces).subList(4, 4 + ContentStore.READ_PIECES));
        assertThat(elicast.read(lesson, 1, 9)).isEmpty();
        assertThat(elicast.contentOf(lesson)).containsExactly(pieces);
    }

    @Test
    void keepsBytesOfEveryValueAndLength() {
        byte[] all = new byte[ElicastService.PIECE_BYTES];
        IntStream.range(0, all.length).forEach(i -> all[i] = (byte) i);
        Piece full = new Piece(1, 0, false, Buffer.buffer(all));

        Lesson lesson = create(elicast.draft(1, full, new Piece(1, 1, true, Buffer.buffer("é🙂"))));

        assertThat(elicast.contentOf(lesson)).first().isEqualTo(full);
    }

    @Test
    void keepsALessonOfEmptyRecordingsOnly() {
        DraftSize none = new DraftSize(
                service.openDraft(new ElicastService.OpenDraft()).await().id(), 0, 3);

        Lesson lesson = create(none);

        assertThat(lesson.voices()).isEqualTo(3);
        assertThat(service.openLesson(new OpenLesson(lesson.id())).await().first())
                .isEmpty();
    }

    @Test
    void storesNothingWhereAPieceIsMissingOrTooMany() {
        DraftSize draft = elicast.draft(1, ots("[]"), voice(1, 0, "a"));

        int before = lessons();

        for (int pieces : List.of(0, 1, 3)) {
            assertLost(new DraftSize(draft.draftId(), pieces, 1));
        }

        assertThat(lessons()).isEqualTo(before);
        assertThat(create(draft).pieces()).isEqualTo(2);
    }

    @Test
    void knowsNothingOfADiscardedDraft() {
        DraftSize draft = elicast.emptyDraft();
        discard(draft.draftId());

        assertFails(Kind.UNAVAILABLE, LOST, () -> append(draft.draftId(), voice(1, 0, "late")));
        assertLost(draft);
        assertThat(elicast.rows("SELECT 1 FROM piece WHERE content_id = $1", draft.draftId()))
                .isEmpty();
    }

    @Test
    void leavesAnUnknownOrASavedDraftAlone() {
        DraftSize draft = elicast.emptyDraft();
        Lesson lesson = create(draft);

        discard(draft.draftId());
        discard(UNKNOWN);

        assertThat(elicast.contentOf(lesson)).containsExactly(ots("[]"));
    }

    @Test
    void savesADraftOnce() {
        DraftSize draft = elicast.emptyDraft();
        create(draft);

        assertLost(draft);
    }

    @Test
    void changesNothingOfASavedDraft() {
        DraftSize draft = elicast.emptyDraft();
        Lesson lesson = create(draft);

        assertFails(Kind.UNAVAILABLE, LOST, () -> append(draft.draftId(), voice(1, 0, "late")));

        assertThat(elicast.contentOf(lesson)).containsExactly(ots("[]"));
    }

    @Test
    void knowsNothingOfAnUnknownDraft() {
        assertFails(Kind.UNAVAILABLE, LOST, () -> append(UNKNOWN, ots("[]")));
        assertLost(new DraftSize(UNKNOWN, 0, 0));
    }

    @Test
    void appendsAllOfAMessageOrNothing() {
        DraftSize draft = elicast.emptyDraft();
        Piece tooLong = new Piece(1, 1, false, Buffer.buffer(new byte[ElicastService.PIECE_BYTES + 1]));

        assertFails(
                Kind.INVALID,
                "a piece is longer than 196608",
                () -> append(draft.draftId(), voice(1, 0, "short"), tooLong));

        assertThat(create(draft).pieces()).isEqualTo(1);
    }

    @Test
    void removesDraftsThatAreOldAndOnlyThose() {
        DraftSize old = elicast.emptyDraft();
        DraftSize young = elicast.emptyDraft();
        Lesson oldLesson = elicast.lesson("old", null);
        elicast.rows(
                "UPDATE content SET created_at = now() - interval '361 minutes' WHERE id IN ($1, $2)",
                old.draftId(),
                oldLesson.contentId());
        elicast.rows("UPDATE content SET created_at = now() - interval '359 minutes' WHERE id = $1", young.draftId());

        elicast.deploy();

        Awaitility.await().until(() -> contents(old.draftId()).isEmpty());
        assertThat(contents(young.draftId())).hasSize(1);
        assertThat(elicast.contentOf(oldLesson)).hasSize(1);
    }

    private int lessons() {
        return service.listLessons(new ListLessons(null, 0, 100))
                .await()
                .items()
                .size();
    }

    private List<Row> contents(long id) {
        return elicast.rows("SELECT 1 FROM content WHERE id = $1", id);
    }

    private void assertLost(DraftSize draft) {
        assertFails(Kind.UNAVAILABLE, LOST, () -> create(draft));
    }

    private Lesson create(DraftSize draft) {
        return service.createLesson(new CreateLesson(draft, "title", null)).await();
    }

    private void append(long draftId, Piece... pieces) {
        service.appendPieces(new AppendPieces(draftId, List.of(pieces))).await();
    }

    private void discard(long draftId) {
        service.discardDraft(new DiscardDraft(draftId)).await();
    }
}
