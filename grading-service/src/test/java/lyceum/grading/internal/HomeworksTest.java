package lyceum.grading.internal;

import static lyceum.grading.internal.TestGrading.ADA;
import static lyceum.grading.internal.TestGrading.EVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lyceum.grading.HomeworkService;
import lyceum.grading.HomeworkService.FetchAttachment;
import lyceum.grading.HomeworkService.FetchHomeworkFile;
import lyceum.grading.HomeworkService.FindHomework;
import lyceum.grading.HomeworkService.HomeworkChanged;
import lyceum.grading.HomeworkService.HomeworkDetail;
import lyceum.grading.HomeworkService.HomeworkSummary;
import lyceum.grading.HomeworkService.ListHomework;
import lyceum.grading.HomeworkService.ReloadHomework;
import lyceum.grading.HomeworkService.RemoveHomework;
import lyceum.grading.HomeworkService.SetHomeworkAccess;
import lyceum.grading.HomeworkService.Shelved;
import lyceum.grading.HomeworkService.UploadHomework;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Homework of a directory and of uploads, as students and teachers see it. */
@TestInstance(Lifecycle.PER_CLASS)
class HomeworksTest {

    private static final String UUID = "abcdefabcdefabcdefabcdefabcdefab";

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

    private List<String> slugs(Viewer viewer) {
        return grading.homework.listHomework(new ListHomework(viewer)).await().homework().stream()
                .map(HomeworkSummary::slug)
                .toList();
    }

    private HomeworkDetail find(String homework, Viewer viewer) {
        return grading.homework.findHomework(new FindHomework(viewer, homework)).await();
    }

    @Test
    void listsWhatTheDirectoryHas() {
        assertThat(slugs(ADA)).containsExactly("calendar", "clamp", "echoapi", "roman", "stack");
        HomeworkDetail roman = find("roman", new Viewer("ada", false, "fr;q=0.8,de"));

        assertThat(roman.summary().title()).isEqualTo("Chiffres romains");
        assertThat(roman.summary().packages()).containsExactly("python");
        assertThat(roman.summary().nextDeadline().scale()).isEqualTo(1);
        assertThat(roman.deadlines()).hasSize(3);
        assertThat(roman.attachments()).containsExactly("python");
        assertThat(find(TestGrading.ROMAN, ADA).summary().slug()).isEqualTo("roman");
        assertFails(grading.homework.findHomework(new FindHomework(ADA, "x")), Kind.NOT_FOUND, "no such homework");
    }

    @Test
    void tellsTheBestScoreOfTheViewer() {
        grading.accept(grading.handIn("ada").id(), 12.34);

        assertThat(find("roman", ADA).summary().bestScore()).isEqualTo(12.3);
        assertThat(find("roman", EVE).summary().bestScore()).isNull();
    }

    @Test
    void keepsWhatIsUploadedAndShowsItSafely() {
        grading.upload("mine", TestGrading.homework(UUID, "2099-01-01 00:00:00"));

        HomeworkDetail detail = find("mine", ADA);
        assertThat(detail.summary().uuid()).isEqualTo(UUID);
        assertThat(detail.descriptionHtml())
                .contains("src=\"/hwstatic/mine/it.png\"")
                .doesNotContain("<script>");
        assertThat(detail.solution()).isNull();
        assertThat(find("mine", EVE).solution()).isEqualTo("Do it.");
        assertThat(grading.homework
                        .fetchHomeworkFile(new FetchHomeworkFile(ADA, "mine", "it.png"))
                        .await()
                        .bytes())
                .hasToString("picture");
        assertFails(
                grading.homework.fetchHomeworkFile(new FetchHomeworkFile(ADA, "mine", "../hw.xml")),
                Kind.NOT_FOUND,
                "no such file");
        assertFails(
                grading.homework.fetchAttachment(new FetchAttachment(ADA, "mine", "input")),
                Kind.NOT_FOUND,
                "no such attachment");
    }

    @Test
    void replacesAndRemovesUploads() {
        grading.upload("roman", TestGrading.homework(UUID, "2099-01-01 00:00:00"));
        assertThat(find("roman", ADA).summary().uuid()).isEqualTo(UUID);
        grading.upload("roman", TestGrading.homework("b".repeat(32), "2099-01-01 00:00:00"));
        assertThat(find("roman", ADA).summary().uuid()).isEqualTo("b".repeat(32));

        grading.homework.removeHomework(new RemoveHomework(EVE, "roman")).await();

        assertThat(find("roman", ADA).summary().uuid()).isEqualTo(TestGrading.ROMAN);
        assertFails(grading.homework.removeHomework(new RemoveHomework(EVE, "roman")), Kind.NOT_FOUND, "was uploaded");
        assertFails(grading.homework.removeHomework(new RemoveHomework(EVE, "\0")), Kind.NOT_FOUND, "was uploaded");
    }

    @Test
    void refusesWhatIsNoHomework() {
        Buffer broken = Buffer.buffer(new Packed().add("hw.xml", "<homework/>").as("homework.zip"));

        assertFails(upload("x", broken), Kind.UNPROCESSABLE, "uuid");
        assertFails(upload("x", Buffer.buffer("no zip")), Kind.UNPROCESSABLE, "damaged");
        assertFails(
                upload("x", TestGrading.homework(TestGrading.ROMAN, "2099-01-01 00:00:00")), Kind.CONFLICT, "roman");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a/b", "..", "a b", "*"})
    void refusesNamesThatAreNoPartOfAPath(String slug) {
        assertFails(upload(slug, TestGrading.homework(UUID, "2099-01-01 00:00:00")), Kind.INVALID, "letters, digits");
    }

    private Future<?> upload(String slug, Buffer zip) {
        return grading.homework.uploadHomework(new UploadHomework(EVE, slug, zip));
    }

    @Test
    void hidesFromStudentsWhatIsHiddenAndWhatIsLockedHasNoAttachments() {
        grading.homework
                .setHomeworkAccess(new SetHomeworkAccess(EVE, "roman", true, false))
                .await();
        assertThat(find("roman", ADA).attachments()).isEmpty();
        assertThat(find("roman", ADA).summary().isLocked()).isTrue();
        assertFails(
                grading.homework.fetchAttachment(new FetchAttachment(ADA, "roman", "python")),
                Kind.NOT_FOUND,
                "no such attachment");

        grading.homework
                .setHomeworkAccess(new SetHomeworkAccess(EVE, "roman", false, true))
                .await();
        assertThat(slugs(ADA)).doesNotContain("roman");
        assertThat(slugs(EVE)).contains("roman");
        assertFails(grading.homework.findHomework(new FindHomework(ADA, "roman")), Kind.NOT_FOUND, "no such homework");
        assertFails(
                grading.homework.setHomeworkAccess(new SetHomeworkAccess(EVE, "x", true, true)),
                Kind.NOT_FOUND,
                "no such homework");
    }

    @Test
    void givesStudentsNothingThatIsHidden() throws IOException {
        Buffer zip = grading.homework
                .fetchAttachment(new FetchAttachment(ADA, "roman", "python"))
                .await()
                .bytes();

        assertThat(Archives.unpack("a.zip", zip, ArchiveLimits.OF_HOMEWORK).keySet())
                .contains("roman.py")
                .noneMatch(path -> path.matches("judge\\.py|.*\\.xml|(code|desc|solve)/.*"));
    }

    @Test
    void skipsWhatIsBrokenAndReadsItAgainWhenAsked(@TempDir Path directory) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("late"));
        Files.writeString(folder.resolve("hw.xml"), "<homework>");
        try (TestGrading other = new TestGrading(Map.of("LYCEUM_GRADING_HOMEWORK_DIR", directory.toString()))) {
            assertThat(reload(other).skipped()).singleElement().asString().startsWith("late: ");

            Files.delete(folder.resolve("hw.xml"));
            Archives.unpack("h.zip", TestGrading.homework(UUID, "2099-01-01 00:00:00"), ArchiveLimits.OF_HOMEWORK)
                    .forEach((path, content) -> write(folder.resolve(path), content));

            assertThat(reload(other)).isEqualTo(new Shelved(1, List.of()));
        }
    }

    @Test
    void readsWhatAnotherInstanceWasAskedToReadAgain(@TempDir Path directory) throws IOException {
        try (TestGrading other = new TestGrading(Map.of("LYCEUM_GRADING_HOMEWORK_DIR", directory.toString()))) {
            Buffer zip = TestGrading.homework(UUID, "2099-01-01 00:00:00");
            Archives.unpack("h.zip", zip, ArchiveLimits.OF_HOMEWORK)
                    .forEach((path, content) -> write(directory.resolve("late").resolve(path), content));

            other.bus.publish(HomeworkService.CHANGED, new HomeworkChanged(HomeworkService.EVERY, "another"));

            Awaitility.await()
                    .until(() -> !other.homework
                            .listHomework(new ListHomework(ADA))
                            .await()
                            .homework()
                            .isEmpty());
        }
    }

    @Test
    void leavesOutWhatThereIsNoRoomForUntilThereIs(@TempDir Path directory) throws IOException {
        Buffer zip = TestGrading.homework(UUID, "2099-01-01 00:00:00");
        Map<String, Buffer> files = Archives.unpack("h.zip", zip, ArchiveLimits.OF_HOMEWORK);
        Path large = Files.createDirectory(directory.resolve("large"));
        files.forEach((path, content) -> write(large.resolve(path), content));
        write(large.resolve("extra"), Buffer.buffer(new byte[20_000]));
        write(directory.resolve("small/hw.xml"), Buffer.buffer("<homework/>"));
        try (TestGrading other = new TestGrading(
                Map.of("LYCEUM_GRADING_HOMEWORK_DIR", directory.toString(), "LYCEUM_GRADING_SHELF_LIMIT", "20KiB"))) {
            assertThat(reload(other).skipped()).hasSize(2).first().asString().contains("large: there is no room");
            Buffer first = TestGrading.homework("b".repeat(32), "2099-01-01 00:00:00", 12_000);
            other.upload("first", first);
            other.upload("first", first);
            UploadHomework second = new UploadHomework(
                    EVE, "second", TestGrading.homework("c".repeat(32), "2099-01-01 00:00:00", 12_000));
            assertFails(other.homework.uploadHomework(second), Kind.UNPROCESSABLE, "LYCEUM_GRADING_SHELF_LIMIT");
            // Another instance may have had room for it.
            other.keep("second", "c".repeat(32), second.zip());
            assertThat(reload(other).skipped())
                    .hasSize(3)
                    .anySatisfy(line -> assertThat(line).startsWith("second: there is no room"));

            other.homework.removeHomework(new RemoveHomework(EVE, "first")).await();

            assertThat(reload(other).skipped()).hasSize(2);
            assertThat(other.homework
                            .findHomework(new FindHomework(EVE, "second"))
                            .await()
                            .summary()
                            .slug())
                    .isEqualTo("second");
        }
    }

    private static Shelved reload(TestGrading grading) {
        return grading.homework.reloadHomework(new ReloadHomework(EVE)).await();
    }

    private static void write(Path file, Buffer content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
