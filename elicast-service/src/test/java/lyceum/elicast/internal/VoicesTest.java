package lyceum.elicast.internal;

import static lyceum.elicast.internal.Failing.NOT_THERE;
import static lyceum.elicast.internal.Failing.assertFails;
import static lyceum.elicast.internal.TestElicast.ots;
import static lyceum.elicast.internal.TestElicast.voice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.CreateLesson;
import lyceum.elicast.ElicastService.DeleteLesson;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.ModifyLesson;
import lyceum.elicast.ElicastService.OpenLesson;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.ElicastService.ProtectLesson;
import lyceum.elicast.ElicastService.RepairVoice;
import lyceum.elicast.ElicastService.RepairedVoice;
import lyceum.elicast.ElicastService.ReplaceVoice;
import lyceum.elicast.Lesson;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings on their way to media-service and back, over the bus. */
class VoicesTest {

    private TestElicast elicast;
    private ElicastService service;

    @BeforeEach
    void start() {
        elicast = new TestElicast();
        service = elicast.service;
    }

    @AfterEach
    void stop() {
        elicast.close();
    }

    @Test
    void bringsAllRecordingsInTheirOrderAndEmptyOnesToo() {
        Lesson lesson = lesson(5, ots("[]"), voice(2, 0, "b"), voice(2, 1, "c"), voice(4, 0, "d"));
        elicast.media.repairBy(
                sound -> sound.length() == 0 ? sound : Buffer.buffer("mended ").appendBuffer(sound));

        RepairedVoice voice = repair(lesson.id());

        assertThat(voice.instance()).isEqualTo(FakeMedia.INSTANCE);
        assertThat(voice.sizesBytes()).containsExactly(0L, 9L, 0L, 8L, 0L);
        assertThat(elicast.media.inputsOf(voice.jobId()))
                .extracting(Buffer::toString)
                .containsExactly("", "mended bc", "", "mended d", "");
    }

    @Test
    void bringsMoreRecordingsThanAreReadAtOnce() {
        Piece[] pieces = IntStream.range(1, 14)
                .mapToObj(part -> voice(part, 0, "v" + part))
                .toArray(Piece[]::new);

        RepairedVoice voice = repair(lesson(13, pieces).id());

        assertThat(elicast.media.inputsOf(voice.jobId())).hasSize(13).contains(Buffer.buffer("v13"));
    }

    @Test
    void opensAJobEvenForNoRecordings() {
        assertThat(repair(lesson(0, ots("[]")).id()).sizesBytes()).isEmpty();
    }

    @Test
    void refusesARecordingThatIsNoBase64AndClosesTheJob() {
        Piece text = new Piece(2, 0, true, Buffer.buffer("!!"));
        long id = lesson(2, ots("[]"), voice(1, 0, "a"), text).id();

        assertFails(Kind.INVALID, "voice_blobs -- Invalid base64", () -> repair(id));

        assertThat(elicast.media.openJobs()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"QR==,A", "QUJ=,AB", "QUJDQUJ=,ABCAB"})
    void bringsARecordingWhoseBase64HasBitsToSpare(String text, String sound) {
        Piece first = voice(2, 0, "abc");
        Piece last = new Piece(2, 1, true, Buffer.buffer(text));

        RepairedVoice voice =
                repair(lesson(3, ots("[]"), first, last, voice(3, 0, "c")).id());

        assertThat(elicast.media.inputsOf(voice.jobId()))
                .extracting(Buffer::toString)
                .containsExactly("", "abc" + sound, "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q", "QQ", "QQ=", "QQ===", "QUJD====", "QR==QUJD", "Q===", "QU_-", "QU JD", "QUJ\\n"})
    void refusesARecordingOfOtherBase64(String text) {
        Piece piece = new Piece(1, 0, true, Buffer.buffer(text));
        long id = lesson(1, ots("[]"), piece).id();

        assertFails(Kind.INVALID, "voice_blobs -- Invalid base64", () -> repair(id));
    }

    @Test
    void refusesARecordingThatGoesOnBehindItsPadding() {
        long id = lesson(1, ots("[]"), voice(1, 0, "a"), new Piece(1, 1, true, Buffer.buffer("QUJD")))
                .id();

        assertFails(Kind.INVALID, "voice_blobs -- Invalid base64", () -> repair(id));
    }

    @Test
    void repairsVoiceOfProtectedLessonsButNotOfDeletedOrUnknownOnes() {
        long kept = lesson(1, voice(1, 0, "a")).id();
        service.protectLesson(new ProtectLesson(kept, true)).await();
        long deleted = lesson(1, voice(1, 0, "a")).id();
        service.deleteLesson(new DeleteLesson(deleted, 0)).await();

        assertThat(repair(kept).sizesBytes()).containsExactly(1L);
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> repair(deleted));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> repair(9_999_999));
    }

    @Test
    void replacesOneRecordingAndKeepsTheOthers() {
        Lesson old = lesson(3, ots("[1]"), voice(1, 0, "a"), voice(2, 0, "b"), voice(2, 1, "b2"), voice(3, 0, "c"));
        String job = elicast.media.jobWith(Buffer.buffer("new"));

        Lesson changed = replace(old.id(), 1, job);

        assertThat(elicast.contentOf(changed))
                .containsExactly(ots("[1]"), voice(1, 0, "a"), voice(2, 0, "new"), voice(3, 0, "c"));
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.title()).isEqualTo(old.title());
        assertThat(changed.teacher()).isEqualTo(old.teacher());
        assertThat(changed.voices()).isEqualTo(3);
        assertThat(changed.created()).isEqualTo(old.created());
        assertThat(elicast.media.isOpen(job)).isTrue();
    }

    @Test
    void storesOnlyTheNewRecordingHoweverOftenOneIsReplaced() {
        Lesson first = lesson(3, ots("[1]"), voice(1, 0, "a"), voice(2, 0, "b"), voice(2, 1, "b2"), voice(3, 0, "c"));
        int pieces = storedPieces();

        Lesson second = replace(first.id(), 1, elicast.media.jobWith(Buffer.buffer("new")));
        Lesson third = replace(first.id(), 2, elicast.media.jobWith(Buffer.buffer("newer")));
        Lesson fourth = replace(first.id(), 1, elicast.media.jobWith(Buffer.buffer("newest")));

        assertThat(storedPieces()).isEqualTo(pieces + 3);
        assertThat(elicast.contentOf(first))
                .containsExactly(ots("[1]"), voice(1, 0, "a"), voice(2, 0, "b"), voice(2, 1, "b2"), voice(3, 0, "c"));
        assertThat(elicast.contentOf(second))
                .containsExactly(ots("[1]"), voice(1, 0, "a"), voice(2, 0, "new"), voice(3, 0, "c"));
        assertThat(elicast.contentOf(third))
                .containsExactly(ots("[1]"), voice(1, 0, "a"), voice(2, 0, "new"), voice(3, 0, "newer"));
        assertThat(elicast.contentOf(fourth))
                .containsExactly(ots("[1]"), voice(1, 0, "a"), voice(2, 0, "newest"), voice(3, 0, "newer"));
        OpenedLesson opened = service.openLesson(new OpenLesson(first.id())).await();
        assertThat(opened.first()).containsExactly(ots("[1]"), voice(1, 0, "a"));
        assertThat(elicast.media.inputsOf(repair(first.id()).jobId()))
                .extracting(Buffer::toString)
                .containsExactly("a", "newest", "newer");
    }

    @Test
    void keepsWhatAnotherVersionHasOfAContent() {
        Lesson first = lesson(2, ots("[1]"), voice(1, 0, "a"), voice(2, 0, "b"));
        replace(first.id(), 0, elicast.media.jobWith(Buffer.buffer("new")));
        elicast.rows("DELETE FROM lesson_history");

        assertThatThrownBy(() -> elicast.rows("DELETE FROM content WHERE id = $1", first.contentId()))
                .hasMessageContaining("borrowed_part");
    }

    private int storedPieces() {
        return elicast.rows("SELECT count(*)::int FROM piece").get(0).getInteger(0);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {ElicastService.PIECE_BYTES - 1, ElicastService.PIECE_BYTES, 2 * ElicastService.PIECE_BYTES + 1})
    void takesARecordingOfSeveralPieces(int length) {
        byte[] sound = new byte[length];
        sound[length - 1] = 1;
        Lesson old = lesson(1, ots("[]"));

        Lesson changed = replace(old.id(), 0, elicast.media.jobWith(Buffer.buffer(sound)));

        Buffer kept = Buffer.buffer();
        elicast.contentOf(changed).stream()
                .filter(piece -> piece.part() == 1)
                .map(Piece::bytes)
                .forEach(kept::appendBuffer);
        assertThat(kept.getBytes()).isEqualTo(sound);
    }

    @Test
    void refusesWhatIsNoSoundAndKeepsTheOldRecording() {
        Lesson old = lesson(1, ots("[]"), voice(1, 0, "a"));
        elicast.media.repairBy(sound -> Buffer.buffer());

        for (String job : List.of(elicast.media.jobWith(Buffer.buffer("text")), elicast.media.jobWith())) {
            assertFails(Kind.INVALID, "voice_file -- could not be decoded", () -> replace(old.id(), 0, job));
        }

        assertUnchanged(old);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 2, Integer.MAX_VALUE, 4_294_967_296L, Long.MAX_VALUE, Long.MIN_VALUE})
    void knowsNoRecordingOfAnotherIndex(long index) {
        Lesson old = lesson(2, ots("[]"), voice(1, 0, "a"));
        String job = elicast.media.jobWith(Buffer.buffer("new"));

        assertFails(Kind.NOT_FOUND, "chunk_idx -- Invalid chunk index", () -> replace(old.id(), index, job));

        assertUnchanged(old);
    }

    @Test
    void replacesNothingOfProtectedDeletedOrUnknownLessons() {
        Lesson old = lesson(1, voice(1, 0, "a"));
        String job = elicast.media.jobWith(Buffer.buffer("new"));
        service.protectLesson(new ProtectLesson(old.id(), true)).await();

        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> replace(old.id(), 0, job));
        service.protectLesson(new ProtectLesson(old.id(), false)).await();
        assertUnchanged(old);
        service.deleteLesson(new DeleteLesson(old.id(), 0)).await();
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> replace(old.id(), 0, job));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> replace(9_999_999, 0, job));
    }

    @Test
    void discardsTheDraftAndKeepsTheOldRecordingWhereSoundIsLost() {
        Lesson old = lesson(1, ots("[]"), voice(1, 0, "a"));
        String job = elicast.media.jobWith(Buffer.buffer(new byte[2 * ElicastService.PIECE_BYTES]));
        elicast.media.failAfterReads(1);

        assertFails(Kind.UNAVAILABLE, "the disk is gone", () -> replace(old.id(), 0, job));

        assertUnchanged(old);
    }

    @Test
    void replacesTwoRecordingsAtOnce() {
        Lesson old = lesson(3, ots("[1]"), voice(1, 0, "a"), voice(2, 0, "b"), voice(3, 0, "c"));
        String second = elicast.media.jobWith(Buffer.buffer("new b"));
        elicast.media.beforeRepair(() -> {
            elicast.media.beforeRepair(Future::succeededFuture);
            return service.replaceVoice(new ReplaceVoice(old.id(), 1, second, FakeMedia.INSTANCE));
        });

        Lesson changed = replace(old.id(), 0, elicast.media.jobWith(Buffer.buffer("new a")));

        assertThat(changed.version()).isEqualTo(3);
        assertThat(elicast.contentOf(changed))
                .containsExactly(ots("[1]"), voice(1, 0, "new a"), voice(2, 0, "new b"), voice(3, 0, "c"));
        assertNoDrafts();
    }

    @Test
    void replacesEachOfManyRecordingsAtOnce() {
        int count = 20;
        Piece[] voices = IntStream.rangeClosed(1, count)
                .mapToObj(n -> voice(n, 0, "old"))
                .toArray(Piece[]::new);
        Lesson old = lesson(count, voices);

        Future.all(IntStream.range(0, count)
                        .mapToObj(index -> new ReplaceVoice(
                                old.id(), index, elicast.media.jobWith(Buffer.buffer("new")), FakeMedia.INSTANCE))
                        .map(service::replaceVoice)
                        .toList())
                .await();

        Lesson changed = service.openLesson(new OpenLesson(old.id())).await().lesson();
        assertThat(changed.version()).isEqualTo(1 + count);
        assertThat(elicast.contentOf(changed)).extracting(Piece::bytes).containsOnly(Buffer.buffer("new"));
    }

    @Test
    void replacesARecordingOfWhatTheLessonHasBecomeMeanwhile() {
        Lesson old = lesson(1, ots("[]"), voice(1, 0, "a"));
        DraftSize meanwhile = elicast.draft(2, ots("[2]"), voice(1, 0, "b"), voice(2, 0, "c"));
        elicast.media.beforeRepair(
                () -> service.modifyLesson(new ModifyLesson(old.id(), meanwhile, "meanwhile", null, 0)));

        Lesson changed = replace(old.id(), 0, elicast.media.jobWith(Buffer.buffer("new")));

        assertThat(changed.title()).isEqualTo("meanwhile");
        assertThat(changed.teacher()).isNull();
        assertThat(changed.voices()).isEqualTo(2);
        assertThat(elicast.contentOf(changed)).containsExactly(ots("[2]"), voice(1, 0, "new"), voice(2, 0, "c"));
    }

    @Test
    void knowsNoRecordingThatIsGoneMeanwhile() {
        Lesson old = lesson(1, ots("[]"), voice(1, 0, "a"));
        ModifyLesson change = new ModifyLesson(old.id(), elicast.emptyDraft(), "meanwhile", null, 0);
        elicast.media.beforeRepair(() -> service.modifyLesson(change));

        assertFails(
                Kind.NOT_FOUND,
                "chunk_idx -- Invalid chunk index",
                () -> replace(old.id(), 0, elicast.media.jobWith(Buffer.buffer("new"))));

        assertNoDrafts();
    }

    @Test
    void replacesNothingOfALessonThatIsProtectedMeanwhile() {
        Lesson old = lesson(1, ots("[]"), voice(1, 0, "a"));
        elicast.media.beforeRepair(() -> service.protectLesson(new ProtectLesson(old.id(), true)));

        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> replace(old.id(), 0, elicast.media.jobWith(Buffer.buffer("new"))));

        assertNoDrafts();
    }

    @Test
    void passesOnWhatMediaServiceFailsWith() {
        Lesson old = lesson(1, ots("[]"), voice(1, 0, "a"));

        assertFails(Kind.NOT_FOUND, "no such job", () -> replace(old.id(), 0, "unknown job"));
        assertFails(
                Kind.UNAVAILABLE,
                "nobody serves lyceum.media.repair@elsewhere",
                () -> service.replaceVoice(new ReplaceVoice(old.id(), 0, "job", "elsewhere"))
                        .await());

        assertUnchanged(old);
    }

    private void assertUnchanged(Lesson old) {
        assertThat(service.openLesson(new OpenLesson(old.id())).await().lesson())
                .isEqualTo(old);
        assertNoDrafts();
    }

    private void assertNoDrafts() {
        assertThat(elicast.rows("SELECT 1 FROM content WHERE NOT saved")).isEmpty();
    }

    private Lesson lesson(int voices, Piece... pieces) {
        return service.createLesson(new CreateLesson(elicast.draft(voices, pieces), "title", "teacher"))
                .await();
    }

    private RepairedVoice repair(long id) {
        return service.repairVoice(new RepairVoice(id)).await();
    }

    private Lesson replace(long id, long index, String job) {
        return service.replaceVoice(new ReplaceVoice(id, index, job, FakeMedia.INSTANCE))
                .await();
    }
}
