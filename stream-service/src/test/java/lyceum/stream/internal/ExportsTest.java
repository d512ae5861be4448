package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import lyceum.media.internal.MediaConfig;
import lyceum.media.internal.MediaVerticle;
import lyceum.media.internal.live.LiveConfig;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.stream.RecordingExportService;
import lyceum.stream.RecordingExportService.ExportRecording;
import lyceum.stream.RecordingExportService.FindExports;
import lyceum.stream.RecordingExportService.FindThumbnail;
import lyceum.stream.RecordingExportService.Phase;
import lyceum.stream.RecordingExportService.RecordingExported;
import lyceum.stream.RecordingExportService.StreamExport;
import lyceum.stream.RecordingService.DeleteRecording;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.HideRecording;
import lyceum.stream.RecordingService.RenameRecording;
import lyceum.stream.RecordingService.StartRecording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of recordings, with the ffmpeg of media-service where a film is. */
class ExportsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path root;

    @TempDir
    Path data;

    private TestStream stream;
    private Facts<RecordingExported> exported;

    @BeforeEach
    void start() {
        stream = new TestStream(
                TestStream.recording(root, "LYCEUM_RECORDING_EXPORT", "true", "LYCEUM_RECORDING_EXPORT_PAUSE", "50ms"));
        exported = new Facts<>(stream.bus, RecordingExportService.EXPORTED);
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    private void deployMedia() {
        Settings settings = new Settings(Map.of("LYCEUM_DATA_DIR", data.toString()));
        MediaConfig config = MediaConfig.from(settings);
        LiveConfig live = LiveConfig.from(settings, stream.url);
        stream.vertx
                .deployVerticle(new MediaVerticle(config, live, new Readiness(), new SimpleMeterRegistry()))
                .await();
    }

    private static Map<String, Buffer> entries(Object... pairs) {
        Map<String, Buffer> entries = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Object payload = pairs[i + 1];
            entries.put((String) pairs[i], payload instanceof Buffer bytes ? bytes : Buffer.buffer((String) payload));
        }
        return entries;
    }

    private void record(String name, Object... pairs) {
        TestFrames.record(root, "r", name, entries(pairs));
    }

    private List<StreamExport> order(String... streams) {
        return stream.exports
                .exportRecording(new ExportRecording("r", List.of(streams)))
                .await()
                .streams();
    }

    private StreamExport find(String name) {
        return stream.exports.findExports(new FindExports("r")).await().streams().stream()
                .filter(export -> export.stream().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private StreamExport end(String name) {
        await().atMost(PATIENCE)
                .ignoreException(NoSuchElementException.class)
                .until(() -> find(name).phase() == Phase.DONE || find(name).phase() == Phase.FAILED);
        return find(name);
    }

    private Path post(String file) {
        return root.resolve("post/r").resolve(file);
    }

    @Test
    void exportsARecordingWhenItIsWhole() throws IOException {
        TestRecording recording = new TestRecording(stream, root);
        recording.begin("r");
        recording.add("eye", "{\"a\":1}", "{\"b\":2}");
        recording.add("custom", "x");
        recording.end();

        assertThat(end("eye").file()).isEqualTo("eye.json");
        assertThat(new JsonArray(Files.readString(post("eye.json")))
                        .getJsonObject(0)
                        .getInteger("a"))
                .isEqualTo(1);
        assertThat(exported.await(1)).containsExactly(new RecordingExported("r", "eye", "eye.json", ""));
        assertThat(stream.exports.findExports(new FindExports("r")).await().streams())
                .hasSize(1);
        assertThat(describe().getJsonArray("files")).containsExactly("eye.json");
    }

    private JsonObject describe() {
        return new JsonObject(stream.recordings
                .describeRecordings(new DescribeRecordings(List.of("r"), true))
                .await()
                .items()
                .get(0));
    }

    @Test
    void makesJsonOfFramesAndSamples() throws IOException {
        record(
                "hand",
                "1-0",
                "{\"left\":\"{\\\"x\\\":1}\",\"right\":\"null\"}",
                "2-0",
                "junk that is no frame",
                "3-1",
                "[{\"y\":2}]");
        record("imugyro", "1-0", TestFrames.motion(2, 1, 2, 3, 4, 5, 6), "2-0", TestFrames.motion(1, 7, 8, 9, 0, 0, 0));

        order();

        StreamExport hand = end("hand");
        assertThat(hand.entries()).isEqualTo(2);
        assertThat(hand.leftOut()).isEqualTo(1);
        assertThat(hand.bytes()).isEqualTo(Files.size(post("hand.json")));
        assertThat(Files.readString(post("hand.json")))
                .isEqualTo("[{\"timestamp\":\"1-0\",\"left\":{\"x\":1},\"right\":null},"
                        + "{\"timestamp\":\"3-1\",\"values\":[{\"y\":2}]}]");
        assertThat(end("imugyro").entries()).isEqualTo(2);
        assertThat(Files.readString(post("imugyro.json"))).isEqualTo("[[1.0,2.0,3.0],[4.0,5.0,6.0],[7.0,8.0,9.0]]");
    }

    @Test
    void makesSoundWithSilenceInItsGaps() throws IOException {
        record(
                "mic0",
                "1-0",
                TestFrames.sound(1000, 0.5f, -1f),
                "2-0",
                TestFrames.sound(1005, 2f),
                "3-0",
                TestFrames.sound(1_000_000, 0f));

        order();

        assertThat(end("mic0").file()).isEqualTo("mic0.wav");
        Buffer wav = Buffer.buffer(Files.readAllBytes(post("mic0.wav")));
        int samples = 2 + 3 + 1 + 2 * 44_100 + 1;
        assertThat(wav.length()).isEqualTo(44 + 2 * samples);
        assertThat(wav.getString(0, 4)).isEqualTo("RIFF");
        assertThat(wav.getIntLE(4)).isEqualTo(wav.length() - 8);
        assertThat(wav.getIntLE(24)).isEqualTo(44_100);
        assertThat(wav.getIntLE(40)).isEqualTo(2 * samples);
        assertThat(wav.getShortLE(44)).isEqualTo((short) 16384);
        assertThat(wav.getShortLE(46)).isEqualTo((short) -32767);
        assertThat(wav.getIntLE(48)).isZero();
        assertThat(wav.getShortLE(54)).isEqualTo(Short.MAX_VALUE);
    }

    @Test
    void makesFilmsOfCameras() throws IOException {
        deployMedia();
        record(
                "main",
                "1000-0",
                TestFrames.picture(Color.RED, 64, 48),
                "2000-0",
                "no picture",
                "3000-0",
                TestFrames.picture(Color.BLUE, 64, 48));
        record("depthlt", "1000-0", TestFrames.depth(800, 32, 28), "1500-0", TestFrames.depth(900, 32, 28));

        order();

        StreamExport film = end("main");
        assertThat(film.failure()).isEmpty();
        assertThat(film.entries()).isEqualTo(2);
        assertThat(film.leftOut()).isEqualTo(1);
        Buffer mp4 = Buffer.buffer(Files.readAllBytes(post("main.mp4")));
        assertThat(mp4.getString(4, 8)).isEqualTo("ftyp");
        assertThat(mp4.length()).isEqualTo((int) film.bytes());
        assertThat(end("depthlt").file()).isEqualTo("depthlt.mp4");
    }

    @Test
    void triesAgainWhatCannotBeMadeForTheMoment() {
        record("main", "1-0", TestFrames.picture(Color.RED, 64, 48));
        order("main");
        await().until(() -> !find("main").failure().isEmpty());
        deployMedia();

        StreamExport film = end("main");

        assertThat(film.phase()).isIn(Phase.DONE, Phase.FAILED);
        order("main");
        assertThat(end("main").phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void triesOnlySomeTimes() {
        record("main", "1-0", TestFrames.picture(Color.RED, 64, 48));
        order("main");

        StreamExport film = end("main");

        assertThat(film.phase()).isEqualTo(Phase.FAILED);
        assertThat(film.attempts()).isEqualTo(Exporter.MOST_ATTEMPTS);
        assertThat(film.failure()).isNotEmpty();
        assertThat(exported.await(1)).containsExactly(new RecordingExported("r", "main", "main.mp4", film.failure()));
    }

    @Test
    void goesOnWhereAnotherInstanceHasEnded() {
        record("eye", "1-0", "{\"a\":1}");
        stream.undeploy();
        stream.redis(Command.HSET, ExportLedger.DUE, "r", "0");
        stream.redis(
                Command.HSET,
                ExportLedger.states("r"),
                "eye",
                "{\"phase\":\"RUNNING\",\"attempts\":1}",
                "later",
                "{\"phase\":\"SOMETHING_NEW\"}");

        stream.deploy();

        assertThat(end("eye").attempts()).isEqualTo(2);
        assertThat(post("eye.json")).exists();
    }

    @Test
    void goesOnWithOthersWhereOneCannotBeLookedAt() {
        TestFrames.record(root, "broken", "eye", entries("1-0", "{\"a\":1}"));
        record("eye", "1-0", "{\"a\":1}");
        stream.redis(Command.SET, ExportLedger.states("broken"), "no hash");
        stream.redis(Command.HSET, ExportLedger.DUE, "broken", "0");

        order("eye");

        assertThat(end("eye").phase()).isEqualTo(Phase.DONE);
        stream.redis(Command.DEL, ExportLedger.states("broken"));
        await().atMost(PATIENCE).until(() -> Files.exists(root.resolve("post/broken/eye.json")));
    }

    @Test
    void givesUpWhatHasEndedItsInstanceTooOften() {
        record("eye", "1-0", "{\"a\":1}");
        stream.redis(Command.HSET, ExportLedger.states("r"), "eye", "{\"phase\":\"RUNNING\",\"attempts\":5}");
        stream.redis(Command.HSET, ExportLedger.DUE, "r", "0");

        assertThat(end("eye").phase()).isEqualTo(Phase.FAILED);
        assertThat(post("eye.json")).doesNotExist();
    }

    @Test
    void saysThatNothingCanBeMade() throws IOException {
        record("imumag", "1-0", "junk", "2-0", "more junk");
        record("custom", "1-0", "junk");
        record("eye", "1-0", "{}");
        Files.writeString(root.resolve("raw/r/eye/1-0_1-0.zip"), "no zip");

        order("imumag", "custom", "eye");

        assertThat(end("imumag").failure()).isEqualTo("nothing could be made of any of its 2 entries");
        assertThat(end("custom").failure()).isEqualTo("nothing can be made of what is in this stream");
        assertThat(end("eye").failure()).isEqualTo("File is not a zip file");
        assertThat(find("eye").attempts()).isEqualTo(1);
        assertThat(root.resolve("post/r")).doesNotExist();
    }

    @Test
    void findsOutWhatIsInOtherStreams() throws IOException {
        record("detic:image", "1-0", "{\"boxes\":[1]}", "2-0", "[1]");
        record("accel", "1-0", TestFrames.motion(1, 1, 2, 3));
        record("mic1", "1-0", TestFrames.sound(0, 1f));

        order("detic:image", "accel", "mic1");

        assertThat(end("detic:image").file()).isEqualTo("detic:image.json");
        assertThat(Files.readString(post("detic:image.json")))
                .isEqualTo("[{\"timestamp\":\"1-0\",\"boxes\":[1]},{\"timestamp\":\"2-0\",\"values\":[1]}]");
        assertThat(end("accel").file()).isEqualTo("accel.json");
        assertThat(end("mic1").file()).isEqualTo("mic1.wav");
    }

    @Test
    void makesAFileAnewWhereThatIsOrdered() throws IOException {
        record("eye", "1-0", "{\"a\":1}");
        Files.createDirectories(root.resolve("post/r"));
        Files.writeString(post("eye.json"), "old");

        order("eye");

        end("eye");
        assertThat(Files.readString(post("eye.json"))).startsWith("[{");
    }

    @Test
    void refusesWhatCannotBe() {
        record("custom", "1-0", "x");

        assertFails(Kind.NOT_FOUND, () -> stream.exports.exportRecording(new ExportRecording("none", List.of())));
        assertFails(Kind.NOT_FOUND, () -> stream.exports.exportRecording(new ExportRecording("r", List.of("eye"))));
        assertFails(Kind.INVALID, () -> stream.exports.exportRecording(new ExportRecording("r", List.of())));
        assertFails(Kind.INVALID, () -> stream.exports.exportRecording(new ExportRecording("..", List.of())));
        assertFails(Kind.NOT_FOUND, () -> stream.exports.findExports(new FindExports("none")));
        stream.recordings.startRecording(new StartRecording("r")).await();
        assertFails(Kind.CONFLICT, () -> stream.exports.exportRecording(new ExportRecording("r", List.of("custom"))));
    }

    @Test
    void followsARecordingThatGetsAnotherName() {
        record("main", "1-0", TestFrames.picture(Color.RED, 64, 48));
        order("main");
        await().until(() -> find("main").attempts() > 0);

        stream.recordings.renameRecording(new RenameRecording("r", "s")).await();

        await().untilAsserted(() -> assertThat(
                        stream.exports.findExports(new FindExports("s")).await().streams())
                .hasSize(1));
        assertThat(root.resolve("post/r")).doesNotExist();
    }

    /** A hash that is none fails as Redis does that is away, but at that one moment. */
    @Test
    void followsARecordingThoughRedisFailsBehindTheMove() {
        record("eye", "1-0", "{}");
        stream.redis(Command.SET, ExportLedger.DUE, "x");
        assertThatThrownBy(() ->
                stream.recordings.renameRecording(new RenameRecording("r", "s")).await());
        assertThat(root.resolve("raw/s")).exists();

        stream.redis(Command.DEL, ExportLedger.DUE);
        stream.redis(Command.HSET, ExportLedger.DUE, "r", "0");

        await().untilAsserted(() -> assertThat(root.resolve("post/s/eye.json")).exists());
        await().untilAsserted(() -> assertThat(
                        stream.redis(Command.HLEN, ExportLedger.DUE).toInteger())
                .isZero());
        assertThat(stream.redis(Command.EXISTS, ExportLedger.MOVES).toInteger()).isZero();
    }

    @Test
    void staysWithARecordingThatKeepsItsName() {
        record("eye", "1-0", "{}");
        TestFrames.record(root, "s", "eye", entries("2-0", "{}"));

        assertFails(Kind.CONFLICT, () -> stream.recordings.renameRecording(new RenameRecording("r", "s")));
        assertThat(stream.redis(Command.EXISTS, ExportLedger.MOVES).toInteger()).isZero();
        stream.redis(Command.HSET, ExportLedger.DUE, "r", "0");

        await().untilAsserted(() -> assertThat(root.resolve("post/r/eye.json")).exists());
        assertThat(root.resolve("post/s")).doesNotExist();
    }

    @Test
    void forgetsWhatIsDeletedOrHidden() {
        record("main", "1-0", TestFrames.picture(Color.RED, 64, 48));
        order("main");
        stream.recordings.hideRecording(new HideRecording("r", true)).await();
        stream.recordings.hideRecording(new HideRecording("r", false)).await();
        stream.recordings.deleteRecording(new DeleteRecording("r")).await();

        await().untilAsserted(() -> assertThat(
                        stream.redis(Command.HLEN, ExportLedger.DUE).toInteger())
                .isZero());
        assertFails(Kind.NOT_FOUND, () -> stream.exports.findExports(new FindExports("r")));
    }

    @Test
    void showsThePictureThatIsNearest() throws IOException {
        record(
                "main",
                "1000-0",
                TestFrames.picture(Color.RED, 640, 480),
                "2000-0",
                TestFrames.picture(Color.GREEN, 64, 48));
        record("main", "4000-0", TestFrames.picture(Color.BLUE, 64, 48));

        assertThat(seen(0)).isEqualTo("1000-0 480x360 red");
        assertThat(seen(400)).isEqualTo("1000-0 480x360 red");
        assertThat(seen(600)).isEqualTo("2000-0 64x48 green");
        assertThat(seen(1900)).isEqualTo("2000-0 64x48 green");
        assertThat(seen(2100)).isEqualTo("4000-0 64x48 blue");
        assertThat(seen(99_000)).isEqualTo("4000-0 64x48 blue");
    }

    private String seen(long atMillis) throws IOException {
        RecordingExportService.Thumbnail thumbnail = stream.exports
                .findThumbnail(new FindThumbnail("r", "main", atMillis))
                .await();
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(thumbnail.jpeg().getBytes()));
        int rgb = image.getRGB(image.getWidth() / 2, image.getHeight() / 2);
        String colour = (rgb >> 16 & 0xFF) > 200 ? "red" : (rgb >> 8 & 0xFF) > 200 ? "green" : "blue";
        return "%s %dx%d %s".formatted(thumbnail.entryId(), image.getWidth(), image.getHeight(), colour);
    }

    @Test
    void showsNoPictureWhereThereIsNone() {
        record("eye", "1-0", "{}");

        assertFails(Kind.INVALID, () -> stream.exports.findThumbnail(new FindThumbnail("r", "eye", 0)));
        assertFails(Kind.NOT_FOUND, () -> stream.exports.findThumbnail(new FindThumbnail("r", "main", 0)));
        assertFails(Kind.NOT_FOUND, () -> stream.exports.findThumbnail(new FindThumbnail("none", "main", 0)));
        assertFails(Kind.INVALID, () -> stream.exports.findThumbnail(new FindThumbnail("r", "eye", -1)));
    }

    private static void assertFails(Kind kind, Supplier<Future<?>> question) {
        assertThatThrownBy(() -> question.get().await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
