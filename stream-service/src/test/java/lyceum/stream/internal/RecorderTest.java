package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lyceum.stream.RecordingService;
import lyceum.stream.RecordingService.RecordingStarted;
import lyceum.stream.RecordingService.RecordingStopped;
import lyceum.stream.RecordingService.StartRecording;
import lyceum.stream.RecordingService.StopRecording;
import lyceum.stream.internal.archive.LocalRecordings;
import lyceum.stream.internal.archive.StoredEntries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded, as files. */
class RecorderTest {

    @TempDir
    Path root;

    private TestStream stream;
    private Facts<RecordingStarted> started;
    private Facts<RecordingStopped> stopped;

    @BeforeEach
    void start() {
        stream = new TestStream(TestStream.recording(root));
        started = new Facts<>(stream.bus, RecordingService.STARTED);
        stopped = new Facts<>(stream.bus, RecordingService.STOPPED);
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    /** fixtures/stream/recorder.json, less what the original misses. */
    @Test
    void recordsAsTheOriginalDoes() throws IOException {
        stream.append("main", "m0", "m1", "m2");
        stream.append("depthlt", "d0");
        String calibration = stream.append("depthltCal", "c0").ids().get(0);
        stream.append("eye", "e0");
        stream.append("custom", "x0");

        startRecording("golden");
        List<String> main = stream.append("main", "m3", "m4", "m5", "m6").ids();
        List<String> eye = stream.append("eye", "e1", "e2", "e3", "e4").ids();
        List<String> custom = stream.append("custom", "x1", "x2", "x3", "x4").ids();
        List<String> newStream =
                stream.append("newstream", "n0", "n1", "n2", "n3").ids();
        stopRecording(1);

        String stop = lastEvent();
        assertThat(files())
                .containsExactlyInAnyOrder(
                        "raw/golden/main/%s_%s.zip".formatted(main.get(0), main.get(3)),
                        "raw/golden/eye/%s_%s.zip".formatted(eye.get(0), eye.get(3)),
                        "raw/golden/custom/%s_%s.zip".formatted(custom.get(0), custom.get(3)),
                        "raw/golden/newstream/%s_%s.zip".formatted(newStream.get(0), newStream.get(3)),
                        "raw/golden/depthltCal/%s_%s.zip".formatted(calibration, calibration),
                        "raw/golden/event:recording:id/%s_%s.zip".formatted(stop, stop));
        assertThat(recorded("golden", "newstream"))
                .containsExactly(
                        newStream.get(0) + " n0",
                        newStream.get(1) + " n1",
                        newStream.get(2) + " n2",
                        newStream.get(3) + " n3");
        assertThat(recorded("golden", "event:recording:id")).containsExactly(stop + " ");
    }

    @Test
    void tellsOfStartAndEnd() {
        startRecording("r");
        stream.append("s", "x", "y");
        stopRecording(1);

        assertThat(started.await(1)).singleElement().satisfies(fact -> {
            assertThat(fact.name()).isEqualTo("r");
            assertThat(fact.at())
                    .isBetween(
                            java.time.Instant.now().minusSeconds(60),
                            java.time.Instant.now().plusSeconds(1));
        });
        assertThat(stopped.await(1)).containsExactly(new RecordingStopped("r", 2, 3));
    }

    private void startRecording(String name) {
        stream.recordings.startRecording(new StartRecording(name)).await();
    }

    /** @param count of recordings that have ended by then */
    private void stopRecording(int count) {
        stream.recordings.stopRecording(new StopRecording()).await();
        stopped.await(count);
    }

    private String lastEvent() {
        return stream.redis(Command.XREVRANGE, "event:recording:id", "+", "-", "COUNT", 1)
                .get(0)
                .get(0)
                .toString();
    }

    private List<String> recorded(String recording, String name) {
        return StoredEntries.read(new LocalRecordings(stream.vertx, root, 1), recording, name);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }
}
