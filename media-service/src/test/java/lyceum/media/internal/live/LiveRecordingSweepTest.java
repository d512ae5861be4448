package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRecordingSweepTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void removesWhatWasFinishedLongAgo() throws IOException {
        LiveRecordingSweep sweep = sweep();
        write("cam-old.mp4", 40);
        write("cam-old.flv", 40);
        write("cam-new.mp4", 20);

        long removed = remove(sweep);

        assertThat(sweep.days()).isEqualTo(30);
        assertThat(removed).isEqualTo(2);
        assertThat(names()).containsExactly("cam-new.mp4");
    }

    @Test
    void leavesWhatIsNotFinishedAndWhatIsNoRecording() throws IOException {
        write("notes.txt", 400);
        write(".cam-20250101T000000.000Z/growing.flv", 400);

        assertThat(remove(sweep())).isZero();
        assertThat(names()).containsExactlyInAnyOrder("notes.txt", ".cam-20250101T000000.000Z");
    }

    @Test
    void removesNoMoreThanADayMay() throws IOException {
        for (int i = 0; i <= LiveRecordingSweep.MOST_A_DAY; i++) {
            write("cam-" + i + ".mp4", 40);
        }

        assertThat(remove(sweep())).isEqualTo(LiveRecordingSweep.MOST_A_DAY);
        assertThat(remove(sweep())).isEqualTo(1);
    }

    @Test
    void findsNothingWhereNothingWasEverRecorded() {
        assertThat(remove(sweep())).isZero();
    }

    private LiveRecordingSweep sweep() {
        return LiveRecordingSweep.from(
                new Settings(Map.of("LYCEUM_DATA_DIR", data.toString(), "LYCEUM_RETENTION_LIVE", "30")));
    }

    private long remove(LiveRecordingSweep sweep) {
        return sweep.removeBefore(vertx, NOW.minus(Duration.ofDays(sweep.days())))
                .await();
    }

    private void write(String name, int days) throws IOException {
        Path file = data.resolve("live").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "recorded");
        FileTime time = FileTime.from(NOW.minus(Duration.ofDays(days)));
        Files.setLastModifiedTime(file, time);
        if (!file.getParent().endsWith("live")) {
            Files.setLastModifiedTime(file.getParent(), time);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("live"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
