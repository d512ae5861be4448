package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingFileService.FindFile;
import lyceum.stream.RecordingFileService.OpenUpload;
import lyceum.stream.RecordingFileService.ReadFile;
import lyceum.stream.RecordingFileService.RecordingFile;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.HideRecording;
import lyceum.stream.RecordingService.RenameRecording;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.UploadSession.AbandonUpload;
import lyceum.stream.UploadSession.AppendUpload;
import lyceum.stream.UploadSession.CommitUpload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of recordings over the bus; the recordings are those of the original. */
class RecordingFilesTest {

    @TempDir
    Path root;

    private TestStream stream;

    @BeforeEach
    void start() throws IOException {
        RecordedTree.write(root);
        stream = new TestStream(
                TestStream.recording(root, "LYCEUM_RECORDING_FILE_LIMIT", "1MiB", "LYCEUM_RECORDING_UPLOADS", "2"));
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void readsAFileOfTheOriginal() throws IOException {
        Files.write(root.resolve("post/rec1/main.mp4"), new byte[1023]);
        Files.write(root.resolve("post/rec1/main.mp4"), new byte[] {7}, StandardOpenOption.APPEND);
        RecordingFile found = find("rec1", "main.mp4");

        assertThat(found.bytes()).isEqualTo(1024);
        Buffer piece = read(found, 1020, 100).await();
        assertThat(piece.getBytes()).containsExactly(0, 0, 0, 7);
    }

    @Test
    void saysWhatIsNotThere() {
        assertFails(Kind.NOT_FOUND, () -> stream.files.findFile(new FindFile("rec1", "none.json")));
        assertFails(Kind.NOT_FOUND, () -> stream.files.findFile(new FindFile("none", "main.mp4")));
        assertFails(Kind.NOT_FOUND, () -> stream.files.readFile(new ReadFile("rec1", "none", "x", 0, 1)));
        assertFails(Kind.CONFLICT, () -> stream.files.readFile(new ReadFile("rec1", "main.mp4", "x", 0, 1)));
    }

    @Test
    void refusesStretchesThatAreNone() {
        RecordingFile found = find("rec1", "main.mp4");

        assertFails(Kind.INVALID, () -> read(found, -1, 1));
        assertFails(Kind.INVALID, () -> read(found, 0, 0));
        assertFails(Kind.INVALID, () -> read(found, 0, 256 * 1024 + 1));
        assertThat(read(found, 5000, 256 * 1024).await().length()).isZero();
    }

    @Test
    void takesAFileInPieces() {
        OpenedSession upload = open("rec1", "note.json", false);
        append(upload, 0, "{").await();
        append(upload, 1, "").await();
        append(upload, 2, "}").await();
        assertFails(Kind.NOT_FOUND, () -> stream.files.findFile(new FindFile("rec1", "note.json")));

        RecordingFile stored = commit(upload).await();

        assertThat(stored).isEqualTo(find("rec1", "note.json"));
        assertThat(read(stored, 0, 10).await()).hasToString("{}");
        assertThat(files("rec1")).contains("note.json");
        assertFails(Kind.NOT_FOUND, () -> append(upload, 3, "x"));
    }

    @Test
    void takesAFileForARecordingOfWhichThereAreFilesOnly() {
        OpenedSession upload = open("newrec", "note.json", false);
        append(upload, 0, "x").await();

        commit(upload).await();

        assertThat(root.resolve("post/newrec/note.json")).hasContent("x");
    }

    @Test
    void tellsAtOnceThatAFileIsThere() {
        assertThatThrownBy(() -> open("rec1", "main.mp4", false)).hasMessage("File rec1/main.mp4 already exists.");

        OpenedSession upload = open("rec1", "main.mp4", true);
        append(upload, 0, "new").await();
        commit(upload).await();

        assertThat(root.resolve("post/rec1/main.mp4")).hasContent("new");
    }

    @Test
    void storesOneOfTwoWhoUploadTheSame() {
        OpenedSession first = open("rec1", "x", false);
        OpenedSession second = open("rec1", "x", false);
        append(first, 0, "1").await();
        append(second, 0, "2").await();
        commit(second).await();

        assertFails(Kind.CONFLICT, () -> commit(first));

        assertThat(root.resolve("post/rec1/x")).hasContent("2");
        await().untilAsserted(() -> assertThat(drafts()).isEmpty());
    }

    @Test
    void rememberedInformationIsForgotten() {
        assertThat(files("rec1")).doesNotContain("x");
        OpenedSession upload = open("rec1", "x", false);
        commit(upload).await();

        assertThat(files("rec1")).contains("x");
    }

    @Test
    void takesNothingIntoAHiddenRecording() {
        stream.recordings.hideRecording(new HideRecording("rec1", true)).await();

        assertThatThrownBy(() -> open("rec1", "x", true)).hasMessage("Recording rec1 is hidden");
        assertFails(Kind.NOT_FOUND, () -> stream.files.findFile(new FindFile("rec1", "main.mp4")));
    }

    @Test
    void storesNothingInARecordingThatWasHiddenMeanwhile() {
        OpenedSession upload = open("rec1", "x", false);
        append(upload, 0, "x").await();
        stream.recordings.hideRecording(new HideRecording("rec1", true)).await();

        assertThatThrownBy(() -> commit(upload).await()).hasMessage("Recording rec1 is hidden");

        await().untilAsserted(() -> assertThat(drafts()).isEmpty());
        assertThat(root.resolve("post/rec1")).doesNotExist();
        stream.recordings.hideRecording(new HideRecording("rec1", false)).await();
        assertThat(find("rec1", "main.mp4").bytes()).isPositive();
    }

    @Test
    void storesNothingUnderANameThatItsRecordingHasNoMore() {
        OpenedSession upload = open("rec1", "x", false);
        append(upload, 0, "x").await();
        stream.recordings.renameRecording(new RenameRecording("rec1", "rec9")).await();

        assertThatThrownBy(() -> commit(upload).await()).hasMessage("Recording rec1 is not there any more");

        await().untilAsserted(() -> assertThat(drafts()).isEmpty());
        assertThat(root.resolve("post/rec1")).doesNotExist();
    }

    @Test
    void takesNoLongerFileThanItMay() {
        OpenedSession upload = open("rec1", "x", false);
        Buffer piece = Buffer.buffer(new byte[256 * 1024]);
        for (int i = 0; i < 4; i++) {
            append(upload, i, piece).await();
        }

        assertThatThrownBy(() -> append(upload, 4, "x").await()).hasMessage("a file has at most 1048576 bytes");
        assertFails(Kind.INVALID, () -> append(upload, 5, ""));
        assertFails(Kind.INVALID, () -> commit(upload));
        assertFails(Kind.NOT_FOUND, () -> stream.files.findFile(new FindFile("rec1", "x")));
    }

    @Test
    void takesNoOtherPieceThanTheNextOne() {
        OpenedSession upload = open("rec1", "x", false);

        assertFails(Kind.CONFLICT, () -> append(upload, 1, "x"));
        append(upload, 0, "x").await();
        assertFails(Kind.CONFLICT, () -> append(upload, 0, "x"));
        assertFails(Kind.INVALID, () -> append(upload, 1, Buffer.buffer(new byte[256 * 1024 + 1])));
    }

    @Test
    void takesNoMorePiecesThanTheWindowHas() {
        OpenedSession upload = open("rec1", "x", false);
        Buffer piece = Buffer.buffer(new byte[100_000]);
        List<Future<Done>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(append(upload, i, piece));
        }

        Future.join(sent).transform(all -> Future.succeededFuture()).await();

        assertThat(sent.get(3).succeeded()).isTrue();
        assertThat(sent.get(9).succeeded()).isFalse();
    }

    @Test
    void hasNoMoreUploadsThanItMay() {
        OpenedSession first = open("rec1", "x", false);
        open("rec1", "y", false);
        assertFails(Kind.BUSY, () -> stream.files.openUpload(new OpenUpload("rec1", "z", false)));

        stream.upload(first).abandonUpload(new AbandonUpload(first.id())).await();

        assertThat(open("rec1", "z", false).id()).isNotEmpty();
    }

    @Test
    void forgetsWhatIsGivenUp() {
        OpenedSession upload = open("rec1", "x", false);
        append(upload, 0, "x").await();
        assertThat(drafts()).hasSize(1);

        stream.upload(upload).abandonUpload(new AbandonUpload(upload.id())).await();

        await().untilAsserted(() -> assertThat(drafts()).isEmpty());
        assertFails(Kind.NOT_FOUND, () -> append(upload, 1, "x"));
    }

    @Test
    void forgetsUploadsWhenItStops() {
        OpenedSession upload = open("rec1", "x", false);
        append(upload, 0, "x").await();

        stream.undeploy();

        await().untilAsserted(() -> assertThat(drafts()).isEmpty());
        assertThat(root.resolve("post/rec1/x")).doesNotExist();
    }

    @Test
    void knowsOnlyNamesThatLeadNowhereElse() {
        for (String name : List.of("", ".", "..", "a/b", "a\\b", "a\0b", ".x", "x".repeat(201))) {
            assertFails(Kind.INVALID, () -> stream.files.findFile(new FindFile("rec1", name)));
            assertFails(Kind.INVALID, () -> stream.files.findFile(new FindFile(name, "x")));
            assertFails(Kind.INVALID, () -> stream.files.openUpload(new OpenUpload("rec1", name, true)));
            assertFails(Kind.INVALID, () -> stream.files.openUpload(new OpenUpload(name, "x", true)));
        }
    }

    private RecordingFile find(String recording, String file) {
        return stream.files.findFile(new FindFile(recording, file)).await();
    }

    private Future<Buffer> read(RecordingFile file, long offset, int count) {
        return stream.files
                .readFile(new ReadFile(file.recording(), file.file(), file.tag(), offset, count))
                .map(piece -> piece.bytes());
    }

    private OpenedSession open(String recording, String file, boolean overwrite) {
        return stream.files
                .openUpload(new OpenUpload(recording, file, overwrite))
                .await();
    }

    private Future<Done> append(OpenedSession upload, long number, String text) {
        return append(upload, number, Buffer.buffer(text));
    }

    private Future<Done> append(OpenedSession upload, long number, Buffer bytes) {
        return stream.upload(upload).appendUpload(new AppendUpload(upload.id(), number, bytes));
    }

    private Future<RecordingFile> commit(OpenedSession upload) {
        return stream.upload(upload).commitUpload(new CommitUpload(upload.id()));
    }

    /** @return what is told of a recording, from memory where it is there */
    private String files(String recording) {
        return stream.recordings
                .describeRecordings(new DescribeRecordings(List.of(recording), true))
                .await()
                .items()
                .get(0);
    }

    private List<String> drafts() {
        try (Stream<Path> all = Files.list(root.resolve(".uploads"))) {
            return all.map(Path::toString).toList();
        } catch (IOException nothing) {
            return List.of();
        }
    }

    private static void assertFails(Kind kind, Supplier<Future<?>> question) {
        assertThatThrownBy(() -> question.get().await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
