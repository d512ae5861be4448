package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import lyceum.platform.Failure.Kind;
import lyceum.stream.Delivery;
import lyceum.stream.Delivery.Item;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.Read;
import lyceum.stream.StreamService.ReadEntries;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries fetched over HTTP (contract, 2.5), with streams that answer as they are told. */
class DataReadTest {

    private static final List<Item> ITEMS = List.of(new Item("g1", "1-0", 3), new Item("日", "1-5", 4));
    private static final Read SHORT =
            new Read(new Delivery(ITEMS, List.of(Buffer.buffer("e1-"), Buffer.buffer("e2--")), false), null);
    private static final Buffer PIECE = Buffer.buffer("x".repeat(StreamService.PIECE_BYTES));
    private static final int PARTS = 400;
    private static final Read LONG = new Read(
            new Delivery(List.of(new Item("long", "1-0", PARTS * StreamService.PIECE_BYTES)), List.of(PIECE), true),
            StreamFixture.SESSION);

    private StreamFixture fixture;

    @BeforeEach
    void start() {
        start(Map.of());
    }

    private void start(Map<String, String> environment) {
        fixture = new StreamFixture(environment);
        fixture.streams.on(ReadEntries.class, SHORT);
        fixture.pulling
                .on(ClosePull.class, new Done())
                .on(KeepPull.class, new Done())
                .on(ReadPull.class, any -> Future.succeededFuture(next()));
    }

    private PullEvent next() {
        boolean more = fixture.pulling.asked(ReadPull.class).size() < PARTS - 1;
        return new PullEvent(PullSession.Kind.DELIVERED, new Delivery(List.of(), List.of(PIECE), more));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/g1", "/data/g1/", "/api/data/g1?batch=True"})
    void fetchesTheNewestEntryUnlessToldOtherwise(String path) {
        HttpResponse<Buffer> response = fixture.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(response.getHeader("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(response.getHeader("entry-offset")).isEqualTo("[[\"g1\",\"1-0\",0],[\"\\u65E5\",\"1-5\",3]]");
        assertThat(response.bodyAsString()).isEqualTo("e1-e2--");
        assertThat(fixture.streams.asked(ReadEntries.class))
                .containsExactly(new ReadEntries(List.of("g1"), List.of("*"), 1, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "/data/g2+g1?last_entry_id=0+*&count=7,g2 g1,0 *",
        "/data/g2%2Bg1?last_entry_id=0%2B*&count=7,g2 g1,0 *",
        "/data/g1?last_entry_id=1700000000000&count=7,g1,1700000000000",
        "/data/g1?last_entry_id=18446744073709551615-1+$&count=+7,g1,18446744073709551615-1 $",
        "/data/%E6%97%A5?last_entry_id=1&last_entry_id=2-3&count=1&count=7,日,2-3"
    })
    void passesOnWhatIsAskedFor(String path, String names, String positions) {
        fixture.get(path);

        assertThat(fixture.streams.asked(ReadEntries.class))
                .containsExactly(
                        new ReadEntries(List.of(names.split(" ")), List.of(positions.split(" ")), 7, null, null));
    }

    @Test
    void readsAStreamWithASpaceInItsName() {
        fixture.get("/data/a%20b+c?last_entry_id=1%202");

        assertThat(fixture.streams.asked(ReadEntries.class))
                .containsExactly(new ReadEntries(List.of("a b", "c"), List.of("1", "2"), 1, null, null));
    }

    @Test
    void passesOnFormats() {
        fixture.get("/data/g1?input=holo&output=JPG");

        assertThat(fixture.streams.asked(ReadEntries.class))
                .containsExactly(new ReadEntries(List.of("g1"), List.of("*"), 1, "holo", "JPG"));
    }

    @Test
    void answersWithNothingWhereThereIsNothing() {
        fixture.streams.on(ReadEntries.class, new Read(new Delivery(List.of(), List.of(), false), null));

        HttpResponse<Buffer> response = fixture.get("/data/none");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("entry-offset")).isEqualTo("[]");
        assertThat(response.getHeader("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(response.body()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "last_entry_id=- | last_entry_id | '-' is no position to read from | value_error",
                "last_entry_id=bogus | last_entry_id | 'bogus' is no position to read from | value_error",
                "last_entry_id= | last_entry_id | '' is no position to read from | value_error",
                "last_entry_id=18446744073709551616 | last_entry_id | '18446744073709551616' is no position to read from | value_error",
                "last_entry_id=1-18446744073709551616 | last_entry_id | '1-18446744073709551616' is no position to read from | value_error",
                "last_entry_id=1-x | last_entry_id | '1-x' is no position to read from | value_error",
                "count=abc | count | value is not a valid integer | type_error.integer"
            })
    void refusesWhatMeansNothing(String query, String name, String message, String type) {
        HttpResponse<Buffer> response = fixture.get("/data/g1?" + query);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString())
                .isEqualTo("{\"detail\":[{\"loc\":[\"query\",\"%s\"],\"msg\":\"%s\",\"type\":\"%s\"}]}"
                        .formatted(name, message, type));
        assertThat(fixture.streams.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "99999999999"})
    void refusesACountThatIsNone(String count) {
        HttpResponse<Buffer> response = fixture.get("/data/g1?count=" + count);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).startsWith("{\"detail\":[{\"loc\":[\"query\",\"count\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/g1+", "/data/+g1", "/data/XMETA:x"})
    void refusesNamesThatAreNone(String path) {
        HttpResponse<Buffer> response = fixture.get(path);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).startsWith("{\"detail\":[{\"loc\":[\"path\",\"stream_id\"]");
    }

    @Test
    void refusesMoreStreamsThanAHundred() {
        String names =
                String.join("+", IntStream.range(0, 101).mapToObj(i -> "s" + i).toList());

        assertThat(fixture.get("/data/" + names).statusCode()).isEqualTo(422);
        assertThat(fixture.get("/data/a%2Fb").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsWhichEntryCannotBeConverted() {
        fixture.streams.on(ReadEntries.class, any -> StreamFixture.failing(Kind.INVALID, "entry 1-0 of g1: no"));

        HttpResponse<Buffer> converted = fixture.get("/data/g1?output=jpg");
        HttpResponse<Buffer> raw = fixture.get("/data/g1");

        assertThat(converted.statusCode()).isEqualTo(422);
        assertThat(converted.bodyAsString())
                .isEqualTo(StreamFixture.finding(
                        "{'loc':['query','output'],'msg':'entry 1-0 of g1: no','type':'value_error'}"));
        assertThat(raw.bodyAsString())
                .isEqualTo(StreamFixture.finding("{'loc':['query'],'msg':'entry 1-0 of g1: no','type':'value_error'}"));
    }

    @Test
    void tellsThatTheServiceIsBusy() {
        fixture.streams.on(ReadEntries.class, any -> StreamFixture.failing(Kind.BUSY, "too much"));

        HttpResponse<Buffer> response = fixture.get("/data/g1");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.getHeader("entry-offset")).isNull();
    }

    @Test
    void refusesEntriesWhoseOffsetsNoHeaderHasRoomFor() {
        Item item = new Item("main", "1700000000000-0", 100);
        fixture.streams.on(
                ReadEntries.class,
                new Read(new Delivery(Collections.nCopies(3000, item), List.of(PIECE), true), StreamFixture.SESSION));

        HttpResponse<Buffer> response = fixture.get("/data/main?count=3000");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).isEqualTo(StreamFixture.finding("""
                {'loc':['query','count'],\
                'msg':'entry-offset would be longer than 65000 bytes; ask for fewer entries','type':'value_error'}"""));
        Awaitility.await().until(() -> fixture.pulling.asked(ClosePull.class).size() == 1);
    }

    @Test
    void fetchesALongAnswerPartByPart() {
        fixture.streams.on(ReadEntries.class, LONG);

        HttpResponse<Buffer> response = fixture.get("/data/long");

        assertThat(response.body().length()).isEqualTo(PARTS * StreamService.PIECE_BYTES);
        assertThat(response.getHeader("entry-offset")).isEqualTo("[[\"long\",\"1-0\",0]]");
        assertThat(fixture.pulling.asked(ReadPull.class))
                .hasSize(PARTS - 1)
                .containsOnly(new ReadPull(StreamFixture.SESSION.id()));
        assertThat(fixture.pulling.asked(ClosePull.class)).isEmpty();
    }

    @Test
    void breaksTheConnectionWhereTheRestCannotBeHad() {
        fixture.streams.on(ReadEntries.class, LONG);
        fixture.pulling.on(ReadPull.class, any -> StreamFixture.failing(Kind.UNAVAILABLE, "away"));

        Future<HttpResponse<Buffer>> response =
                fixture.request(HttpMethod.GET, "/data/long").send();

        assertThat(response.map(HttpResponse::statusCode).otherwise(-1).await()).isEqualTo(-1);
        Awaitility.await().until(() -> fixture.pulling.asked(ClosePull.class).size() == 1);
    }

    @Test
    void asksForNoMoreThanTheClientTakesAndKeepsTheRest() {
        fixture.streams.on(ReadEntries.class, LONG);
        NetSocket socket = begin();
        socket.pause();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(200))
                .during(Duration.ofMillis(600))
                .until(() -> fixture.pulling.asked(ReadPull.class).size(), asked -> asked < PARTS / 2);

        Awaitility.await().until(() -> !fixture.pulling.asked(KeepPull.class).isEmpty());

        socket.resume();
        Awaitility.await().until(() -> fixture.pulling.asked(ReadPull.class).size() == PARTS - 1);
        assertThat(fixture.pulling.asked(ClosePull.class)).isEmpty();
        // Else the gateway, when it stops, waits for the rest of the answer.
        socket.close().await();
    }

    @Test
    void givesTheRestUpWhenTheClientGoesAway() {
        fixture.streams.on(ReadEntries.class, LONG);
        NetSocket socket = begin();
        socket.pause();
        Awaitility.await().until(() -> !fixture.pulling.asked(ReadPull.class).isEmpty());

        socket.close().await();

        Awaitility.await().until(() -> fixture.pulling.asked(ClosePull.class).size() == 1);
    }

    @Test
    void cutsOffAClientThatDoesNotRead() {
        fixture.close();
        start(Map.of("LYCEUM_STREAM_STALL_LIMIT", "300ms"));
        fixture.streams.on(ReadEntries.class, LONG);

        NetSocket socket = begin();
        CountDownLatch closed = new CountDownLatch(1);
        socket.closeHandler(gone -> closed.countDown()).pause();

        Awaitility.await().until(() -> fixture.pulling.asked(ClosePull.class).size() == 1);
        socket.resume();
        Awaitility.await().until(() -> closed.getCount() == 0);
    }

    @Test
    void cutsOffAClientThatTakesTooLongForTheWhole() {
        fixture.close();
        start(Map.of("LYCEUM_STREAM_TIME_LIMIT", "1s"));
        fixture.streams.on(ReadEntries.class, LONG);

        NetSocket socket = begin();
        socket.pause();
        fixture.gateway.vertx.setPeriodic(50, due -> socket.fetch(1));

        Awaitility.await().until(() -> fixture.pulling.asked(ClosePull.class).size() == 1);
        assertThat(fixture.pulling.asked(ReadPull.class)).hasSizeLessThan(PARTS - 1);
    }

    private NetSocket begin() {
        NetClient client =
                fixture.gateway.vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(64 * 1024));
        NetSocket socket = client.connect(fixture.gateway.port(), "127.0.0.1").await();
        socket.handler(bytes -> {}).exceptionHandler(error -> {});
        socket.write("GET /data/long HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + fixture.token + "\r\n\r\n")
                .await();
        return socket;
    }
}
