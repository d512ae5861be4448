package lyceum.grading.internal;

import static lyceum.grading.internal.TestGrading.ADA;
import static lyceum.grading.internal.TestGrading.EVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import lyceum.grading.HandIn;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.CancelHandIn;
import lyceum.grading.HandInService.ClearHandIns;
import lyceum.grading.HandInService.Content;
import lyceum.grading.HandInService.CreateHandIn;
import lyceum.grading.HandInService.FindHandIn;
import lyceum.grading.HandInService.FindOpening;
import lyceum.grading.HandInService.HandInPage;
import lyceum.grading.HandInService.HandedIn;
import lyceum.grading.HandInService.ListHandIns;
import lyceum.grading.HandInService.Opening;
import lyceum.grading.HandInService.RerunHandIn;
import lyceum.grading.HandInService.StudentScore;
import lyceum.grading.HandInService.TabulateScores;
import lyceum.grading.HandInState;
import lyceum.grading.HomeworkService;
import lyceum.grading.HomeworkService.SetHomeworkAccess;
import lyceum.grading.Viewer;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What students hand in, and what everybody sees of it. */
@TestInstance(Lifecycle.PER_CLASS)
class HandInsTest {

    private TestGrading grading;

    @BeforeAll
    void start() {
        grading = new TestGrading(Map.of());
    }

    @AfterAll
    void stop() {
        grading.close();
    }

    @BeforeEach
    void clear() {
        grading.clear();
    }

    private static void assertFails(Future<?> future, Kind kind, String text) {
        assertThatThrownBy(future::await).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(text);
        });
    }

    private Future<HandIn> create(String codePackage, String fileName, Buffer content) {
        String homework = Map.of("netapi", "echoapi", "input", "calendar").getOrDefault(codePackage, "roman");
        return grading.handIns.createHandIn(TestGrading.order("ada", homework, codePackage, fileName, content));
    }

    private HandInDetail find(String id, Viewer viewer) {
        return grading.handIns.findHandIn(new FindHandIn(viewer, id)).await();
    }

    @Test
    void storesWhatIsHandedInAndTellsOfIt() {
        List<HandedIn> told = new CopyOnWriteArrayList<>();
        grading.bus.listen(HandInService.HANDED_IN, told::add).await();

        HandIn handIn = grading.handIn("ada");

        assertThat(handIn.id()).matches("[0-9a-f]{32}");
        assertThat(handIn.state()).isEqualTo(HandInState.PENDING);
        assertThat(handIn.homework()).isEqualTo(TestGrading.ROMAN);
        assertThat(handIn.scale()).isEqualTo(1);
        assertThat(handIn.queuePosition()).isEqualTo(1);
        assertThat(grading.handIn("bob").queuePosition()).isEqualTo(2);
        Awaitility.await().until(() -> told.size() == 2);
        assertThat(told.get(0)).isEqualTo(new HandedIn(handIn.id(), "ada", TestGrading.ROMAN, "python", 1, 1));
    }

    @Test
    void letsOneOfManyInThatComeAtOnce() {
        List<Future<HandIn>> all = IntStream.range(0, 12)
                .mapToObj(i -> create("python", "answer.zip", TestGrading.archive("roman.py", "x")))
                .toList();

        List<Future<HandIn>> done = all.stream()
                .map(future ->
                        future.transform(any -> Future.succeededFuture(future)).await())
                .toList();

        assertThat(done.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(done.stream().filter(Future::failed))
                .allSatisfy(failed -> assertThat(failed.cause())
                        .hasMessage("You can only have at most 1 pending or running submission(s) for this homework."));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "cobol,answer.zip,x,INVALID,package is not one of python",
                "python,-,x,INVALID,an archive with a name",
                "python,answer.exe,x,UNPROCESSABLE,the file is no .zip",
                "netapi,answer.zip,x,INVALID,url is no URL",
                "netapi,-,not a url,INVALID,url is no URL",
                "netapi,-,//host/path,INVALID,url is no URL",
                "netapi,-,http://,INVALID,url is no URL",
                "input,-,'  ',INVALID,csv is empty",
                "input,data.csv,'a,b',INVALID,csv is empty"
            })
    void refusesWhatThePackageDoesNotAskFor(String codePackage, String file, String text, Kind kind, String reason) {
        assertFails(create(codePackage, file, Buffer.buffer(text)), kind, reason);
    }

    @Test
    void refusesTextsThatAreNotUtf8() {
        assertFails(create("input", null, Buffer.buffer(new byte[] {'a', (byte) 0xff})), Kind.INVALID, "not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://127.0.0.1:5061/", "http://localhost", "HTTP://intranet:80/x?y#z", "http://[::1]:80/"})
    void takesAddressesOfAnyKind(String url) {
        assertThat(create("netapi", null, Buffer.buffer(url)).await().state()).isEqualTo(HandInState.PENDING);
    }

    @Test
    void refusesAnArchiveThatBreaksARuleAndStoresNothing() {
        Buffer escaping = Buffer.buffer(
                new Packed().add("roman.py", "x").add("../../evil.py", "x").as("a.zip"));

        assertFails(create("python", "a.zip", escaping), Kind.UNPROCESSABLE, "../../evil.py");

        assertThat(grading.handIns
                        .listHandIns(new ListHandIns(ADA, "ada", null, 1, 10))
                        .await()
                        .total())
                .isZero();
    }

    @Test
    void takesADamagedArchiveWhichIsRejectedLater() {
        assertThat(create("python", "a.zip", Buffer.buffer("no zip")).await().state())
                .isEqualTo(HandInState.PENDING);
    }

    @Test
    void comparesDeadlinesWithTheBeginningOfTheRequest() {
        grading.upload("late", TestGrading.homework("a".repeat(32), "2026-01-01 00:00:00"));
        CreateHandIn order = new CreateHandIn(
                "ada", false, "late", "input", null, Buffer.buffer("a,b"), Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(grading.handIns.createHandIn(order).await().scale()).isEqualTo(0.5);
        CreateHandIn late = new CreateHandIn(
                "bob", true, "late", "input", null, Buffer.buffer("a,b"), Instant.parse("2026-01-01T00:00:00.001Z"));
        assertFails(grading.handIns.createHandIn(late), Kind.FORBIDDEN, "This homework is out of date!");
    }

    @Test
    void tellsWhatAHandInWouldCountOrWhyThereCanBeNone() {
        grading.upload("late", TestGrading.homework("a".repeat(32), "2026-01-01 00:00:00"));
        Instant due = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(opening("late", due).await().scale()).isEqualTo(0.5);
        assertFails(opening("late", due.plusMillis(1)), Kind.FORBIDDEN, "This homework is out of date!");
        assertFails(opening("nothing", due), Kind.NOT_FOUND, "no such homework");
        grading.handIn("ada");
        assertFails(opening("roman", due), Kind.CONFLICT, "at most 1 pending");
    }

    private Future<Opening> opening(String homework, Instant begun) {
        return grading.handIns.findOpening(new FindOpening("ada", false, homework, begun));
    }

    @Test
    void tellsFirstThatAHomeworkIsNotOpen() {
        grading.handIn("ada");

        assertFails(create("python", "a\0.exe", Buffer.buffer()), Kind.CONFLICT, "at most 1 pending");
    }

    @Test
    void keepsStudentsOutOfWhatIsLockedOrHidden() {
        grading.homework
                .setHomeworkAccess(new SetHomeworkAccess(EVE, "roman", true, false))
                .await();
        assertFails(
                create("python", "a.zip", TestGrading.archive("roman.py", "x")),
                Kind.FORBIDDEN,
                "This homework is locked and cannot be submitted.");

        grading.homework
                .setHomeworkAccess(new SetHomeworkAccess(EVE, HomeworkService.EVERY, false, true))
                .await();
        assertFails(
                create("python", "a.zip", TestGrading.archive("roman.py", "x")), Kind.NOT_FOUND, "no such homework");
        CreateHandIn ofTeacher = new CreateHandIn(
                "eve", true, "roman", "python", "a.zip", TestGrading.archive("roman.py", "x"), Instant.now());
        assertThat(grading.handIns.createHandIn(ofTeacher).await().state()).isEqualTo(HandInState.PENDING);
    }

    @Test
    void showsStudentsTheirOwnAndTeachersAll() {
        String id = grading.handIn("ada").id();

        assertThat(find(id, ADA).handIn().id()).isEqualTo(id);
        assertThat(find(id, EVE).handIn().id()).isEqualTo(id);
        Viewer bob = new Viewer("bob", false, null);
        assertFails(grading.handIns.findHandIn(new FindHandIn(bob, id)), Kind.NOT_FOUND, "Submission not found");
        assertFails(grading.handIns.fetchContent(new FindHandIn(bob, id)), Kind.NOT_FOUND, "Submission not found");
        assertFails(grading.handIns.listHandIns(new ListHandIns(ADA, "bob", null, 1, 10)), Kind.FORBIDDEN, "of others");
        assertFails(grading.handIns.listHandIns(new ListHandIns(ADA, null, null, 1, 10)), Kind.FORBIDDEN, "of others");
        assertThat(grading.handIns
                        .listHandIns(new ListHandIns(EVE, null, "roman", 1, 10))
                        .await()
                        .handIns())
                .hasSize(1);
    }

    @Test
    void hidesFromStudentsWhatThePackageHides() {
        String id = grading.handIn("ada").id();
        grading.accept(id, 66.65);

        HandInDetail own = find(id, new Viewer("ada", false, "zh-CN,en;q=0.1"));
        HandInDetail all = find(id, EVE);

        assertThat(own.handIn().finalScore()).isEqualTo(66.7);
        assertThat(own.handIn().score()).isEqualTo(66.65);
        assertThat(own.handIn().result()).isNotEqualTo(all.handIn().result()).isNotBlank();
        assertThat(all.handIn().result()).isEqualTo("Your submission is accepted.");
        assertThat(own.stdout()).isNull();
        assertThat(own.partials().get(0).detail()).isEmpty();
        assertThat(all.stdout()).isEqualTo("out");
        assertThat(all.partials().get(0).detail()).containsExactly("secret");
        // It may be that of a crash behind the report, which is nothing to a student who is accepted.
        assertThat(own.exitCode()).isNull();
        assertThat(all.exitCode()).isZero();
    }

    @Test
    void givesBackWhatWasHandedIn() {
        String archive = grading.handIn("ada").id();
        String url = create("netapi", null, Buffer.buffer("http://é/")).await().id();
        String csv = create("input", null, Buffer.buffer("a,b\n")).await().id();

        assertThat(content(archive))
                .isEqualTo(new Content("answer.zip", "application/zip", TestGrading.archive("roman.py", "x = 1\n")));
        assertThat(content(url)).isEqualTo(new Content("url.txt", "text/plain", Buffer.buffer("http://é/")));
        assertThat(content(csv)).isEqualTo(new Content("data.csv", "text/csv", Buffer.buffer("a,b\n")));
    }

    private Content content(String id) {
        return grading.handIns.fetchContent(new FindHandIn(ADA, id)).await();
    }

    @Test
    void listsTheNewestFirstInPages() {
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(i -> {
                    String id = grading.handIn("ada").id();
                    grading.accept(id, 10 * i);
                    return id;
                })
                .toList();

        HandInPage first = grading.handIns
                .listHandIns(new ListHandIns(ADA, "ada", TestGrading.ROMAN, 1, 2))
                .await();

        assertThat(first.handIns()).extracting(HandIn::id).containsExactly(ids.get(2), ids.get(1));
        assertThat(first.total()).isEqualTo(3);
        assertFails(
                grading.handIns.listHandIns(new ListHandIns(ADA, "ada", null, 3, 2)), Kind.NOT_FOUND, "no such page");
        assertFails(grading.handIns.listHandIns(new ListHandIns(ADA, "ada", null, 0, 2)), Kind.NOT_FOUND, "page");
        assertFails(grading.handIns.listHandIns(new ListHandIns(ADA, "ada", null, 1, 101)), Kind.INVALID, "count");
    }

    @Test
    void findsNothingUnderWhatIsNoId() {
        for (String id : List.of("", "\0", "X".repeat(32), "no id")) {
            assertFails(grading.handIns.findHandIn(new FindHandIn(EVE, id)), Kind.NOT_FOUND, "Submission not found");
            assertFails(grading.handIns.fetchContent(new FindHandIn(EVE, id)), Kind.NOT_FOUND, "Submission not found");
        }
        assertFails(grading.handIns.listHandIns(new ListHandIns(EVE, "\0", null, 1, 1)), Kind.INVALID, "U+0000");
        assertFails(create("python", "a\0.zip", TestGrading.archive("roman.py", "x")), Kind.INVALID, "U+0000");
    }

    @Test
    void gradesAgainAndForgetsWhatWasFoundBefore() {
        String id = grading.handIn("ada").id();
        grading.accept(id, 80);

        HandIn again =
                grading.handIns.rerunHandIn(new RerunHandIn(EVE, id, true)).await();

        assertThat(again.state()).isEqualTo(HandInState.PENDING);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.scale()).isEqualTo(1);
        HandInDetail detail = find(id, EVE);
        assertThat(detail.stdout()).isNull();
        assertThat(detail.exitCode()).isNull();
        assertThat(detail.partials()).isEmpty();
        assertThat(scores()).containsExactly(new StudentScore("ada", null));
        grading.accept(id, 40);
        assertThat(scores()).containsExactly(new StudentScore("ada", 40.0));
        assertFails(
                grading.handIns.rerunHandIn(new RerunHandIn(EVE, TestStores.newId(), false)),
                Kind.NOT_FOUND,
                "Submission not found");
    }

    @Test
    void gradesNothingAgainOfWhichOnlyTheVerdictIsThere() {
        String id = grading.handIn("ada").id();
        grading.accept(id, 80);
        grading.forgetContent(id);
        HandInDetail before = find(id, EVE);

        assertFails(
                grading.handIns.rerunHandIn(new RerunHandIn(EVE, id, true)),
                Kind.CONFLICT,
                "The original submission is not stored.");

        assertThat(find(id, EVE)).isEqualTo(before);
        assertThat(scores()).containsExactly(new StudentScore("ada", 80.0));
    }

    @Test
    void gradesAgainWhatWasHandedInEmpty() {
        String id = create("python", "empty.zip", Buffer.buffer()).await().id();
        grading.accept(id, 80);

        assertThat(grading.handIns
                        .rerunHandIn(new RerunHandIn(EVE, id, false))
                        .await()
                        .state())
                .isEqualTo(HandInState.PENDING);
    }

    @Test
    void clearsWhatIsNotGradedYet() {
        String done = grading.handIn("ada").id();
        grading.accept(done, 80);
        String waiting = grading.handIn("ada").id();

        assertThat(grading.handIns
                        .clearHandIns(new ClearHandIns(EVE, "calendar"))
                        .await()
                        .count())
                .isZero();
        assertThat(grading.handIns
                        .clearHandIns(new ClearHandIns(EVE, "roman"))
                        .await()
                        .count())
                .isEqualTo(1);

        assertThat(find(waiting, ADA).handIn().state()).isEqualTo(HandInState.REJECTED);
        assertThat(find(waiting, ADA).handIn().result()).isEqualTo("Submission discarded by admin.");
        assertThat(find(done, ADA).handIn().state()).isEqualTo(HandInState.ACCEPTED);
        assertThat(grading.handIn("ada").state()).isEqualTo(HandInState.PENDING);
    }

    @Test
    void cancelsWhatIsNotGradedYet() {
        String own = grading.handIn("ada").id();
        String running = grading.handIn("bob").id();
        grading.verdicts.start(running, Duration.ofMinutes(1)).await();

        HandIn withdrawn = cancel(ADA, own).await();
        HandIn discarded = cancel(EVE, running).await();

        assertThat(withdrawn.state()).isEqualTo(HandInState.REJECTED);
        assertThat(withdrawn.result()).isEqualTo("Submission withdrawn by its author.");
        assertThat(discarded.state()).isEqualTo(HandInState.REJECTED);
        assertThat(discarded.result()).isEqualTo("Submission discarded by admin.");
        assertThat(grading.handIn("ada").state()).isEqualTo(HandInState.PENDING);
    }

    @Test
    void cancelsNothingOfOthersNorWhatHasAVerdict() {
        String done = grading.handIn("ada").id();
        grading.accept(done, 80);
        String waiting = grading.handIn("bob").id();

        assertFails(cancel(ADA, done), Kind.CONFLICT, "verdict already");
        assertFails(cancel(EVE, done), Kind.CONFLICT, "verdict already");
        assertFails(cancel(ADA, waiting), Kind.NOT_FOUND, "Submission not found");
        assertFails(cancel(EVE, TestStores.newId()), Kind.NOT_FOUND, "Submission not found");
        assertFails(cancel(EVE, "no id"), Kind.NOT_FOUND, "Submission not found");

        assertThat(find(done, ADA).handIn().finalScore()).isEqualTo(80);
        assertThat(find(waiting, EVE).handIn().state()).isEqualTo(HandInState.PENDING);
    }

    private Future<HandIn> cancel(Viewer viewer, String id) {
        return grading.handIns.cancelHandIn(new CancelHandIn(viewer, id));
    }

    @Test
    void tabulatesTheBestOfEverybodyButTeachers() {
        for (String student : List.of("zed", "=cmd", "Ada")) {
            grading.accept(grading.handIn(student).id(), 50.25);
        }
        grading.accept(grading.handIn("zed").id(), 33);
        grading.handIn("bob");
        CreateHandIn ofTeacher = new CreateHandIn(
                "eve", true, "roman", "python", "a.zip", TestGrading.archive("roman.py", "x"), Instant.now());
        grading.accept(grading.handIns.createHandIn(ofTeacher).await().id(), 100);

        assertThat(scores())
                .containsExactly(
                        new StudentScore("=cmd", 50.3),
                        new StudentScore("Ada", 50.3),
                        new StudentScore("bob", null),
                        new StudentScore("zed", 50.3));
        assertThat(grading.handIns
                        .tabulateScores(new TabulateScores(EVE, "roman"))
                        .await()
                        .csv())
                .isEqualTo("name,score\r\n'=cmd,50.3\r\nAda,50.3\r\nbob,-\r\nzed,50.3\r\n");
    }

    private List<StudentScore> scores() {
        return grading.handIns
                .tabulateScores(new TabulateScores(EVE, "roman"))
                .await()
                .scores();
    }
}
