package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaWorkService.BeginTranscript;
import lyceum.media.MediaWorkService.CancelWork;
import lyceum.media.MediaWorkService.Phase;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.media.Samples;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts from a server that listens on this machine. */
class TranscriptEndpointTest {

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean hanging = new AtomicBoolean();
    private final AtomicBoolean hungUp = new AtomicBoolean();
    private MultiMap fields;
    private String authorization;
    private Buffer uploaded;
    private int status = 200;
    private TestMedia media;

    @BeforeEach
    void start() {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
        media = TestMedia.start(
                vertx,
                data,
                "LYCEUM_TRANSCRIPT_URL",
                "http://127.0.0.1:%d/v1/audio/transcriptions".formatted(server.actualPort()),
                "LYCEUM_TRANSCRIPT_TOKEN",
                "token-of-a-test");
    }

    private void answer(HttpServerRequest request) {
        authorization = request.getHeader("Authorization");
        request.connection().closeHandler(closed -> hungUp.set(true));
        request.setExpectMultipart(true);
        request.uploadHandler(upload -> {
            uploaded = Buffer.buffer();
            upload.handler(uploaded::appendBuffer);
        });
        request.end().onSuccess(all -> {
            fields = request.formAttributes();
            if (!hanging.get()) {
                request.response().setStatusCode(status).end("WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n");
            }
        });
    }

    @AfterEach
    void stop() {
        media.close();
        vertx.close().await();
    }

    @Test
    void sendsTheSoundAndKeepsTheAnswer() {
        Job job = begin();
        WorkState end = media.end(job);

        assertThat(end.phase()).as(end.failure()).isEqualTo(Phase.SUCCEEDED);
        assertThat(new String(media.output(job, 0), StandardCharsets.UTF_8)).endsWith("hello\n");
        assertThat(authorization).isEqualTo("Bearer token-of-a-test");
        assertThat(fields.get("model")).isEqualTo("whisper-1");
        assertThat(fields.get("response_format")).isEqualTo("vtt");
        assertThat(fields.get("language")).isEqualTo("en");
        assertThat(uploaded.getString(0, 4)).isEqualTo("RIFF");
        assertThat(uploaded.length()).isGreaterThan(32_000);
    }

    @Test
    void failsWhereTheServerDoes() {
        status = 500;
        WorkState end = media.end(begin());

        assertThat(end.phase()).isEqualTo(Phase.FAILED);
        assertThat(end.failureKind()).isEqualTo(Kind.UNAVAILABLE.name());
        assertThat(end.failure()).isEqualTo("the transcript could not be written");
    }

    @Test
    void hangsUpWhenTheWorkIsCancelled() {
        hanging.set(true);
        Job job = begin();
        await().until(() -> fields != null);

        media.worksAt(job).cancelWork(new CancelWork(job.id())).await();

        assertThat(media.end(job).phase()).isEqualTo(Phase.CANCELLED);
        await().untilTrue(hungUp);
    }

    private Job begin() {
        Job job = media.openInBackground(Samples.read("tone0.webm"));
        media.worksAt(job).beginTranscript(new BeginTranscript(job.id(), "en")).await();
        return job;
    }
}
