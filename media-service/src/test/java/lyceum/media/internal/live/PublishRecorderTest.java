package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.media.LiveService.LiveRecording;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a publish; as nothing makes an MP4 of it here, it stays the FLV that it was. */
class PublishRecorderTest {

    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
    private static final List<FlvTag> TAGS = new FlvReader(1 << 20).read(TestLive.usualFilm(4));

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("recorder", 2);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void beginsWithWhatDecodersNeedAndTheNextKeyFrame() throws IOException {
        PublishRecorder recorder = new PublishRecorder("cam1", recordings("1MiB"));
        int half = TAGS.size() / 2;
        TAGS.subList(0, half).forEach(tag -> recorder.take(tag, true));
        String file = recorder.begin(true);
        TAGS.subList(half, TAGS.size()).forEach(tag -> recorder.take(tag, true));

        assertThat(file).isEqualTo("cam1-20240501T120000.000Z.mp4");
        assertThat(recorder.begin(true)).as("is recorded already").isEqualTo(file);
        recorder.stop().await();
        assertThat(recorder.file()).isEmpty();
        List<FlvTag> kept = kept(file);
        assertThat(kept.get(0).isScript()).isTrue();
        assertThat(kept.subList(1, 3)).allMatch(FlvStart::isConfiguration);
        assertThat(kept.get(3)).matches(FlvStart::isKey);
        assertThat(kept.subList(3, kept.size()))
                .isEqualTo(TAGS.subList(TAGS.size() - kept.size() + 3, TAGS.size()))
                .hasSizeLessThanOrEqualTo(TAGS.size() - half);
    }

    @Test
    void keepsNothingWhereOnlyTheEndOfTheSequenceHasCome() {
        LiveRecordings recordings = recordings("1MiB");
        PublishRecorder recorder = new PublishRecorder("cam1", recordings);
        TAGS.subList(0, 3).forEach(tag -> recorder.take(tag, true));
        recorder.begin(true);
        recorder.take(endOfSequence(), true);
        recorder.stop().await();

        assertThat(recordings.list().await()).isEmpty();
    }

    @Test
    void endsARecordingThatHasReachedItsLimit() throws IOException {
        LiveRecordings recordings = recordings("10KiB");
        PublishRecorder recorder = new PublishRecorder("cam1", recordings);
        String file = recorder.begin(true);
        TAGS.forEach(tag -> recorder.take(tag, true));

        assertThat(recorder.file()).isEmpty();
        String name = file.replace("mp4", "flv");
        await().untilAsserted(() -> assertThat(recordings.list().await())
                .extracting(LiveRecording::file)
                .containsExactly(name));
        assertThat(kept(file)).hasSizeLessThan(TAGS.size());
    }

    @Test
    void hasNothingToStopWhereNothingIsRecorded() {
        PublishRecorder recorder = new PublishRecorder("cam1", recordings("1MiB"));

        assertThat(recorder.file()).isEmpty();
        assertThat(recorder.take(TAGS.get(0), true).succeeded()).isTrue();
        assertThat(recorder.stop().succeeded()).isTrue();
    }

    /** As ffmpeg and OBS send it last: marked as a key frame, with no picture in it. */
    private static FlvTag endOfSequence() {
        byte[] body = {0x17, 2, 0, 0, 0};
        return new FlvTag(Buffer.buffer()
                .appendByte((byte) 9)
                .appendMedium(body.length)
                .appendBytes(new byte[7])
                .appendBytes(body)
                .appendInt(FlvTag.HEADER_BYTES + body.length));
    }

    private LiveRecordings recordings(String limit) {
        Settings settings =
                new Settings(Map.of("LYCEUM_DATA_DIR", data.toString(), "LYCEUM_LIVE_RECORDING_LIMIT", limit));
        Studio.Scene scene = new Studio.Scene(List.of("/bin/false"), Future::succeededFuture);
        LiveRecordings recordings = new LiveRecordings(
                vertx,
                workers,
                LiveConfig.from(settings, "redis://nowhere"),
                new Studio(true, work -> Future.succeededFuture(scene)),
                "here",
                () -> NOON);
        recordings.open().await();
        return recordings;
    }

    private List<FlvTag> kept(String file) throws IOException {
        Path flv = data.resolve("live").resolve(file.replace("mp4", "flv"));
        return new FlvReader(1 << 20).read(Buffer.buffer(Files.readAllBytes(flv)));
    }
}
