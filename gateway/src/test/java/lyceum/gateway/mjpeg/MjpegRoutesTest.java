package lyceum.gateway.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetSocket;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import lyceum.gateway.stream.ScriptedPull;
import lyceum.gateway.stream.StreamFixture;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.Delivery.Item;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.OpenPull;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 42 of the stream contract, with streams that answer as they are told. */
class MjpegRoutesTest {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 428;

    private StreamFixture fixture;
    private ScriptedPull pull;

    @BeforeEach
    void start() {
        start(Map.of("LYCEUM_STREAM_STALL_LIMIT", "1s", "LYCEUM_MJPEG_VIEWERS", "3"));
    }

    private void start(Map<String, String> environment) {
        fixture = new StreamFixture(environment);
        fixture.streams.on(OpenPull.class, StreamFixture.SESSION);
        fixture.pulling.on(ClosePull.class, new Done()).on(KeepPull.class, new Done());
        pull = new ScriptedPull(fixture.pulling);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private MjpegClient watch(String path) {
        return new MjpegClient(fixture.gateway.vertx, fixture.gateway.port(), path, fixture.token);
    }

    /** Several sessions may wait at once, because nothing ever comes. */
    private void isQuiet() {
        fixture.pulling.on(
                ReadPull.class, question -> Promise.<PullEvent>promise().future());
    }

    private List<OpenPull> opened() {
        return fixture.streams.asked(OpenPull.class);
    }

    private static OpenPull live(String stream, String position) {
        return new OpenPull(List.of(stream), List.of(position), true, 16, null, null, 0, null, "jpg");
    }

    @Test
    void beginsWithABlackPicture() throws IOException {
        MjpegClient client = watch("/mjpeg/main").await(1);

        assertThat(client.response().statusCode()).isEqualTo(200);
        assertThat(client.response().getHeader("Content-Type")).isEqualTo("multipart/x-mixed-replace;boundary=frame");
        assertThat(client.response().getHeader("Transfer-Encoding")).isEqualTo("chunked");
        BufferedImage black = picture(client.pictures().get(0));
        assertThat(black.getWidth()).isEqualTo(WIDTH);
        assertThat(black.getHeight()).isEqualTo(HEIGHT);
        assertThat(black.getRGB(WIDTH / 2, HEIGHT / 2) & 0xFFFFFF).isZero();
        assertThat(opened()).containsExactly(live("main", "$"));
    }

    private static BufferedImage picture(Buffer jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg.getBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mjpeg/main", "/mjpeg/main/", "/api/mjpeg/main"})
    void showsEveryEntry(String path) {
        MjpegClient client = watch(path).await(1);

        pull.delivers("main", "one", "two");
        pull.delivers(List.of(new Item("main", "2-0", 6)), List.of(Buffer.buffer("thr")), true);
        pull.delivers(List.of(), List.of(Buffer.buffer("ee3")), false);

        assertThat(client.await(4).texts()).containsExactly("one", "two", "three3");
    }

    @Test
    void asksToStandByWhereNothingComes() throws IOException {
        long begin = System.nanoTime();
        MjpegClient client = watch("/mjpeg/main").await(2);

        assertThat(System.nanoTime() - begin).isBetween(2_900_000_000L, 9_000_000_000L);
        BufferedImage standBy = picture(client.pictures().get(1));
        assertThat(standBy.getWidth()).isEqualTo(WIDTH);
        assertThat(standBy.getHeight()).isEqualTo(HEIGHT);
    }

    @Test
    void showsAllWhoAskTheSameTheSame() {
        MjpegClient first = watch("/mjpeg/main").await(1);
        MjpegClient second = watch("/mjpeg/main?count=5&last_entry_id=%24").await(1);

        pull.delivers("main", "one");

        assertThat(first.await(2).texts()).containsExactly("one");
        assertThat(second.await(2).texts()).containsExactly("one");
        assertThat(opened()).hasSize(1);
        first.close();
        pull.delivers("main", "two");
        assertThat(second.await(3).texts()).containsExactly("one", "two");
        assertThat(fixture.pulling.asked(ClosePull.class)).isEmpty();
        second.close();
        await().untilAsserted(() ->
                assertThat(fixture.pulling.asked(ClosePull.class)).containsExactly(new ClosePull("session")));
    }

    @Test
    void beginsAnewWhenAllHaveLeft() {
        isQuiet();
        watch("/mjpeg/main").await(1).close();
        await().until(() -> !fixture.pulling.asked(ClosePull.class).isEmpty());

        watch("/mjpeg/main").await(1);

        assertThat(opened()).hasSize(2);
    }

    @Test
    void showsWhoComesLaterTheNewestWhereThatIsWanted() {
        MjpegClient first = watch("/mjpeg/main?last_entry_id=*").await(1);
        pull.delivers("main", "old", "new");
        first.await(3);

        MjpegClient second = watch("/mjpeg/main?last_entry_id=*").await(2);

        assertThat(second.texts()).containsExactly("new");
        assertThat(opened()).containsExactly(live("main", "*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/mjpeg/main+gll?last_entry_id=%24%2B*                 | main,gll | $,* | true  | 16 |      |",
                "/mjpeg/main?time_sync_id=0&input=png                  | main     | $   | true  | 16 | 0    | png",
                "/mjpeg/main?last_entry_id=0&count=10                  | main     | 0   | false | 10 |      |",
                "/mjpeg/main+gll+main?last_entry_id=5-1&time_sync_id=gll | main,gll | 5-1,5-1 | false | 1 | gll |"
            })
    void asksForWhatTheRequestSays(
            String path, String streams, String positions, boolean latest, int count, String keeper, String input) {
        watch(path).await(1);

        assertThat(opened())
                .containsExactly(new OpenPull(
                        List.of(streams.split(",")),
                        List.of(positions.split(",")),
                        latest,
                        count,
                        keeper,
                        null,
                        0,
                        input,
                        "jpg"));
    }

    @Test
    void takesEntriesForJpegWhereTheirNameDoesNotTell() {
        fixture.streams.on(
                OpenPull.class,
                order -> order.input() == null
                        ? StreamFixture.failing(Kind.INVALID, "input is needed")
                        : Future.succeededFuture(StreamFixture.SESSION));

        MjpegClient client = watch("/mjpeg/cam").await(1);
        pull.delivers("cam", "one");

        assertThat(client.await(2).texts()).containsExactly("one");
        assertThat(opened()).extracting(OpenPull::input).containsExactly(null, "jpg");
    }

    @Test
    void showsAllThatIsBehindAnIdAtThePaceOfTheViewer() {
        fixture.close();
        start(Map.of());
        MjpegClient client = watch("/mjpeg/main?last_entry_id=0").await(1);
        client.response().pause();
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 40; i++) {
            pull.delivers("main", large);
        }

        await().during(Duration.ofMillis(500)).until(() -> pull.reads() < 30);
        client.response().resume();

        assertThat(client.await(41).pictures()).hasSize(41);
        assertThat(skipped()).isZero();
    }

    @Test
    void leavesOutPicturesOfAViewerWhoIsBehindAndSlowsNobody() {
        fixture.close();
        start(Map.of());
        MjpegClient slow = watch("/mjpeg/main").await(1);
        MjpegClient fast = watch("/mjpeg/main").await(1);
        slow.response().pause();
        String[] large = Collections.nCopies(8, "x".repeat(1 << 20)).toArray(String[]::new);
        for (int i = 1; i <= 4; i++) {
            pull.delivers("main", large);
            fast.await(8 * i + 1);
        }
        pull.delivers("main", "last");
        fast.await(34);

        slow.response().resume();

        await().until(() -> last(slow).toString().equals("last"));
        assertThat(slow.pictures()).hasSizeLessThan(30);
        assertThat(skipped()).isPositive();
    }

    private static Buffer last(MjpegClient client) {
        return client.pictures().get(client.pictures().size() - 1);
    }

    private double skipped() {
        return fixture.gateway
                .meters
                .get("lyceum.gateway.mjpeg.skipped")
                .counter()
                .count();
    }

    private double viewers() {
        return fixture.gateway
                .meters
                .get("lyceum.gateway.mjpeg.viewers")
                .gauge()
                .value();
    }

    @Test
    void leavesAViewerWhoTakesNothing() {
        NetSocket socket = fixture.gateway
                .vertx
                .createNetClient()
                .connect(fixture.gateway.port(), "127.0.0.1")
                .await();
        socket.pause();
        socket.write("GET /mjpeg/main?token=%s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(fixture.token))
                .await();
        await().until(() -> viewers() == 1);
        String[] large = Collections.nCopies(16, "x".repeat(1 << 20)).toArray(String[]::new);
        pull.delivers("main", large);
        pull.delivers("main", large);

        await().until(() -> viewers() == 0);

        assertThat(fixture.pulling.asked(ClosePull.class)).hasSize(1);
        socket.resume().close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mjpeg/main", "/mjpeg/main?last_entry_id=0"})
    void goesOnBehindTheLastPictureWhereAnInstanceStops(String path) {
        MjpegClient client = watch(path).await(1);
        pull.delivers("main", "one", "two");
        client.await(3);
        pull.happens(PullSession.Kind.STOPPED);
        await().until(() -> opened().size() == 2);
        pull.delivers("main", "three");

        assertThat(client.await(4).texts()).containsExactly("one", "two", "three");
        assertThat(opened().get(1).positions()).containsExactly("1-1");
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND", "UNAVAILABLE"})
    void opensAnewWhereASessionIsLost(Kind kind) {
        MjpegClient client = watch("/mjpeg/main").await(1);
        fixture.pulling.on(KeepPull.class, gone -> StreamFixture.failing(Kind.NOT_FOUND, "no such session"));
        fixture.streams.on(OpenPull.class, away -> StreamFixture.failing(Kind.UNAVAILABLE, "nobody is there"));
        pull.happens(StreamFixture.failing(kind, "away"));
        await().until(() -> opened().size() >= 3);
        fixture.streams.on(OpenPull.class, StreamFixture.SESSION);
        pull.delivers("main", "one");

        assertThat(client.await(2).texts()).containsExactly("one");
    }

    @Test
    void asksTheSameSessionAgainWhereItIsBusy() {
        MjpegClient client = watch("/mjpeg/main").await(1);
        pull.happens(StreamFixture.failing(Kind.BUSY, "too many bytes"));
        pull.delivers("main", "one");

        assertThat(client.await(2).texts()).containsExactly("one");
        assertThat(opened()).hasSize(1);
    }

    @Test
    void hasNoMoreViewersThanItMay() {
        isQuiet();
        MjpegClient first = watch("/mjpeg/main").await(1);
        watch("/mjpeg/gll").await(1);
        watch("/mjpeg/gll?last_entry_id=0").await(1);

        assertThat(fixture.get("/mjpeg/main").statusCode()).isEqualTo(503);
        assertThat(fixture.get("/mjpeg/main").bodyAsString())
                .isEqualTo("{\"detail\":\"too many watch, please try again\"}");

        first.close();
        await().until(() -> fixture.gateway
                        .meters
                        .get("lyceum.gateway.mjpeg.viewers")
                        .gauge()
                        .value()
                == 2);
        assertThat(watch("/mjpeg/main").await(1).response().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, 503", "BUSY, 503", "INVALID, 422"})
    void tellsWhyItDoesNotBegin(Kind kind, int status) {
        fixture.streams.on(OpenPull.class, order -> StreamFixture.failing(kind, "no time-keeping stream"));

        for (int i = 0; i < 5; i++) {
            assertThat(fixture.get("/mjpeg/main").statusCode()).isEqualTo(status);
            assertThat(fixture.get("/mjpeg/main?last_entry_id=0").statusCode()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/mjpeg/main?last_entry_id=-, last_entry_id",
        "/mjpeg/main?last_entry_id=0%2Bx, last_entry_id",
        "/mjpeg/main?last_entry_id=18446744073709551616, last_entry_id",
        "/mjpeg/main?count=0, count",
        "/mjpeg/main?count=x, count"
    })
    void refusesWhatMakesNoSense(String path, String parameter) {
        assertThat(fixture.get(path).statusCode()).isEqualTo(422);
        assertThat(fixture.get(path).bodyAsString()).contains("[\"query\",\"%s\"]".formatted(parameter));
        assertThat(opened()).isEmpty();
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThat(fixture.get("/mjpeg/XMETA:main").statusCode()).isEqualTo(422);
        assertThat(fixture.get("/mjpeg/" + String.join("+", Collections.nCopies(101, "x")))
                        .statusCode())
                .isEqualTo(422);
        assertThat(fixture.get("/mjpeg/a%2Fb").statusCode()).isEqualTo(404);
    }

    @Test
    void isForEverybodyOnlyWhereItShallBe() {
        assertThat(fixture.gateway.get("/mjpeg/main").send().await().statusCode())
                .isEqualTo(401);
        assertThat(fixture.request(HttpMethod.HEAD, "/mjpeg/main")
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(405);
        assertThat(new MjpegClient(
                                fixture.gateway.vertx,
                                fixture.gateway.port(),
                                "/mjpeg/main?token=" + fixture.token,
                                "wrong")
                        .response()
                        .statusCode())
                .isEqualTo(200);

        fixture.close();
        start(Map.of("LYCEUM_STREAM_OPEN_MEDIA", "true"));
        assertThat(new MjpegClient(fixture.gateway.vertx, fixture.gateway.port(), "/mjpeg/main", "wrong")
                        .response()
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void leavesEverybodyWhenItStops() {
        isQuiet();
        MjpegClient live = watch("/mjpeg/main").await(1);
        MjpegClient alone = watch("/mjpeg/main?last_entry_id=0").await(1);
        long begin = System.nanoTime();

        fixture.gateway.undeploy().await();

        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
        await().until(() -> live.isOver() && alone.isOver());
    }

    @Test
    void endsWhereNothingCanEverCome() {
        MjpegClient client = watch("/mjpeg/main").await(1);
        fixture.streams.on(OpenPull.class, order -> Future.failedFuture(Failure.invalid("no such thing")));

        pull.happens(PullSession.Kind.STOPPED);

        await().until(client::isOver);
    }
}
