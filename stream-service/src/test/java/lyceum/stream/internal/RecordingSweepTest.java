package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.stream.RecordingService.ListRecordings;
import lyceum.stream.RecordingService.StartRecording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recordings are those of the original; one of them has no entries, and so no age. */
class RecordingSweepTest {

    @TempDir
    Path root;

    @Test
    void removesRecordingsWhoseLastEntryIsOld() throws IOException {
        RecordedTree.write(root);
        RecordingSweep sweep = RecordingSweep.from(new Settings(Map.of("LYCEUM_RETENTION_RECORDINGS", "365")));
        try (TestStream stream = new TestStream(TestStream.recording(root))) {
            List<String> before = names(stream);

            long none = sweep.removeBefore(stream.vertx, Instant.EPOCH).await();
            assertThat(names(stream)).isEqualTo(before);
            long removed = sweep.removeBefore(stream.vertx, Instant.parse("2100-01-01T00:00:00Z"))
                    .await();

            assertThat(sweep.days()).isEqualTo(365);
            assertThat(none).isZero();
            assertThat(removed).isEqualTo(2);
            assertThat(before).containsExactly("empty", "rec1", "rec2");
            assertThat(names(stream)).containsExactly("empty");
        }
    }

    @Test
    void goesOnBehindOneThatCannotBeRead() throws IOException {
        RecordedTree.write(root);
        Files.createSymbolicLink(root.resolve("raw/rec1/lost.zip"), Path.of("nowhere"));
        try (TestStream stream = new TestStream(TestStream.recording(root))) {
            assertThatThrownBy(() -> new RecordingSweep(365)
                            .removeBefore(stream.vertx, Instant.parse("2100-01-01T00:00:00Z"))
                            .await())
                    .hasMessage("1 recordings stay that could not be read or removed; 1 are removed");

            assertThat(names(stream)).containsExactly("empty", "rec1");
        }
    }

    @Test
    void keepsAnOldOneThatIsBeingRecordedOnceMore() throws IOException {
        RecordedTree.write(root);
        try (TestStream stream = new TestStream(TestStream.recording(root))) {
            stream.recordings.startRecording(new StartRecording("rec1")).await();

            long removed = new RecordingSweep(365)
                    .removeBefore(stream.vertx, Instant.parse("2100-01-01T00:00:00Z"))
                    .await();

            assertThat(removed).isEqualTo(1);
            assertThat(names(stream)).containsExactly("empty", "rec1");
        }
    }

    private static List<String> names(TestStream stream) {
        return stream.recordings.listRecordings(new ListRecordings("")).await().items();
    }
}
