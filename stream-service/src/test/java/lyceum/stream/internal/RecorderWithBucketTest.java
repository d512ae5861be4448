package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.OpenReplay;
import lyceum.stream.RecordingService.RenameRecording;
import lyceum.stream.ReplaySession;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.internal.archive.TestBucket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings in a bucket, which all instances see. */
class RecorderWithBucketTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final TestBucket bucket = new TestBucket(vertx);

    private TestStream stream;
    private TestRecording recording;

    @BeforeEach
    void start() throws Exception {
        stream = new TestStream(TestStream.recording(
                directory,
                "LYCEUM_RECORDER_CHUNK_TIME",
                "500ms",
                "LYCEUM_RECORDINGS_S3_URL",
                bucket.access().endpoint().toString(),
                "LYCEUM_RECORDINGS_S3_BUCKET",
                bucket.access().bucket(),
                "LYCEUM_RECORDINGS_S3_REGION",
                bucket.access().region(),
                "LYCEUM_RECORDINGS_S3_ACCESS_KEY_FILE",
                file("access", bucket.access().accessKey()),
                "LYCEUM_RECORDINGS_S3_SECRET_KEY_FILE",
                file("secret", bucket.access().secretKey())));
        recording = new TestRecording(stream, directory);
    }

    private String file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @AfterEach
    void stop() {
        stream.close();
        vertx.close().await();
    }

    @Test
    void recordsDescribesMovesAndReplays() {
        recording.begin("r");
        stream.append("s", "a", "b");
        await().until(() -> recording.counted("chunks") >= 1);
        stream.append("s", "c");
        recording.end();

        stream.recordings.renameRecording(new RenameRecording("r", "t")).await();
        JsonObject info = new JsonObject(stream.recordings
                .describeRecordings(new DescribeRecordings(List.of("t"), true))
                .await()
                .items()
                .get(0));
        assertThat(info.getJsonObject("streams").getJsonObject("s").getInteger("chunk_count"))
                .isEqualTo(2);
        OpenedSession session = stream.recordings
                .openReplay(new OpenReplay("t", List.of("s"), "again:", true, 50))
                .await();
        await().until(() -> stream.nextOfReplay(session).kind() == ReplaySession.Kind.LAST);
        assertThat(stream.redis(Command.XRANGE, "again:s", "-", "+"))
                .map(entry -> entry.get(1).get(1).toString())
                .containsExactly("a", "b", "c");
    }

    @Test
    void keepsWhatItHasWhileTheBucketIsOut() {
        recording.begin("r");
        bucket.out(true);
        stream.append("s", "a");
        await().until(() -> recording.counted("failures") > 1);
        stream.append("s", "b");
        bucket.out(false);
        recording.end();

        assertThat(bucket.objects().keySet()).anyMatch(key -> key.startsWith("raw/r/s/"));
        assertThat(recording.counted("entries")).isEqualTo(3);
        assertThat(recording.counted("lost")).isZero();
    }

    @Test
    void goesOnAtAnotherInstanceThatSharesNothingElse() {
        recording.begin("r");
        stream.append("s", "a");
        await().until(() -> recording.counted("chunks") >= 1);
        stream.undeploy();
        recording.add("s", "b");
        stream.deploy();
        recording.end();

        OpenedSession session = stream.recordings
                .openReplay(new OpenReplay("r", List.of("s"), "again:", true, 50))
                .await();
        await().until(() -> stream.nextOfReplay(session).kind() == ReplaySession.Kind.LAST);
        assertThat(stream.redis(Command.XRANGE, "again:s", "-", "+"))
                .map(entry -> entry.get(1).get(1).toString())
                .containsExactly("a", "b");
    }
}
