package lyceum.gateway.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AppendPieces;
import lyceum.elicast.ElicastService.DiscardDraft;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.Draft;
import lyceum.elicast.ElicastService.OpenDraft;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large bodies on their way: too large ones, slow services, clients that go away. */
class UploadTest {

    private static final int LIMIT_BYTES = 104_857_600;
    private static final int WINDOW_PIECES = 4;
    private static final Buffer MEGABYTE = Buffer.buffer("A".repeat(1 << 20));

    private TestGateway gateway;
    private Scripted<ElicastService> elicast;
    private Scripted<MediaService> media;
    private NetClient client;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        elicast = new Scripted<>(gateway.vertx, ElicastService.class)
                .on(OpenDraft.class, new Draft(5))
                .on(AppendPieces.class, new Done())
                .on(DiscardDraft.class, new Done());
        media = new Scripted<>(gateway.vertx, MediaService.class, "here")
                .on(OpenJob.class, new Job("job", "here"))
                .on(Append.class, new MediaService.Done())
                .on(CloseJob.class, new MediaService.Done());
        client = gateway.vertx.createNetClient();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /elicast", "POST /code/run"})
    void refusesABodyOfTheLimitBeforeItsEnd(String operation) {
        NetSocket socket = begin(operation, 2L * LIMIT_BYTES);
        Promise<String> answer = Promise.promise();
        socket.handler(bytes -> answer.tryComplete(bytes.toString()));

        send(socket, LIMIT_BYTES / MEGABYTE.length());

        assertThat(answer.future().await())
                .startsWith("HTTP/1.1 413 ")
                .containsPattern("\r\n\r\nMaximum request body size 104857600 exceeded, actual body size 104857\\d{3}");
    }

    @Test
    void hangsUpOnAClientThatGoesOnForEver() {
        NetSocket socket = begin("PUT /elicast", 100L * LIMIT_BYTES);
        Promise<Void> closed = Promise.promise();
        socket.closeHandler(closed::tryComplete).exceptionHandler(error -> {});

        sendLater(socket, 4 * LIMIT_BYTES / MEGABYTE.length());

        closed.future().await();
    }

    @Test
    void takesABodyOfOneByteLess() {
        NetSocket socket = begin("PUT /elicast", LIMIT_BYTES - 1);
        Promise<String> answer = Promise.promise();
        socket.handler(bytes -> answer.tryComplete(bytes.toString()));

        send(socket, LIMIT_BYTES / MEGABYTE.length() - 1);
        socket.write(MEGABYTE.getBuffer(1, MEGABYTE.length())).await();

        assertThat(answer.future().await()).startsWith("HTTP/1.1 400 ").endsWith("400: Bad Request");
    }

    @Test
    void pausesAnUploadThatTheServiceDoesNotTake() {
        List<Promise<Done>> held = new CopyOnWriteArrayList<>();
        elicast.on(AppendPieces.class, any -> hold(held));
        NetSocket socket = begin("PUT /elicast", LIMIT_BYTES - 1);
        Future<Void> sent = beginVoice(socket, 60);

        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> held.size() == WINDOW_PIECES && !sent.isComplete());

        elicast.on(AppendPieces.class, new Done());
        held.forEach(answer -> answer.complete(new Done()));
        sent.await();
        Awaitility.await().until(() -> elicast.asked(AppendPieces.class).size() > 100);
    }

    @Test
    void pausesSoundThatMediaServiceDoesNotTake() {
        List<Promise<MediaService.Done>> held = new CopyOnWriteArrayList<>();
        media.on(Append.class, any -> hold(held));
        NetSocket socket = begin("POST /audio/split", LIMIT_BYTES - 1);
        socket.write("audio_blobs=[\"data:audio/webm;base64,");
        Future<Void> sent = sendLater(socket, 60);

        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> held.size() == MediaService.WINDOW_PIECES && !sent.isComplete());

        media.on(Append.class, new MediaService.Done());
        held.forEach(answer -> answer.complete(new MediaService.Done()));
        sent.await();
    }

    @Test
    void doesNotWaitForAPausedUploadWhenItStops() {
        List<Promise<Done>> held = new CopyOnWriteArrayList<>();
        try (TestGateway hasty = new TestGateway(Map.of("LYCEUM_DRAIN_LIMIT", "50ms"))) {
            new Scripted<>(hasty.vertx, ElicastService.class)
                    .on(OpenDraft.class, new Draft(5))
                    .on(AppendPieces.class, any -> hold(held))
                    .on(DiscardDraft.class, new Done());
            beginVoice(begin(hasty, "PUT /elicast", LIMIT_BYTES - 1), 60);
            Awaitility.await().until(() -> held.size() == WINDOW_PIECES);

            hasty.undeploy().await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the gateway waits for an upload that nobody takes", e);
        }
    }

    @Test
    void givesTheDraftUpWhenTheClientGoesAway() {
        NetSocket socket = begin("PUT /elicast", LIMIT_BYTES - 1);
        beginVoice(socket, 2).await();
        Awaitility.await().until(() -> !elicast.asked(AppendPieces.class).isEmpty());

        socket.close().await();

        Awaitility.await().until(() -> elicast.asked(DiscardDraft.class).equals(List.of(new DiscardDraft(5))));
    }

    @Test
    void givesTheDraftUpWhenTheClientOfAPausedUploadGoesAway() {
        List<Promise<Done>> held = new CopyOnWriteArrayList<>();
        elicast.on(AppendPieces.class, any -> hold(held));
        NetSocket socket = begin("PUT /elicast", LIMIT_BYTES - 1);
        beginVoice(socket, 2);
        Awaitility.await().until(() -> held.size() == WINDOW_PIECES);

        socket.close().await();
        elicast.on(AppendPieces.class, new Done());
        held.forEach(answer -> answer.complete(new Done()));

        Awaitility.await().until(() -> elicast.asked(DiscardDraft.class).equals(List.of(new DiscardDraft(5))));
    }

    @Test
    void givesAnUploadUpThatTheServiceNeverTakes() {
        List<Promise<Done>> held = new CopyOnWriteArrayList<>();
        try (TestGateway hasty = new TestGateway(Map.of("LYCEUM_REPLY_TIMEOUT", "300ms"))) {
            Scripted<ElicastService> deaf = new Scripted<>(hasty.vertx, ElicastService.class)
                    .on(OpenDraft.class, new Draft(5))
                    .on(AppendPieces.class, any -> hold(held))
                    .on(DiscardDraft.class, new Done());
            NetSocket socket = begin(hasty, "PUT /elicast", LIMIT_BYTES - 1);
            beginVoice(socket, 2);
            Awaitility.await().until(() -> held.size() == WINDOW_PIECES);

            socket.close().await();

            Awaitility.await().until(() -> deaf.asked(DiscardDraft.class).equals(List.of(new DiscardDraft(5))));
        }
    }

    @Test
    void closesTheJobWhenTheClientGoesAway() {
        NetSocket socket = begin("POST /audio/split", LIMIT_BYTES - 1);
        socket.write("audio_blobs=[\"data:audio/webm;base64,").await();
        send(socket, 2);
        Awaitility.await().until(() -> !media.asked(Append.class).isEmpty());

        socket.close().await();

        Awaitility.await().until(() -> media.asked(CloseJob.class).equals(List.of(new CloseJob("job"))));
    }

    private static <T extends Record> Future<T> hold(List<Promise<T>> held) {
        Promise<T> answer = Promise.promise();
        held.add(answer);
        return answer.future();
    }

    private NetSocket begin(String operation, long lengthBytes) {
        return begin(gateway, operation, lengthBytes);
    }

    private NetSocket begin(TestGateway to, String operation, long lengthBytes) {
        NetSocket socket = client.connect(to.port(), "127.0.0.1").await();
        socket.write(
                        "%s HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n"
                                .formatted(operation, lengthBytes))
                .await();
        return socket;
    }

    private Future<Void> beginVoice(NetSocket socket, int megabytes) {
        socket.write("title=a&ots=[]&voice_blobs=[\"data:audio/webm;base64,");
        return sendLater(socket, megabytes);
    }

    private static void send(NetSocket socket, int megabytes) {
        sendLater(socket, megabytes).await();
    }

    /** @return done when the kernel has taken the last one */
    private static Future<Void> sendLater(NetSocket socket, int megabytes) {
        Future<Void> sent = Future.succeededFuture();
        for (int i = 0; i < megabytes; i++) {
            sent = sent.compose(before -> socket.write(MEGABYTE));
        }
        return sent;
    }
}
