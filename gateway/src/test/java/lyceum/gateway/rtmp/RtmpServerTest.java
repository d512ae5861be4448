package lyceum.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import lyceum.gateway.OnLoop;
import lyceum.gateway.rtmp.RtmpConfig.Admission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Encoders at the door: recorded bytes of ffmpeg 4.4.1, and commands as others might send them. */
class RtmpServerTest {

    private static final int MESSAGE_BYTES = 1 << 20;

    /** A publish of 3 s, from the first byte of the handshake to the end of the connection. */
    private static final Buffer RECORDED = recorded();

    private final Vertx vertx = Vertx.vertx();
    private final List<Publishers.Request> requests = new CopyOnWriteArrayList<>();
    private TestStage stage = new TestStage();
    private PublishRefused refusal;
    private RtmpServer server;
    private NetClient client;

    /** Keeps what is brought. */
    private static final class TestStage implements Stage {
        private final Buffer flv = Buffer.buffer();
        private volatile boolean isFull;
        private volatile boolean isEnded;
        private volatile long heldBytes;
        private volatile Future<Void> delivered = Future.succeededFuture();
        private volatile Runnable room;
        private volatile Consumer<PublishRefused> over;

        @Override
        public synchronized void write(Buffer bytes) {
            flv.appendBuffer(bytes);
        }

        synchronized Buffer flv() {
            return flv.copy();
        }

        @Override
        public boolean isFull() {
            return isFull;
        }

        @Override
        public long heldBytes() {
            return heldBytes;
        }

        @Override
        public void watch(Runnable whenRoom, Consumer<PublishRefused> whenOver) {
            room = whenRoom;
            over = whenOver;
        }

        @Override
        public Future<Void> end() {
            isEnded = true;
            return delivered;
        }
    }

    private static Buffer recorded() {
        try (InputStream file = RtmpServerTest.class.getResourceAsStream("/rtmp/ffmpeg-publish.bin")) {
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        start(new RtmpConfig(
                true,
                0,
                true,
                OptionalInt.empty(),
                Admission.OPEN,
                3,
                4 << 20,
                MESSAGE_BYTES,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1)));
        client = vertx.createNetClient();
    }

    private void start(RtmpConfig config) {
        Publishers publishers = request -> {
            requests.add(request);
            return refusal == null ? Future.succeededFuture(stage) : Future.failedFuture(refusal);
        };
        server = new RtmpServer(vertx, config, publishers, address -> address);
        Promise<Void> started = Promise.promise();
        vertx.runOnContext(turn -> server.listen("127.0.0.1").onComplete(started));
        started.future().await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** What one connection got. */
    private static final class Talk {
        private final NetSocket socket;
        private final Buffer heard = Buffer.buffer();
        private volatile boolean isClosed;

        Talk(Vertx vertx, NetClient client, int port) {
            socket = OnLoop.await(
                    vertx,
                    () -> client.connect(port, "127.0.0.1")
                            .onSuccess(opened -> opened.handler(this::hear).closeHandler(end -> isClosed = true)));
        }

        private synchronized void hear(Buffer bytes) {
            heard.appendBuffer(bytes);
        }

        synchronized String heard() {
            return heard.toString("ISO-8859-1");
        }

        Talk say(Buffer bytes) {
            socket.write(bytes);
            return this;
        }

        void hears(String text) {
            await().untilAsserted(() -> assertThat(heard()).contains(text));
        }

        void isClosed() {
            await().until(() -> isClosed);
        }
    }

    private Talk connect() {
        return new Talk(vertx, client, server.port());
    }

    private static Buffer handshake() {
        return RECORDED.slice(0, 1 + 2 * 1536);
    }

    private static Buffer command(Object... values) {
        ChunkWriter writer = new ChunkWriter();
        writer.chunkSize(100_000);
        return writer.write(3, RtmpMessage.COMMAND, 0, Amf0.write(values));
    }

    private static Buffer connectTo(String app) {
        return command("connect", 1.0, Map.of("app", app, "tcUrl", "rtmp://h/" + app));
    }

    /** Everything behind has chunks of any size. */
    private static Buffer largeChunks() {
        return Buffer.buffer(new byte[] {2, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 1, 0, 0});
    }

    private Talk greeted(String app) {
        Talk talk = connect().say(handshake()).say(largeChunks()).say(connectTo(app));
        talk.hears("NetConnection.Connect");
        return talk;
    }

    private Talk publishing(String key) {
        Talk talk = greeted("live");
        talk.say(command("createStream", 2.0, null)).say(command("publish", 3.0, null, key, "live"));
        talk.hears("NetStream.Publish");
        return talk;
    }

    @Test
    void takesWhatFfmpegPublishesWhateverPiecesItComesIn() {
        Talk talk = connect();
        for (int at = 0; at < RECORDED.length(); at += 701) {
            talk.say(RECORDED.slice(at, Math.min(RECORDED.length(), at + 701)));
        }
        await().until(() -> stage.isEnded);

        assertThat(requests)
                .containsExactly(new Publishers.Request(
                        "cam1", Optional.empty(), "127.0.0.1", "FMLE/3.0 (compatible; Lavf58.76.100)"));
        assertThat(talk.heard())
                .contains("NetConnection.Connect.Success", "NetStream.Publish.Start", "NetStream.Unpublish.Success");
        List<Integer> tags = tagTypes(stage.flv());
        assertThat(tags.get(0)).as("metadata first").isEqualTo(18);
        assertThat(tags)
                .filteredOn(type -> type == 9)
                .as("15 pictures, how to decode them, their end")
                .hasSize(17);
        assertThat(tags).filteredOn(type -> type == 8).hasSizeGreaterThan(60);
    }

    /** @return the types of all tags of a file that is whole */
    private static List<Integer> tagTypes(Buffer flv) {
        assertThat(flv.getString(0, 3)).isEqualTo("FLV");
        List<Integer> types = new ArrayList<>();
        int at = 13;
        while (at < flv.length()) {
            int body = flv.getUnsignedMedium(at + 1);
            types.add((int) flv.getUnsignedByte(at));
            assertThat(flv.getInt(at + 11 + body)).isEqualTo(11 + body);
            at += 15 + body;
        }
        assertThat(at).isEqualTo(flv.length());
        return types;
    }

    @Test
    void findsTokensInKeyAndAddress() {
        publishing("cam1?token=of%20key");
        publishing("cam1");
        Talk talk = greeted("live?token=ofApp");
        talk.say(command("publish", 3.0, null, "cam2", "live")).hears("NetStream.Publish.Start");

        assertThat(requests)
                .extracting(Publishers.Request::token)
                .containsExactly(Optional.of("of key"), Optional.empty(), Optional.of("ofApp"));
        assertThat(requests).extracting(Publishers.Request::name).containsExactly("cam1", "cam1", "cam2");
    }

    @Test
    void tellsWhyNobodyMayPublish() {
        refusal = new PublishRefused(PublishRefused.DENIED, "not you");
        Talk talk = publishing("cam1");

        talk.hears("NetStream.Publish.Denied");
        talk.hears("not you");
        talk.isClosed();
    }

    @Test
    void knowsOneApplicationAndNobodyWhoPlays() {
        Talk other = greeted("vod");
        other.hears("NetConnection.Connect.Rejected");
        other.isClosed();
        Talk player = greeted("live");
        player.say(command("createStream", 2.0, null)).say(command("play", 3.0, null, "cam1"));
        player.hears("NetStream.Play.Failed");
        player.isClosed();
    }

    @Test
    void tellsWhenAPublishIsOver() {
        Talk talk = publishing("cam1");
        stage.over.accept(new PublishRefused(PublishRefused.FAILED, "thrown out"));

        talk.hears("thrown out");
        talk.isClosed();
        assertThat(stage.isEnded).isTrue();
    }

    @Test
    void canPublishAgainOverTheSameConnection() {
        Talk talk = publishing("cam1");
        talk.say(command("deleteStream", 4.0, null, 1.0)).hears("NetStream.Unpublish.Success");
        talk.say(command("publish", 5.0, null, "cam2", "live"));

        await().until(() -> requests.size() == 2);
    }

    private static Buffer sound(int length) {
        return new ChunkWriter().write(4, RtmpMessage.AUDIO, 1, Buffer.buffer(new byte[length]));
    }

    @Test
    void canPublishAgainWhereThereWasNoRoomAtTheEnd() {
        Talk talk = publishing("cam1");
        stage.isFull = true;
        talk.say(sound(10).appendBuffer(command("deleteStream", 4.0, null, 1.0)))
                .hears("NetStream.Unpublish.Success");
        talk.say(command("publish", 5.0, null, "cam2", "live"));

        await().until(() -> requests.size() == 2);
    }

    @Test
    void countsWhatIsStillDeliveredWhenAPublishIsOver() {
        Promise<Void> delivered = Promise.promise();
        stage.delivered = delivered.future();
        stage.heldBytes = 3 << 20;
        Talk talk = publishing("cam1");
        stage = new TestStage();
        stage.heldBytes = 2 << 20;
        talk.say(sound(100).appendBuffer(command("deleteStream", 4.0, null, 1.0)))
                .hears("NetStream.Unpublish.Success");

        talk.say(command("publish", 5.0, null, "cam2", "live"));
        await().until(() -> stage.over != null);
        talk.say(sound(100)).isClosed();

        vertx.runOnContext(turn -> delivered.complete());
        await().until(() -> {
            Talk next = publishing("cam3");
            next.say(sound(100));
            return isOpenAfter(next, "createStream");
        });
    }

    private static boolean isOpenAfter(Talk talk, String name) {
        int heard = talk.heard().length();
        talk.say(command(name, 6.0, null));
        await().until(() -> talk.isClosed || talk.heard().length() > heard);
        return !talk.isClosed;
    }

    @Test
    void namesTheKeyOfAPortThatItCannotHave() throws IOException {
        ServerSSLOptions tls = new ServerSSLOptions()
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath("src/test/resources/tls/first.pem")
                        .setKeyPath("src/test/resources/tls/first.key"));
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            assertThatThrownBy(
                            () -> server.listenWithTls("127.0.0.1", port, tls).await())
                    .hasMessageStartingWith(
                            "cannot listen at 127.0.0.1:%d (LYCEUM_HTTP_HOST, LYCEUM_RTMPS_PORT): ", port);
        }
    }

    @Test
    void goesOnWhereAPublishFailsThatIsOver() {
        Talk talk = publishing("cam1");
        TestStage first = stage;
        stage = new TestStage();
        talk.say(command("deleteStream", 4.0, null, 1.0)).hears("NetStream.Unpublish.Success");
        talk.say(command("publish", 5.0, null, "cam2", "live"));
        await().until(() -> stage.over != null);

        first.over.accept(new PublishRefused(PublishRefused.FAILED, "what came last is lost"));

        talk.say(sound(100));
        await().until(() -> stage.flv().length() > 100);
        assertThat(talk.heard()).doesNotContain("lost");
    }

    @Test
    void waitsWhileThereIsNoRoom() {
        Talk talk = publishing("cam1");
        stage.isFull = true;
        Buffer sound = Buffer.buffer(new byte[60_000]);
        ChunkWriter writer = new ChunkWriter();
        writer.chunkSize(65_536);
        for (int i = 0; i < 500; i++) {
            talk.say(writer.write(4, RtmpMessage.AUDIO, 1, sound));
        }
        await().until(() -> stage.flv().length() > 60_000);
        await().during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(5))
                .until(() -> stage.flv().length() < 1_000_000);

        stage.isFull = false;
        vertx.runOnContext(turn -> stage.room.run());
        await().until(() -> stage.flv().length() > 500 * 60_000);
    }

    @Test
    void endsConnectionsThatSayNothing() {
        connect().isClosed();
        greeted("live").isClosed();
        publishing("cam1").isClosed();
        assertThat(stage.isEnded).isTrue();
    }

    @Test
    void endsConnectionsThatSayTooMuchOrNoSense() {
        connect().say(Buffer.buffer("GET / HTTP/1.1\r\n\r\n")).isClosed();
        Talk early = connect().say(handshake()).say(command("publish", 1.0, null, "cam1"));
        early.isClosed();
        Talk large = greeted("live")
                .say(new ChunkWriter().write(3, RtmpMessage.COMMAND, 0, Buffer.buffer(new byte[70_000])));
        large.isClosed();
        Talk twice = publishing("cam1").say(command("publish", 4.0, null, "cam2"));
        twice.isClosed();
        ChunkWriter writer = new ChunkWriter();
        writer.chunkSize(65_536);
        Talk picture = publishing("cam3");
        picture.say(writer.write(4, RtmpMessage.VIDEO, 1, Buffer.buffer(new byte[MESSAGE_BYTES + 1])));
        picture.isClosed();
        assertThat(requests).hasSize(2);
    }

    @Test
    void endsConnectionsThatDoNotReadAnswers() {
        Talk talk = publishing("cam1");
        talk.socket.pause();
        Buffer questions = Buffer.buffer();
        for (int i = 0; i < 1_000; i++) {
            questions.appendBuffer(command("createStream", 4.0, null));
        }

        await().until(() -> {
            talk.say(questions);
            return stage.isEnded;
        });
    }

    @Test
    void survivesNoise() {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            byte[] noise = RECORDED.getBytes(0, 3073 + random.nextInt(4000));
            for (int i = 0; i < 20; i++) {
                noise[3073 + random.nextInt(noise.length - 3073)] = (byte) random.nextInt();
            }
            Talk talk = connect().say(Buffer.buffer(noise));
            talk.socket.close().await();
        }
        publishing("cam1");
    }

    @Test
    void takesSoManyPublishesAndNoMore() {
        start(patient());
        publishing("one");
        publishing("two");
        Talk third = publishing("three");

        Talk fourth = publishing("four");
        fourth.hears("NetStream.Publish.Failed");
        fourth.isClosed();
        assertThat(third.isClosed).isFalse();
        assertThat(server.publishing()).isEqualTo(3);
        assertThat(server.refused()).isEqualTo(1);

        third.say(command("deleteStream", 4.0, null, 1.0)).hears("NetStream.Unpublish.Success");
        publishing("five").hears("NetStream.Publish.Start");
    }

    /** They have shown no token, and whoever has one needs a place. */
    @Test
    void letsTheOldestGoOfThoseWhoOnlyConnect() {
        start(patient());
        Talk elsewhere = connectFrom("127.0.0.2");
        List<Talk> silent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            silent.add(connect());
        }
        silent.get(0).isClosed();

        publishing("cam1").hears("NetStream.Publish.Start");
        assertThat(silent.get(9).isClosed).isFalse();
        assertThat(elsewhere.isClosed).as("another address").isFalse();
    }

    @Test
    void letsTheOldestOfAllGoWhereTheyComeFromManyAddresses() {
        start(patient());
        List<Talk> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(connectFrom("127.0.1." + (i + 1)));
        }
        silent.get(0).isClosed();

        publishing("cam1").hears("NetStream.Publish.Start");
        assertThat(silent.get(19).isClosed).isFalse();
    }

    private RtmpConfig patient() {
        return new RtmpConfig(
                true,
                0,
                true,
                OptionalInt.empty(),
                Admission.OPEN,
                3,
                4 << 20,
                MESSAGE_BYTES,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5));
    }

    private Talk connectFrom(String address) {
        NetClient from = vertx.createNetClient(new NetClientOptions().setLocalAddress(address));
        return new Talk(vertx, from, server.port());
    }

    @Test
    void doesWithoutAPortThatIsTakenUnlessItWasAskedFor() {
        RtmpConfig usual = new RtmpConfig(
                true,
                server.port(),
                false,
                OptionalInt.empty(),
                Admission.OPEN,
                1,
                1 << 20,
                MESSAGE_BYTES,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        RtmpServer second =
                new RtmpServer(vertx, usual, request -> Future.failedFuture("nobody comes"), address -> address);
        second.listen("127.0.0.2").await();
        assertThat(second.port()).isPositive();
        RtmpServer third =
                new RtmpServer(vertx, usual, request -> Future.failedFuture("nobody comes"), address -> address);
        third.listen("192.0.2.1").await();
        assertThat(third.port()).isZero();
    }
}
