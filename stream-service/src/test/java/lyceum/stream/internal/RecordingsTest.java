package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Settings;
import lyceum.stream.RecordingName;
import lyceum.stream.RecordingService;
import lyceum.stream.RecordingService.DeleteRecording;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.FindRunning;
import lyceum.stream.RecordingService.ForgetInfos;
import lyceum.stream.RecordingService.Gone;
import lyceum.stream.RecordingService.HideRecording;
import lyceum.stream.RecordingService.ListRecordings;
import lyceum.stream.RecordingService.Moved;
import lyceum.stream.RecordingService.RecordingNames;
import lyceum.stream.RecordingService.RenameRecording;
import lyceum.stream.RecordingService.StartRecording;
import lyceum.stream.RecordingService.StopRecording;
import lyceum.stream.internal.archive.S3Access;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Control of recordings and what is told of them; the recordings are those of the original. */
class RecordingsTest {

    @TempDir
    Path root;

    private TestStream stream;
    private RecordingService recordings;

    @BeforeEach
    void start() throws IOException {
        RecordedTree.write(root);
        stream = new TestStream(TestStream.recording(root));
        recordings = stream.recordings;
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void doesNotStartWhereRecordingsCannotBeKept() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "no directory");

        assertThatThrownBy(() -> new TestStream(TestStream.recording(file.resolve("recordings"))))
                .hasMessageStartingWith("LYCEUM_RECORDINGS_DIR: ");
    }

    @Test
    void listsTheRecordingsOfTheOriginal() {
        assertThat(list()).containsExactly("empty", "rec1", "rec2");
    }

    @Test
    void describesTheRecordingsOfTheOriginal() {
        assertThat(describe(true, "empty", "rec1", "rec2")).isEqualTo(original("list-info", 0));
    }

    @Test
    void remembersWhatDoesNotGrowAnyMore() {
        describe(true, "empty", "rec1", "rec2");

        assertThat(describe(true, "empty", "rec1", "rec2")).isEqualTo(original("list-info", 1));
        assertThat(new JsonObject(
                        stream.redis(Command.GET, "recording:info:rec1").toString()))
                .isEqualTo(original("list-info", 0).get(1));
        assertThat(forget("empty", "rec1", "rec2")).containsExactly(0, 1, 1);
        assertThat(forget("empty", "rec1", "rec2")).containsExactly(0, 0, 0);
    }

    @Test
    void findsOutAgainWhatIsNotToBeRemembered() {
        describe(true, "rec1");

        assertThat(describe(false, "rec1")).isEqualTo(original("list-info", 0).subList(1, 2));
        assertThat(forget("rec1")).containsExactly(0);
    }

    @Test
    void takesWhatOtherProgramsRemember() {
        stream.redis(Command.SET, "recording:info:rec1", "{\"name\":\"rec1\",\"theirs\":1}");
        assertThat(describe(true, "rec1"))
                .containsExactly(new JsonObject("{\"name\":\"rec1\",\"theirs\":1,\"_cached\":true}"));

        stream.redis(Command.SET, "recording:info:rec1", "nonsense");
        assertThat(describe(true, "rec1").get(0).getString("duration")).isEqualTo("0:00:00.400000");
    }

    @Test
    void saysOfUnknownOnesThatTheyAreEmpty() {
        assertThat(describe(true, "nope"))
                .containsExactly((JsonObject) RecordedTree.answer("get-empty-and-unknown", 1));
    }

    @Test
    void describesABrokenFile() throws IOException {
        Files.writeString(root.resolve("raw/rec2/eye.zip"), "no zip");

        JsonObject info = describe(true, "rec2").get(0);

        JsonObject eye = info.getJsonObject("streams").getJsonObject("eye");
        assertThat(eye.getString("error")).isEqualTo("File is not a zip file");
        assertThat(eye.getMap()).containsEntry("chunk_count", null).containsEntry("first-entry", null);
        assertThat(info.getString("last-entry")).isEqualTo("1700000001200-0");
    }

    @Test
    void doesNotRememberWhatIsRecent() throws IOException {
        Path eye = Files.createDirectories(root.resolve("raw/new/eye"));
        long now = System.currentTimeMillis();
        Files.copy(
                root.resolve("raw/rec1/eye/1700000000050-0_1700000000350-0.zip"),
                eye.resolve("%d-0_%d-0.zip".formatted(now - 2_000_000, now - 1_700_000)));

        assertThat(describe(true, "new").get(0).getString("duration")).isEqualTo("0:05:00");
        assertThat(forget("new")).containsExactly(0);
    }

    @Test
    void describesAsManyAsFitIntoOneAnswer() throws IOException {
        for (int i = 0; i < 1500; i++) {
            Files.createDirectories(root.resolve("raw/large/" + "s".repeat(100) + i));
        }
        assertThat(describe(true, "large", "rec1")).hasSize(1);
        assertThat(describe(true, "rec1", "large", "rec2")).hasSize(1);
    }

    @Test
    void refusesTooManyNamesAtOnce() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= RecordingService.MOST_RECORDINGS; i++) {
            names.add("r" + i);
        }
        assertFails(Kind.INVALID, recordings.describeRecordings(new DescribeRecordings(names, true)));
        assertFails(Kind.INVALID, recordings.forgetInfos(new ForgetInfos(List.of())));
    }

    @Test
    void startsAndStopsAsTheOriginal() {
        assertThat(running()).isNull();
        assertThat(startRecording("my-rec")).isEqualTo("my-rec");
        assertThat(running()).isEqualTo("my-rec");
        assertThat(stream.redis(Command.GET, "recording:id")).hasToString("my-rec");
        assertThat(startRecording("second")).isEqualTo("second");
        assertThat(running()).isEqualTo("second");
        assertThat(stopRecording()).isEqualTo("second");
        assertThat(stopRecording()).isNull();
        assertThat(running()).isNull();

        assertThat(stream.redis(Command.XRANGE, "event:recording:id", "-", "+"))
                .map(event -> event.get(1).toString())
                .containsExactly("[d, my-rec]", "[d, second]", "[d, ]", "[d, ]");
    }

    @Test
    void namesARecordingByTheLocalTime() {
        assertThat(startRecording("")).matches("\\d{4}\\.\\d\\d\\.\\d\\d-\\d\\d\\.\\d\\d\\.\\d\\d");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"..", ".", ".hidden", "a/b", "a\\b", "a\0b", "a\nb", "\u007f", "/", "\ud800"})
    void knowsNoSuchNames(String name) {
        assertThat(RecordingName.isOne(name)).isFalse();
        assertThatThrownBy(() -> new DeleteRecording(name))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void knowsNamesUpToALength() {
        assertThat(RecordingName.isOne("é".repeat(100))).isTrue();
        assertThat(RecordingName.isOne("é".repeat(101))).isFalse();
        assertThat(RecordingName.isOne("2024.01.01-12.00.00 x:y+z")).isTrue();
    }

    @Test
    void renamesAsTheOriginal() {
        describe(true, "rec1");
        assertThat(rename("rec1", "rec9")).isEqualTo(new Moved(true, true));
        assertThat(list()).containsExactly("empty", "rec2", "rec9");
        assertThat(describe(true, "rec1").get(0).getJsonObject("streams")).isEmpty();
        assertThat(describe(true, "rec9").get(0).getJsonArray("files")).containsExactly("eye.json", "main.mp4");
        assertFails(Kind.CONFLICT, recordings.renameRecording(new RenameRecording("rec9", "rec2")));
        assertThat(rename("zzz", "yyy")).isEqualTo(new Moved(false, true));
        assertThat(rename("rec9", "rec1")).isEqualTo(new Moved(true, true));
        assertThat(describe(true, "rec9").get(0).getJsonObject("streams")).isEmpty();
    }

    @Test
    void hidesAndShowsAsTheOriginal() {
        describe(true, "rec1");
        assertThat(hide("rec1", true)).isEqualTo(new Moved(true, true));
        assertThat(list()).containsExactly("empty", "rec2");
        assertThat(describe(true, "rec1").get(0).getJsonObject("streams")).isEmpty();
        assertThat(root.resolve("post_hidden/rec1/main.mp4")).exists();
        assertThat(hide("rec1", false)).isEqualTo(new Moved(true, true));
        assertThat(list()).containsExactly("empty", "rec1", "rec2");
        assertThat(hide("nope", true)).isEqualTo(new Moved(false, true));
    }

    @Test
    void deletesAsTheOriginal() {
        describe(true, "rec1");
        assertThat(delete("rec1")).isEqualTo(new Gone(true, true));
        assertThat(delete("nope")).isEqualTo(new Gone(true, true));
        assertThat(list()).containsExactly("empty", "rec2");
        assertThat(describe(true, "rec1").get(0).getJsonArray("files")).isEmpty();
    }

    @Test
    void movesNothingThatIsBeingRecorded() {
        startRecording("rec1");

        assertFails(Kind.CONFLICT, recordings.renameRecording(new RenameRecording("rec1", "x")));
        assertFails(Kind.CONFLICT, recordings.renameRecording(new RenameRecording("rec2", "rec1")));
        assertFails(Kind.CONFLICT, recordings.hideRecording(new HideRecording("rec1", true)));
        assertFails(Kind.CONFLICT, recordings.deleteRecording(new DeleteRecording("rec1")));

        stopRecording();
        assertThat(delete("rec1")).isEqualTo(new Gone(true, true));
    }

    @Test
    void movesARecordingOnlyWhenItIsWhole() {
        startRecording("r");
        stream.append("s", "x");
        stopRecording();

        assertThat(rename("r", "t")).isEqualTo(new Moved(true, true));
        assertThat(describe(true, "t").get(0).getJsonObject("streams").fieldNames())
                .contains("s", "event:recording:id");
        assertThat(list()).containsExactly("empty", "rec1", "rec2", "t");
    }

    @Test
    void forgetsWhatItKnewOfARecordingThatGoesOn() {
        describe(true, "rec1");
        startRecording("rec1");
        stream.append("main", "x");
        assertThat(describe(true, "rec1").get(0).getBoolean("_cached")).isNull();
        stopRecording();

        await().untilAsserted(() -> assertThat(describe(true, "rec1")
                        .get(0)
                        .getJsonObject("streams")
                        .getJsonObject("main")
                        .getInteger("chunk_count"))
                .isEqualTo(3));
    }

    @Test
    void listsPageByPage() throws IOException {
        for (int i = 0; i < 1100; i++) {
            Files.createDirectories(root.resolve("raw/x%04d".formatted(i)));
        }
        RecordingNames first = recordings.listRecordings(new ListRecordings("")).await();
        RecordingNames second = recordings
                .listRecordings(new ListRecordings(first.items().get(999)))
                .await();

        assertThat(first.items()).hasSize(1000);
        assertThat(first.more()).isTrue();
        assertThat(second.items()).hasSize(103);
        assertThat(second.more()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LYCEUM_TIME_ZONE=Mars/Olympus",
                "LYCEUM_RECORDER_LEASE=999ms",
                "LYCEUM_RECORDER_CHUNK_TIME=x",
                "LYCEUM_RECORDER_MEMORY=x",
                "LYCEUM_RECORDER_WRITERS=0",
                "LYCEUM_REPLAYS=-1",
                "LYCEUM_REPLAY_MEMORY=x",
                "LYCEUM_RECORDINGS_S3_URL=ftp://host",
                "LYCEUM_RECORDINGS_S3_URL=https://host/path",
                "LYCEUM_RECORDINGS_S3_URL=https://",
                "LYCEUM_RECORDINGS_S3_URL=not a url",
                "LYCEUM_RECORDINGS_S3_BUCKET=ab",
                "LYCEUM_RECORDINGS_S3_BUCKET=..x",
                "LYCEUM_RECORDINGS_S3_BUCKET=a/b/c",
                "LYCEUM_RECORDINGS_S3_BUCKET=my bucket"
            })
    void refusesAWrongSettingByItsKey(String setting) {
        String[] pair = setting.split("=");
        assertThatThrownBy(() -> RecordingConfig.from(new Settings(Map.of(pair[0], pair[1]))))
                .hasMessageContaining(pair[0]);
    }

    @Test
    void keepsRecordingsBesideAllOtherData() {
        RecordingConfig config = RecordingConfig.from(new Settings(Map.of("LYCEUM_DATA_DIR", "/data")));

        assertThat(config.directory()).isEqualTo(Path.of("/data/recordings"));
        assertThat(config.zone()).hasToString("UTC");
    }

    @Test
    void takesKeysOfABucketFromFiles() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("LYCEUM_RECORDINGS_S3_URL", "https://s3.example:9000"));
        assertThatThrownBy(() -> RecordingConfig.from(new Settings(settings)))
                .hasMessageContaining("LYCEUM_RECORDINGS_S3_ACCESS_KEY_FILE: required");
        settings.put(
                "LYCEUM_RECORDINGS_S3_ACCESS_KEY_FILE",
                Files.writeString(root.resolve("a"), "name\n").toString());
        settings.put(
                "LYCEUM_RECORDINGS_S3_SECRET_KEY_FILE", root.resolve("none").toString());
        assertThatThrownBy(() -> RecordingConfig.from(new Settings(settings)))
                .hasMessageContaining("LYCEUM_RECORDINGS_S3_SECRET_KEY_FILE: the file cannot be read");
        settings.put(
                "LYCEUM_RECORDINGS_S3_SECRET_KEY_FILE",
                Files.writeString(root.resolve("b"), " secret ").toString());

        S3Access bucket = RecordingConfig.from(new Settings(settings)).bucket().orElseThrow();

        assertThat(bucket.accessKey()).isEqualTo("name");
        assertThat(bucket.secretKey()).isEqualTo("secret");
        assertThat(bucket).hasToString("https://s3.example:9000/lyceum-recordings");
    }

    /** Those with one file for a stream told bytes as megabytes; that was a mistake (contract, 4.1). */
    private static List<JsonObject> original(String name, int step) {
        return ((JsonArray) RecordedTree.answer(name, step))
                .stream()
                        .map(JsonObject.class::cast)
                        .map(JsonObject::copy)
                        .map(RecordingsTest::inMegabytes)
                        .toList();
    }

    private static JsonObject inMegabytes(JsonObject info) {
        if (info.getString("name").equals("rec2")) {
            info.put("size_mb", 238 / 1048576.0);
            info.getJsonObject("streams").getJsonObject("main").put("size_mb", 238 / 1048576.0);
        }
        return info;
    }

    private List<JsonObject> describe(boolean cached, String... names) {
        return recordings.describeRecordings(new DescribeRecordings(List.of(names), cached)).await().items().stream()
                .map(JsonObject::new)
                .toList();
    }

    private List<Integer> forget(String... names) {
        return recordings.forgetInfos(new ForgetInfos(List.of(names))).await().counts();
    }

    private List<String> list() {
        return recordings.listRecordings(new ListRecordings("")).await().items();
    }

    private String startRecording(String name) {
        return recordings.startRecording(new StartRecording(name)).await().name();
    }

    private String stopRecording() {
        return recordings.stopRecording(new StopRecording()).await().name();
    }

    private String running() {
        return recordings.findRunning(new FindRunning()).await().name();
    }

    private Moved rename(String name, String newName) {
        return recordings.renameRecording(new RenameRecording(name, newName)).await();
    }

    private Moved hide(String name, boolean hidden) {
        return recordings.hideRecording(new HideRecording(name, hidden)).await();
    }

    private Gone delete(String name) {
        return recordings.deleteRecording(new DeleteRecording(name)).await();
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
