package lyceum.stream.internal;

import static lyceum.stream.internal.TestRecording.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.redis.client.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lyceum.stream.RecordingService.RecordingStarted;
import lyceum.stream.RecordingService.RecordingStopped;
import lyceum.stream.RecordingService.StartRecording;
import lyceum.stream.RecordingService.StopRecording;
import lyceum.stream.StreamService.DeleteStreams;
import lyceum.stream.internal.StreamConfig.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded, as files. */
class RecorderTest {

    @TempDir
    Path parent;

    private Path root;
    private TestStream stream;
    private TestRecording recording;

    private void start(String... settings) {
        start(TestStream.LIMITS, settings);
    }

    private void start(Limits limits, String... settings) {
        root = parent.resolve("recordings");
        stream = new TestStream(TestStream.recording(root, settings), limits);
        recording = new TestRecording(stream, root);
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    /** fixtures/stream/recorder.json, and what the original misses: entries that come at once, streams that come later. */
    @Test
    void recordsAsTheOriginalDoes() {
        start();
        stream.append("main", "m0", "m1", "m2");
        stream.append("depthlt", "d0");
        String calibration = stream.append("depthltCal", "c0").ids().get(0);
        stream.append("eye", "e0");
        awaitLaterThan(stream.append("custom", "x0").ids().get(0));

        stream.recordings.startRecording(new StartRecording("golden")).await();
        List<String> main = stream.append("main", "m3", "m4", "m5", "m6").ids();
        List<String> eye = stream.append("eye", "e1", "e2", "e3", "e4").ids();
        List<String> custom = stream.append("custom", "x1", "x2", "x3", "x4").ids();
        List<String> newStream =
                stream.append("newstream", "n0", "n1", "n2", "n3").ids();
        recording.end();

        String stop = stream.redis(Command.XREVRANGE, "event:recording:id", "+", "-", "COUNT", 1)
                .get(0)
                .get(0)
                .toString();
        assertThat(recording.files())
                .containsExactlyInAnyOrder(
                        "raw/golden/main/%s_%s.zip".formatted(main.get(0), main.get(3)),
                        "raw/golden/eye/%s_%s.zip".formatted(eye.get(0), eye.get(3)),
                        "raw/golden/custom/%s_%s.zip".formatted(custom.get(0), custom.get(3)),
                        "raw/golden/newstream/%s_%s.zip".formatted(newStream.get(0), newStream.get(3)),
                        "raw/golden/depthltCal/%s_%s.zip".formatted(calibration, calibration),
                        "raw/golden/event:recording:id/%s_%s.zip".formatted(stop, stop));
        RecordedTree.recorderFiles()
                .forEach((path, members) ->
                        assertThat(recording.recorded("golden", path)).as(path).hasSize(members));
        assertThat(recording.recorded("golden", "newstream")).containsExactly("n0", "n1", "n2", "n3");
        assertThat(recording.recorded("golden", "event:recording:id")).containsExactly("");
        assertThat(recording.recorded("golden", "depthltCal")).containsExactly("c0");
    }

    /** Ids are times: what has come in the millisecond of a start may have come before it or behind it. */
    private void awaitLaterThan(String id) {
        await().until(() -> System.currentTimeMillis() > EntryId.of(id).millis());
    }

    @Test
    void tellsOfStartAndEnd() {
        start();
        Instant before = Instant.now().minusSeconds(1);
        recording.begin("r");
        stream.append("s", "x", "y");

        assertThat(recording.end()).isEqualTo(new RecordingStopped("r", 2, 3));
        RecordingStarted started = recording.started().heard().get(0);
        assertThat(started.name()).isEqualTo("r");
        assertThat(started.at()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(stream.redis(Command.KEYS, "lyceum:recorder:*")).hasToString("[lyceum:recorder:term]");
    }

    @Test
    void recordsAnEntryOfTheHighestIdAndAllOtherStreams() {
        start();
        recording.begin("r");
        stream.appendWithIds("last", EntryId.LAST.toString(), "x");
        stream.append("cam", "a", "b");

        recording.end();

        assertThat(recording.recorded("r", "last")).containsExactly("x");
        assertThat(recording.recorded("r", "cam")).containsExactly("a", "b");
    }

    @Test
    void makesNoRecordingOfItsOwnEventsAlone() {
        start("LYCEUM_RECORDER_CHUNK_TIME", "1ms");
        stream.append("s", "before");
        recording.begin("r");
        stream.recordings.startRecording(new StartRecording("r")).await();

        assertThat(recording.end()).isEqualTo(new RecordingStopped("r", 0, 0));
        assertThat(recording.files()).isEmpty();
    }

    @Test
    void recordsStreamsThatOthersMakeMeanwhile() {
        start();
        recording.begin("r");

        recording.add("theirs", "a", "b");
        await().until(() -> recording.counted("entries") == 0
                && stream.redis(Command.XLEN, "theirs").toInteger() == 2);
        recording.add("theirs", "c");
        recording.end();

        assertThat(recording.recorded("r", "theirs")).containsExactly("a", "b", "c");
    }

    @Test
    void recordsWhatOthersStartWithoutAnEvent() {
        start();
        stream.append("s", "before");
        stream.redis(Command.SET, "recording:id", "theirs");
        recording.started().await(1);

        stream.append("s", "x");
        stream.redis(Command.DEL, "recording:id");
        recording.stopped().await(1);

        assertThat(recording.recorded("theirs", "s")).containsExactly("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../r", "/r", ".", "a\0b"})
    void recordsNothingUnderANameThatIsNone(String name) {
        start();
        stream.redis(Command.SET, "recording:id", name);
        stream.append("s", "x");

        recording.begin("next");
        recording.end();

        assertThat(recording.started().heard())
                .extracting(RecordingStarted::name)
                .containsExactly("next");
        assertThat(recording.files()).allMatch(file -> file.startsWith("raw/next/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../s", "/", "a\0b", "%2F", "detic:image", "ü \uD83D\uDE42"})
    void recordsStreamsOfAnyNameInside(String name) throws IOException {
        start();
        recording.begin("r");
        stream.append(name, "x");
        recording.end();

        assertThat(recording.recorded("r", name)).containsExactly("x");
        try (Stream<Path> all = Files.walk(parent)) {
            assertThat(all.filter(Files::isRegularFile)).allMatch(file -> file.startsWith(root.resolve("raw/r")));
        }
    }

    @Test
    void skipsNamesThatAreTooLong() {
        start();
        recording.begin("r");
        stream.append("x".repeat(256), "x");
        stream.append("s", "y");
        recording.end();

        assertThat(recording.files()).hasSize(2);
        assertThat(recording.counted("skipped")).isEqualTo(1);
    }

    @Test
    void cutsChunksAsTheOriginal() {
        start();
        recording.begin("r");
        recording.add("many", numbered("m", 0, 2250));
        String large = "x".repeat(200_000);
        for (int i = 0; i < 51; i++) {
            stream.append("large", large);
        }
        recording.end();

        assertThat(recording.chunks("r", "many")).isEqualTo(3);
        assertThat(recording.recorded("r", "many")).containsExactly(numbered("m", 0, 2250));
        // 50 of them reach 9.5 MiB.
        assertThat(recording.chunks("r", "large")).isEqualTo(2);
        assertThat(recording.recorded("r", "large")).hasSize(51);
        assertThat(recording.counted("chunks")).isEqualTo(6);
        assertThat(recording.counted("entries")).isEqualTo(2250 + 51 + 1);
    }

    @Test
    void recordsEntriesThatAreLongerThanAPage() {
        start();
        recording.begin("r");
        String payload = "x".repeat(1_500_000);
        recording.add("s", payload + 0, payload + 1, payload + 2);
        recording.add("s", payload + 3, "small", payload + 4);
        recording.end();

        assertThat(recording.recorded("r", "s"))
                .containsExactly(payload + 0, payload + 1, payload + 2, payload + 3, "small", payload + 4);
    }

    @Test
    void writesWhatWaitsForTooLong() {
        start("LYCEUM_RECORDER_CHUNK_TIME", "1s");
        recording.begin("r");

        stream.append("s", "a");
        await().until(() -> recording.chunks("r", "s") == 1);
        stream.append("s", "b");
        await().until(() -> recording.chunks("r", "s") == 2);
        recording.end();

        assertThat(recording.recorded("r", "s")).containsExactly("a", "b");
    }

    @Test
    void holdsNoMoreThanItMay() {
        start("LYCEUM_RECORDER_MEMORY", "64KiB", "LYCEUM_RECORDER_WRITERS", "1");
        recording.begin("r");
        String payload = "x".repeat(2_000);
        for (int i = 0; i < 40; i++) {
            for (String name : List.of("a", "b", "c")) {
                stream.append(name, payload, payload, payload, payload, payload);
            }
            assertThat(stream.meters.get("lyceum.recorder.held").gauge().value())
                    .isLessThan(100_000);
        }
        stream.append("a", "y".repeat(150_000));
        recording.end();

        assertThat(recording.recorded("r", "a")).hasSize(201);
        assertThat(recording.recorded("r", "b")).hasSize(200);
        assertThat(recording.recorded("r", "c")).hasSize(200);
        assertThat(recording.chunks("r", "a")).isGreaterThan(2);
    }

    @Test
    void recordsMoreStreamsThanItMayFollow() {
        start(new Limits(100, 16 << 20, 64 << 20, 256 << 20, 2, 8 << 20, 64 << 20));
        recording.begin("r");
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10; i++) {
                stream.append("s" + i, "x" + round);
            }
        }
        recording.end();

        for (int i = 0; i < 10; i++) {
            assertThat(recording.recorded("r", "s" + i)).containsExactly("x0", "x1", "x2");
        }
    }

    @Test
    void endsARecordingInGoodOrderWhenAnotherOneIsStarted() {
        start();
        recording.begin("one");
        stream.append("s", "a", "b");
        recording.begin("two");
        stream.append("s", "c");
        stream.recordings.stopRecording(new StopRecording()).await();

        assertThat(recording.stopped().await(2))
                .extracting(RecordingStopped::name)
                .containsExactlyInAnyOrder("one", "two");
        assertThat(recording.recorded("one", "s")).startsWith("a", "b");
        assertThat(recording.recorded("two", "s")).containsExactly("c");
    }

    @Test
    void addsToARecordingThatIsStartedAgain() {
        start();
        recording.begin("r");
        stream.append("s", "a");
        recording.end();
        stream.append("s", "between");
        recording.begin("r");
        stream.append("s", "b");
        recording.end();

        assertThat(recording.recorded("r", "s")).containsExactly("a", "b");
    }

    @Test
    void recordsEntriesWithTimesOfTheirOwn() {
        start();
        stream.appendWithIds("past", "5-0", "before", "future", "99999999999999-0", "before");
        recording.begin("r");
        stream.appendWithIds("past", "6-0", "a", "future", "99999999999999-1", "b", "new", "1-1", "c");
        recording.end();

        assertThat(recording.recorded("r", "past")).containsExactly("a");
        assertThat(recording.recorded("r", "future")).containsExactly("b");
        assertThat(recording.recorded("r", "new")).containsExactly("c");
    }

    @Test
    void goesOnWithAStreamThatIsDeletedAndMadeAnew() {
        start("LYCEUM_RECORDER_CHUNK_TIME", "1s");
        recording.begin("r");
        stream.appendWithIds("s", "1000-0", "a", "s", "2000-0", "b");
        await().until(() -> recording.chunks("r", "s") == 1);

        stream.service.deleteStreams(new DeleteStreams(List.of("s"))).await();
        stream.appendWithIds("s", "500-0", "c", "s", "1500-0", "d");
        await().until(() -> recording.chunks("r", "s") >= 2);
        recording.end();

        assertThat(recording.files()).contains("raw/r/s/1000-0_2000-0.zip", "raw/r/s/500-0_1500-0.zip");
    }

    @Test
    void copiesTheCalibrationOfAStreamThatComesLater() {
        start();
        String calibration = stream.append("gllCal", "old", "c").ids().get(1);
        recording.begin("r");
        stream.append("gll", "x");
        recording.end();

        assertThat(recording.files()).contains("raw/r/gllCal/%s_%s.zip".formatted(calibration, calibration));
        assertThat(recording.recorded("r", "gllCal")).containsExactly("c");
    }

    @Test
    void writesWhenTheDiskTakesItAgain() throws IOException {
        start("LYCEUM_RECORDER_CHUNK_TIME", "1s");
        Files.writeString(root.resolve("raw"), "in the way");
        recording.begin("r");
        stream.append("s", "a");
        await().until(() -> recording.counted("failures") > 0);
        stream.append("s", "b");

        Files.delete(root.resolve("raw"));
        recording.end();

        assertThat(recording.recorded("r", "s")).containsExactly("a", "b");
        assertThat(recording.counted("lost")).isZero();
    }

    @Test
    void isLeftWholeWhenTheInstanceStopsAndGoesOnWithTheNextOne() {
        start();
        stream.append("s", "before");
        String calibration = stream.append("sCal", "k").ids().get(0);
        recording.begin("r");
        stream.append("s", "a", "b");
        await().until(() -> stream.meters.get("lyceum.recorder.held").gauge().value() > 0);

        stream.undeploy();
        String payload = "x".repeat(1_500_000);
        recording.add("s", "c", payload + 0, payload + 1, payload + 2);
        recording.add("later", "x");
        stream.deploy();
        stream.append("s", "d");
        recording.end();

        assertThat(recording.recorded("r", "s"))
                .containsExactly("a", "b", "c", payload + 0, payload + 1, payload + 2, "d");
        assertThat(recording.recorded("r", "later")).containsExactly("x");
        assertThat(recording.files())
                .filteredOn(file -> file.contains("sCal"))
                .containsExactly("raw/r/sCal/%s_%s.zip".formatted(calibration, calibration));
        assertThat(recording.started().heard()).hasSize(1);
    }

    @Test
    void endsWhatWasStoppedWhileNobodyRecorded() {
        start();
        recording.begin("r");
        stream.append("s", "a");

        stream.undeploy();
        recording.add("s", "b");
        stream.redis(Command.DEL, "recording:id");
        stream.redis(Command.XADD, "event:recording:id", "*", "d", "");
        stream.redis(Command.XADD, "s", "99999999999999-0", "d", "too late");
        stream.deploy();
        recording.stopped().await(1);

        assertThat(recording.recorded("r", "s")).containsExactly("a", "b");
    }

    @Test
    void isRecordedByOneOfTwoInstances() {
        start();
        stream.deployAnother();
        recording.begin("r");
        stream.append("s", numbered("x", 0, 100));
        recording.end();

        assertThat(recording.started().heard()).hasSize(1);
        assertThat(recording.recorded("r", "s")).containsExactly(numbered("x", 0, 100));
        assertThat(recording.counted("entries")).isEqualTo(101);
    }

    @Test
    void goesOnAtAnotherInstanceAtOnceWhenOneStops() {
        start();
        stream.deployAnother();
        recording.begin("r");
        stream.append("s", "a");
        stream.undeploy();
        stream.append("s", "b");
        stream.recordings.stopRecording(new StopRecording()).await();
        recording.stopped().await(1);

        assertThat(recording.recorded("r", "s")).containsExactly("a", "b");
    }
}
