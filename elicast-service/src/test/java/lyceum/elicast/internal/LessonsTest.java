package lyceum.elicast.internal;

import static lyceum.elicast.internal.Failing.NOT_THERE;
import static lyceum.elicast.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.CreateLesson;
import lyceum.elicast.ElicastService.DeleteLesson;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.LessonFact;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.elicast.ElicastService.ModifyLesson;
import lyceum.elicast.ElicastService.OpenLesson;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.ProtectLesson;
import lyceum.elicast.Lesson;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lessons over the bus; each test has a teacher of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class LessonsTest {

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
    void listsTheNewestFirstInPages() {
        List<Lesson> made = IntStream.range(0, 5)
                .mapToObj(i -> elicast.lesson("p" + i, "pager"))
                .toList();

        assertThat(page("pager", 0, 2)).containsExactly(made.get(4), made.get(3));
        assertThat(page("pager", 1, 2)).containsExactly(made.get(2), made.get(1));
        assertThat(page("pager", 2, 2)).containsExactly(made.get(0));
        assertThat(page("pager", 3, 2)).isEmpty();
        assertThat(page("pager", 0, 100)).hasSize(5);
    }

    @Test
    void listsLessonsOfOneMomentByTheirIdDescending() {
        List<Long> ids = new ArrayList<>();
        IntStream.range(0, 4)
                .forEach(i -> ids.add(0, elicast.lesson("t" + i, "twins").id()));
        elicast.rows("UPDATE lesson SET created_at = '2026-01-01 00:00:00Z' WHERE teacher = 'twins'");

        assertThat(page("twins", 0, 100)).extracting(Lesson::id).containsExactlyElementsOf(ids);
    }

    @Test
    void listsOnlyThoseOfExactlyOneTeacherOrOfNobody() {
        Lesson adas = elicast.lesson("a", "Ada");
        Lesson nobodys = elicast.lesson("n", null);

        assertThat(page("Ada", 0, 100)).containsExactly(adas);
        assertThat(page("ada", 0, 100)).isEmpty();
        assertThat(page("", 0, 100)).isEmpty();
        assertThat(page(null, 0, 100))
                .contains(nobodys)
                .allSatisfy(lesson -> assertThat(lesson.teacher()).isNull());
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807,100", "9223372036854775807,1", "92233720368547758,100", "92233720368547759,100"})
    void answersWithAnEmptyPageFarBeyondTheEnd(long page, int count) {
        elicast.lesson("x", "far");

        assertThat(page("far", page, count)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1,20", "0,0", "0,-1", "0,101"})
    void refusesAPageThatCannotBe(long page, int count) {
        assertFails(Kind.INVALID, "no such page", () -> page(null, page, count));
    }

    @Test
    void countsTitlesAndTeachersInCodePoints() {
        String title = "🙂".repeat(128);
        String teacher = "한".repeat(64);

        Lesson lesson = elicast.lesson(title, teacher);

        assertThat(lesson.title()).isEqualTo(title);
        assertThat(page(teacher, 0, 1)).containsExactly(lesson);
    }

    @Test
    void refusesATitleOrATeacherOfAWrongLength() {
        DraftSize draft = elicast.emptyDraft();
        for (String title : List.of("", "🙂".repeat(129), "a\0b")) {
            assertFails(Kind.INVALID, ElicastService.TITLE.failure(), () -> new CreateLesson(draft, title, null));
            assertFails(Kind.INVALID, ElicastService.TITLE.failure(), () -> new ModifyLesson(1, draft, title, null, 0));
        }
        for (String teacher : List.of("", "x".repeat(65), "\0")) {
            assertFails(Kind.INVALID, ElicastService.TEACHER.failure(), () -> new CreateLesson(draft, "t", teacher));
            assertFails(
                    Kind.INVALID, ElicastService.TEACHER.failure(), () -> new ModifyLesson(1, draft, "t", teacher, 0));
        }
    }

    @Test
    void storesALessonWithItsFirstVersionAndItsTimeInWholeMilliseconds() {
        Instant before = Instant.now().minusMillis(1);

        Lesson lesson = elicast.lesson("first", "clock");

        assertThat(lesson.version()).isEqualTo(1);
        assertThat(lesson.isProtected()).isFalse();
        assertThat(lesson.created()).isBetween(before, Instant.now());
        assertThat(lesson.created().getNano() % 1_000_000).isZero();
    }

    @Test
    void modifiesAllFieldsButTheTimeAndKeepsWhatWas() {
        Lesson first = elicast.lesson("old", "historian");

        Lesson second = modify(first.id(), "new", null, 0);

        assertThat(second.created()).isEqualTo(first.created());
        assertThat(second.title()).isEqualTo("new");
        assertThat(second.teacher()).isNull();
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.contentId()).isNotEqualTo(first.contentId());
        assertThat(open(first.id()).lesson()).isEqualTo(second);
        Row kept = elicast.rows("SELECT * FROM lesson_history WHERE lesson_id = $1", first.id())
                .get(0);
        assertThat(kept.getLong("version")).isEqualTo(1);
        assertThat(kept.getString("title")).isEqualTo("old");
        assertThat(kept.getString("teacher")).isEqualTo("historian");
        assertThat(kept.getLong("content_id")).isEqualTo(first.contentId());
        assertThat(elicast.contentOf(first)).isNotEmpty();
    }

    @Test
    void changesOnlyTheExpectedVersion() {
        long id = elicast.lesson("v", "versions").id();
        modify(id, "v2", null, 1);

        assertFails(Kind.CONFLICT, "elicast -- Changed meanwhile", () -> modify(id, "stale", null, 1));
        assertFails(Kind.CONFLICT, "elicast -- Changed meanwhile", () -> modify(id, "never", null, -1));
        assertFails(Kind.CONFLICT, "elicast -- Changed meanwhile", () -> delete(id, 1));

        assertThat(open(id).lesson().title()).isEqualTo("v2");
        delete(id, 2);
    }

    @Test
    void letsOneOfTwoChangesOfTheSameVersionWin() {
        long id = elicast.lesson("race", null).id();
        List<Future<Lesson>> changes = IntStream.range(0, 8)
                .mapToObj(i -> service.modifyLesson(new ModifyLesson(id, elicast.emptyDraft(), "r" + i, null, 1)))
                .toList();

        Future.join(changes).otherwiseEmpty().await();

        assertThat(changes).filteredOn(Future::succeeded).hasSize(1);
        assertThat(open(id).lesson().version()).isEqualTo(2);
    }

    @Test
    void countsEveryChangeOfAnyVersion() {
        long id = elicast.lesson("any", null).id();
        List<Future<Lesson>> changes = IntStream.range(0, 8)
                .mapToObj(i -> service.modifyLesson(new ModifyLesson(id, elicast.emptyDraft(), "r" + i, null, 0)))
                .toList();

        Future.all(changes).await();

        assertThat(open(id).lesson().version()).isEqualTo(9);
        assertThat(elicast.rows("SELECT 1 FROM lesson_history WHERE lesson_id = $1", id))
                .hasSize(8);
    }

    @Test
    void leavesTheDraftADraftWhereAChangeIsRefused() {
        DraftSize draft = elicast.emptyDraft();
        ModifyLesson unknown = new ModifyLesson(UNKNOWN, draft, "t", null, 0);

        assertFails(
                Kind.NOT_FOUND, NOT_THERE, () -> service.modifyLesson(unknown).await());

        assertThat(service.createLesson(new CreateLesson(draft, "t", "second try"))
                        .await())
                .isNotNull();
    }

    @Test
    void refusesToChangeAProtectedLessonButShowsIt() {
        Lesson lesson = elicast.lesson("p", "protector");
        service.protectLesson(new ProtectLesson(lesson.id(), true)).await();

        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> modify(lesson.id(), "t", null, 0));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> delete(lesson.id(), 0));
        assertThat(open(lesson.id()).lesson().isProtected()).isTrue();
        assertThat(page("protector", 0, 1).get(0).isProtected()).isTrue();

        service.protectLesson(new ProtectLesson(lesson.id(), false)).await();
        assertThat(modify(lesson.id(), "free", null, 0).isProtected()).isFalse();
    }

    @Test
    void hidesADeletedLessonAndKeepsItsRow() {
        Lesson lesson = elicast.lesson("d", "deleter");
        delete(lesson.id(), 0);

        assertThat(page("deleter", 0, 1)).isEmpty();
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> open(lesson.id()));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> modify(lesson.id(), "t", null, 0));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> delete(lesson.id(), 0));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> protect(lesson.id()));
        assertThat(elicast.rows("SELECT is_deleted FROM lesson WHERE id = $1", lesson.id())
                        .get(0)
                        .getBoolean(0))
                .isTrue();
        assertThat(elicast.lesson("later", null).id()).isGreaterThan(lesson.id());
    }

    @ParameterizedTest
    @ValueSource(longs = {UNKNOWN, 0, -1, Long.MAX_VALUE})
    void knowsNoLessonOfAnUnknownId(long id) {
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> open(id));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> modify(id, "t", null, 0));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> delete(id, 0));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> protect(id));
    }

    @Test
    void announcesWhatHappensToLessons() {
        Facts<LessonFact> created = new Facts<>(elicast.bus, ElicastService.CREATED);
        Facts<LessonFact> modified = new Facts<>(elicast.bus, ElicastService.MODIFIED);
        Facts<LessonFact> deleted = new Facts<>(elicast.bus, ElicastService.DELETED);
        long id = elicast.lesson("fact", "herald").id();
        modify(id, "fact 2", null, 0);
        delete(id, 0);

        assertThat(created.await(1)).first().satisfies(fact -> assertIs(fact, id, 1, "fact", "herald"));
        assertThat(modified.await(1)).first().satisfies(fact -> assertIs(fact, id, 2, "fact 2", null));
        assertThat(deleted.await(1)).first().satisfies(fact -> assertIs(fact, id, 2, "fact 2", null));
    }

    @Test
    void isReadyWhileTheDatabaseAnswers() {
        assertThat(elicast.readiness.ask().get("elicast").await()).isEqualTo("PostgreSQL answers");
    }

    private static void assertIs(LessonFact fact, long id, long version, String title, String teacher) {
        assertThat(fact).isEqualTo(new LessonFact(id, version, title, teacher, fact.at()));
    }

    private List<Lesson> page(String teacher, long page, int count) {
        return service.listLessons(new ListLessons(teacher, page, count))
                .await()
                .items();
    }

    private OpenedLesson open(long id) {
        return service.openLesson(new OpenLesson(id)).await();
    }

    private Lesson modify(long id, String title, String teacher, long expectedVersion) {
        return service.modifyLesson(new ModifyLesson(id, elicast.emptyDraft(), title, teacher, expectedVersion))
                .await();
    }

    private void delete(long id, long expectedVersion) {
        service.deleteLesson(new DeleteLesson(id, expectedVersion)).await();
    }

    private void protect(long id) {
        service.protectLesson(new ProtectLesson(id, true)).await();
    }
}
