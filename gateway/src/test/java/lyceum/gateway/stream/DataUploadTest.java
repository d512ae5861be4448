package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PushSession.ClosePush;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Append;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.NewEntry;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.Stored;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries uploaded over HTTP (contract, 2.5), with streams that answer as they are told. */
class DataUploadTest {

    private static final Stored NOTHING = new Stored(List.of(), List.of());
    private static final String LONG = "x".repeat(StreamService.PIECE_BYTES);

    private StreamFixture fixture;

    @BeforeEach
    void start() {
        start(Map.of());
    }

    private void start(Map<String, String> environment) {
        fixture = new StreamFixture(environment);
        fixture.streams
                .on(
                        Append.class,
                        order -> Future.succeededFuture(stored(order.entries().size())))
                .on(OpenPush.class, StreamFixture.SESSION);
        fixture.pushing
                .on(PushFrame.class, frame -> Future.succeededFuture(frame.more() ? NOTHING : stored(entriesOf(frame))))
                .on(ClosePush.class, new Done());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static Stored stored(int entries) {
        return new Stored(IntStream.range(0, entries).mapToObj(i -> i + "-0").toList(), List.of());
    }

    /** @return how many entries the message has that a frame ends */
    private int entriesOf(PushFrame last) {
        List<PushFrame> frames = fixture.pushing.asked(PushFrame.class);
        int entries = last.entries().size();
        for (int i = (int) last.number() - 1; i >= 0 && frames.get(i).more(); i--) {
            entries += frames.get(i).entries().size();
        }
        return entries;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/h1", "/data/h1/", "/api/data/h1"})
    void appendsEachPart(String path) {
        HttpResponse<Buffer> response = upload(path, file("entries", "a.bin", "hello"), file("entries", "", ""));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString()).isEqualTo("[\"0-0\",\"1-0\"]");
        assertThat(appended()).containsExactly(entry("h1", "hello"), entry("h1", ""));
        assertThat(fixture.streams.asked(OpenPush.class)).isEmpty();
    }

    @Test
    void appendsToTheStreamsThatFileNamesName() {
        HttpResponse<Buffer> response = upload(
                "/data/*",
                file("entries", "s1", "A"),
                file("entries", "日", "B"),
                "Content-Disposition: form-data; name=\"entries\"; filename*=utf-8''%C3%A9\r\n\r\nC",
                file("depthlt", "depthlt", "D"));

        assertThat(response.bodyAsString()).isEqualTo("[\"0-0\",\"1-0\",\"2-0\",\"3-0\"]");
        assertThat(appended())
                .containsExactly(entry("s1", "A"), entry("日", "B"), entry("é", "C"), entry("depthlt", "D"));
    }

    @Test
    void appendsPartsThatAreCalledAsTheStream() {
        upload("/data/main", file("main", "main", "A"), file("other", "other", "-"), file("entries", "x", "B"));
        upload("/data/main+gll", file("gll", "gll", "C"), file("main", "main", "D"), file("hand", "hand", "-"));

        assertThat(appended())
                .containsExactly(entry("main", "A"), entry("main", "B"), entry("gll", "C"), entry("main", "D"));
    }

    @Test
    void appendsTheNextPartToTheNextStreamOfThePath() {
        upload("/data/main+gll", file("entries", "x", "A"), file("entries", "y", "B"));

        assertThat(appended()).containsExactly(entry("main", "A"), entry("gll", "B"));
    }

    @Test
    void refusesMorePartsThanStreamsOfThePath() {
        HttpResponse<Buffer> response = upload(
                "/data/main+gll", file("entries", "x", "A"), file("entries", "y", "B"), file("entries", "z", "C"));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).isEqualTo(StreamFixture.finding("""
                {'loc':['body','entries',2],'msg':'there are more entries than streams in the path',\
                'type':'value_error'}"""));
        assertThat(fixture.streams.asked()).isEmpty();
    }

    @Test
    void refusesAFormWithoutEntries() {
        String missing =
                StreamFixture.finding("{'loc':['body','entries'],'msg':'field required','type':'value_error.missing'}");

        assertThat(upload("/data/h1", file("file", "a", "x")).bodyAsString()).isEqualTo(missing);
        assertThat(upload("/data/h1").bodyAsString()).isEqualTo(missing);
        assertThat(send("/data/h1", "application/octet-stream", "raw").bodyAsString())
                .isEqualTo(missing);
        assertThat(send("/data/h1", "application/octet-stream", "raw").statusCode())
                .isEqualTo(422);
        assertThat(send("/data/h1", "multipart/form-data", "raw").bodyAsString())
                .isEqualTo(missing);
        assertThat(send("/data/h1", "application/json", "").bodyAsString()).isEqualTo(missing);
        assertThat(fixture.streams.asked()).isEmpty();
    }

    @Test
    void refusesEntriesThatAreNoFilesAndTellsOfAll() {
        HttpResponse<Buffer> one = upload("/data/h1", text("entries", "abc"));
        HttpResponse<Buffer> two =
                upload("/data/h1", text("entries", "abc"), file("entries", "a", "x"), text("entries", "abc"));
        HttpResponse<Buffer> urlencoded = send("/data/h1", "application/x-www-form-urlencoded", "entries=abc");

        String finding = """
                {"loc":["body","entries",%d],"msg":"Expected UploadFile, received: <class 'str'>","type":"value_error"}""";
        assertThat(one.statusCode()).isEqualTo(422);
        assertThat(one.bodyAsString()).isEqualTo("{\"detail\":[" + finding.formatted(0) + "]}");
        assertThat(two.bodyAsString())
                .isEqualTo("{\"detail\":[" + finding.formatted(0) + "," + finding.formatted(2) + "]}");
        assertThat(urlencoded.bodyAsString()).isEqualTo(one.bodyAsString());
        assertThat(fixture.streams.asked()).isEmpty();
    }

    @Test
    void refusesFileNamesThatNameNoStream() {
        HttpResponse<Buffer> response = upload(
                "/data/*", file("entries", "ok", "A"), file("entries", "", "B"), file("entries", "XMETA:x", "C"));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsJsonObject().getJsonArray("detail"))
                .extracting(each -> ((JsonObject) each).getJsonArray("loc").encode())
                .containsExactly("[\"body\",\"entries\",1]", "[\"body\",\"entries\",2]");
        assertThat(fixture.streams.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',false",
        "?parse_meta=true,true",
        "?parse_meta=1,true",
        "?parse_meta=False,false",
        "?parse_meta=,false"
    })
    void takesIdsFromFramesWhereThatIsWanted(String query, boolean idsFromFrames) {
        upload("/data/h1" + query, file("entries", "a", "x"));

        assertThat(fixture.streams.asked(Append.class))
                .containsExactly(new Append(List.of(entry("h1", "x")), idsFromFrames));
    }

    @Test
    void refusesWhatIsNoTruthValue() {
        HttpResponse<Buffer> response = upload("/data/h1?parse_meta=perhaps", file("entries", "a", "x"));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).startsWith("{\"detail\":[{\"loc\":[\"query\",\"parse_meta\"]");
        assertThat(fixture.streams.asked()).isEmpty();
    }

    @Test
    void tellsWhichEntriesAreStoredWhereSomeAreRefused() {
        fixture.streams.on(
                Append.class,
                new Stored(
                        List.of("5-0", "", "6-0", ""),
                        List.of(new StreamService.Refusal(1, "too old"), new StreamService.Refusal(3, "older"))));

        HttpResponse<Buffer> response = upload(
                "/data/h1?parse_meta=true",
                file("entries", "a", "1"),
                file("entries", "a", "2"),
                file("entries", "a", "3"),
                file("entries", "a", "4"));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).isEqualTo(StreamFixture.finding("""
                {'loc':['body','entries',1],'msg':'too old','type':'value_error'},\
                {'loc':['body','entries',3],'msg':'older','type':'value_error'},\
                {'loc':['body','entries'],'msg':'2 of the first 4 entries are stored','type':'value_error.stored',\
                'ctx':{'ids':['5-0',null,'6-0',null]}}"""));
    }

    @Test
    void tellsWhyNothingIsStored() {
        fixture.streams.on(Append.class, any -> StreamFixture.failing(Kind.INVALID, "no frame"));
        HttpResponse<Buffer> invalid = upload("/data/h1", file("entries", "a", "1"));
        fixture.streams.on(Append.class, any -> StreamFixture.failing(Kind.BUSY, "too much"));
        HttpResponse<Buffer> busy = upload("/data/h1", file("entries", "a", "1"));

        assertThat(invalid.statusCode()).isEqualTo(422);
        assertThat(invalid.bodyAsString())
                .isEqualTo(StreamFixture.finding("{'loc':['body','entries'],'msg':'no frame','type':'value_error'}"));
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.getHeader("Retry-After")).isEqualTo("1");
        assertThat(busy.bodyAsString()).isEqualTo("{\"detail\":\"too much\"}");
    }

    @Test
    void refusesAFormThatEndsTooEarly() {
        String body = "--BB\r\n" + file("entries", "a", "hello") + "\r\n--B";

        HttpResponse<Buffer> response = send("/data/h1", "multipart/form-data; boundary=BB", body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString())
                .isEqualTo(StreamFixture.finding(
                        "{'loc':['body'],'msg':'the form ends before its last boundary','type':'value_error'}"));
        assertThat(fixture.streams.asked()).isEmpty();
    }

    @Test
    void refusesAnEntryAboveTheLimit() {
        fixture.close();
        start(Map.of("LYCEUM_STREAM_MESSAGE_LIMIT", "1KiB", "LYCEUM_STREAM_UPLOAD_LIMIT", "4KiB"));
        String limit = "y".repeat(1024);

        HttpResponse<Buffer> taken = upload("/data/h1", file("entries", "a", limit));
        HttpResponse<Buffer> tooLong = upload("/data/h1", file("entries", "a", limit + "y"));
        HttpResponse<Buffer> altogether = upload(
                "/data/h1",
                Stream.generate(() -> file("entries", "a", limit)).limit(4).toArray(String[]::new));

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(tooLong.bodyAsString())
                .isEqualTo("{\"detail\":\"an entry has at most 1024 bytes, an upload 4096\"}");
        assertThat(altogether.statusCode()).isEqualTo(413);
        assertThat(appended()).hasSize(1);
    }

    @Test
    void refusesMoreEntriesThanAnAnswerNames() {
        String[] parts = Stream.generate(() -> file("entries", "", ""))
                .limit(EntryForm.MOST_ENTRIES + 1)
                .toArray(String[]::new);

        HttpResponse<Buffer> response = upload("/data/h1", parts);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.bodyAsString()).startsWith("{\"detail\":\"an upload has at most 10000 entries");
    }

    @Test
    void pushesALongUploadAsOneMessage() {
        HttpResponse<Buffer> response = upload(
                "/data/h1?parse_meta=true",
                file("entries", "a", "short"),
                file("entries", "b", LONG + LONG),
                file("entries", "c", "tail"));

        assertThat(response.bodyAsString()).isEqualTo("[\"0-0\",\"1-0\",\"2-0\"]");
        assertThat(fixture.streams.asked(Append.class)).isEmpty();
        assertThat(fixture.streams.asked(OpenPush.class)).containsExactly(new OpenPush(true));
        List<PushFrame> frames = fixture.pushing.asked(PushFrame.class);
        assertThat(frames).extracting(PushFrame::number).containsExactly(0L, 1L, 2L, 3L);
        assertThat(frames).extracting(PushFrame::more).containsExactly(true, true, true, false);
        assertThat(frames).allMatch(frame -> frame.id().equals(StreamFixture.SESSION.id()));
        assertThat(joined(frames)).isEqualTo(Buffer.buffer("short" + LONG + LONG + "tail"));
        Awaitility.await().until(() -> fixture.pushing.asked(ClosePush.class).size() == 1);
    }

    @Test
    void pushesAnUploadOfUnknownLengthInAsManyMessagesAsItTakes() {
        HttpResponse<Buffer> response = uploadInChunks(
                "/data/h1",
                file("entries", "a", "short"),
                file("entries", "b", LONG + LONG),
                file("entries", "c", LONG + LONG));

        assertThat(response.bodyAsString()).isEqualTo("[\"0-0\",\"0-0\",\"0-0\"]");
        List<PushFrame> frames = fixture.pushing.asked(PushFrame.class);
        assertThat(joined(frames)).isEqualTo(Buffer.buffer("short" + LONG + LONG + LONG + LONG));
        assertThat(frames.stream().filter(frame -> !frame.more())).hasSize(3);
    }

    @Test
    void tellsWhatIsStoredOfAnUploadThatFailsLater() {
        uploadFailingAtTheSecondMessage(Kind.INVALID, "no frame", response -> {
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(response.bodyAsString()).isEqualTo(StreamFixture.finding("""
                    {'loc':['body','entries'],'msg':'no frame','type':'value_error'},\
                    {'loc':['body','entries'],'msg':'1 of the first 1 entries are stored',\
                    'type':'value_error.stored','ctx':{'ids':['0-0']}}"""));
        });
        uploadFailingAtTheSecondMessage(Kind.UNAVAILABLE, "away", response -> {
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"away; the first 1 entries are stored\"}");
        });
    }

    private void uploadFailingAtTheSecondMessage(Kind kind, String text, Consumer<HttpResponse<Buffer>> check) {
        List<PushFrame> whole = new CopyOnWriteArrayList<>();
        fixture.pushing.on(PushFrame.class, frame -> {
            if (frame.more()) {
                return Future.succeededFuture(NOTHING);
            }
            whole.add(frame);
            return whole.size() == 1 ? Future.succeededFuture(stored(1)) : StreamFixture.failing(kind, text);
        });

        check.accept(uploadInChunks("/data/h1", file("entries", "b", LONG + LONG), file("entries", "c", LONG + LONG)));
    }

    @Test
    void answersAtOnceWhereNothingMoreCanBeStored() {
        fixture.pushing.on(PushFrame.class, frame -> StreamFixture.failing(Kind.BUSY, "too much"));
        NetSocket socket = begin(64L << 20);
        Promise<String> answer = Promise.promise();
        socket.handler(bytes -> answer.tryComplete(bytes.toString()));

        sendEntry(socket, 2).await();

        assertThat(answer.future().await()).startsWith("HTTP/1.1 503 ").endsWith("{\"detail\":\"too much\"}");
    }

    @Test
    void tellsWhatIsStoredWhereALaterPartIsWrong() {
        HttpResponse<Buffer> response = uploadInChunks(
                "/data/h1", file("entries", "a", LONG + LONG), file("entries", "b", LONG + LONG), text("entries", "x"));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsJsonObject().getJsonArray("detail"))
                .extracting(each -> ((JsonObject) each).getString("type"))
                .containsExactly("value_error", "value_error.stored");
    }

    @Test
    void storesNothingOfOneMessageWhereALaterPartIsWrong() {
        HttpResponse<Buffer> response = upload(
                "/data/h1", file("entries", "a", LONG + LONG), file("entries", "b", LONG + LONG), text("entries", "x"));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsJsonObject().getJsonArray("detail")).hasSize(1);
        assertThat(fixture.pushing.asked(PushFrame.class)).isNotEmpty().allMatch(PushFrame::more);
        Awaitility.await().until(() -> fixture.pushing.asked(ClosePush.class).size() == 1);
    }

    @Test
    void pausesTheClientWhileAFrameIsOnItsWay() {
        List<Promise<Stored>> held = new CopyOnWriteArrayList<>();
        fixture.pushing.on(PushFrame.class, frame -> hold(held));
        NetSocket socket = begin(64L << 20);
        Future<Void> sent = sendEntry(socket, 32);
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> held.size() == 1 && !sent.isComplete());

        fixture.pushing.on(PushFrame.class, frame -> Future.succeededFuture(NOTHING));
        held.get(0).complete(NOTHING);

        Awaitility.await().until(() -> fixture.pushing.asked(PushFrame.class).size() > 10);
        // Else the gateway, when it stops, waits for the rest of the upload.
        socket.close().await();
    }

    @Test
    void givesTheSessionUpWhenTheClientGoesAway() {
        NetSocket socket = begin(64L << 20);
        sendEntry(socket, 2).await();
        Awaitility.await().until(() -> !fixture.pushing.asked(PushFrame.class).isEmpty());

        socket.close().await();

        Awaitility.await().until(() -> fixture.pushing.asked(ClosePush.class).size() == 1);
    }

    @Test
    void refusesAClientThatSendsNothingForTooLong() {
        fixture.close();
        start(Map.of("LYCEUM_STREAM_STALL_LIMIT", "300ms"));
        NetSocket socket = begin(64L << 20);
        Buffer answer = Buffer.buffer();
        Promise<Void> closed = Promise.promise();
        socket.handler(answer::appendBuffer).closeHandler(closed::tryComplete);

        sendEntry(socket, 1).await();

        closed.future().await();
        assertThat(answer.toString()).startsWith("HTTP/1.1 408 ").contains("{\"detail\":\"nothing has come for ");
        Awaitility.await().until(() -> fixture.pushing.asked(ClosePush.class).size() == 1);
    }

    @Test
    void refusesAClientThatTakesTooLongForAMessage() {
        fixture.close();
        start(Map.of("LYCEUM_STREAM_TIME_LIMIT", "1s", "LYCEUM_STREAM_STALL_LIMIT", "4s"));
        NetSocket socket = begin(8L << 20);
        Buffer answer = Buffer.buffer();
        Promise<Void> closed = Promise.promise();
        socket.handler(answer::appendBuffer).closeHandler(closed::tryComplete);

        sendEntry(socket, 1).await();
        fixture.gateway.vertx.setPeriodic(20, due -> socket.write("x"));

        Awaitility.await().until(() -> closed.future().isComplete());
        assertThat(answer.toString()).startsWith("HTTP/1.1 408 ").contains("{\"detail\":\"a message takes at most ");
        Awaitility.await().until(() -> fixture.pushing.asked(ClosePush.class).size() == 1);
    }

    @Test
    void keepsTheSessionOfASlowClient() {
        NetSocket socket = begin(64L << 20);
        sendEntry(socket, 1).await();

        // A third of its lease later.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> fixture.pushing.asked(PushFrame.class).stream()
                        .anyMatch(frame -> frame.bytes().length() == 0 && frame.more()));
    }

    private static <T> Future<T> hold(List<Promise<T>> held) {
        Promise<T> answer = Promise.promise();
        held.add(answer);
        return answer.future();
    }

    private NetSocket begin(long lengthBytes) {
        NetSocket socket = fixture.gateway
                .vertx
                .createNetClient()
                .connect(fixture.gateway.port(), "127.0.0.1")
                .await();
        socket.write("""
                        POST /data/h1 HTTP/1.1\r
                        Host: x\r
                        Authorization: Bearer %s\r
                        Content-Type: multipart/form-data; boundary=BB\r
                        Content-Length: %d\r
                        \r
                        """.formatted(fixture.token, lengthBytes)).await();
        return socket;
    }

    private static Future<Void> sendEntry(NetSocket socket, int megabytes) {
        Future<Void> sent = socket.write("--BB\r\n" + file("entries", "a", ""));
        Buffer megabyte = Buffer.buffer("x".repeat(1 << 20));
        for (int i = 0; i < megabytes; i++) {
            sent = sent.compose(before -> socket.write(megabyte));
        }
        return sent;
    }

    private List<NewEntry> appended() {
        return fixture.streams.asked(Append.class).stream()
                .flatMap(order -> order.entries().stream())
                .toList();
    }

    private static Buffer joined(List<PushFrame> frames) {
        Buffer bytes = Buffer.buffer();
        frames.forEach(frame -> bytes.appendBuffer(frame.bytes()));
        return bytes;
    }

    private static NewEntry entry(String stream, String payload) {
        return new NewEntry(stream, null, Buffer.buffer(payload));
    }

    private static String file(String name, String fileName, String content) {
        return "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n%s"
                .formatted(name, fileName, content);
    }

    private static String text(String name, String value) {
        return "Content-Disposition: form-data; name=\"%s\"\r\n\r\n%s".formatted(name, value);
    }

    private static String form(String... parts) {
        List<String> all = new ArrayList<>();
        for (String part : parts) {
            all.add("--BB\r\n" + part + "\r\n");
        }
        return String.join("", all) + "--BB--\r\n";
    }

    private HttpResponse<Buffer> upload(String path, String... parts) {
        return send(path, "multipart/form-data; boundary=BB", form(parts));
    }

    private HttpResponse<Buffer> send(String path, String contentType, String body) {
        return fixture.request(HttpMethod.POST, path)
                .putHeader("Content-Type", contentType)
                .sendBuffer(Buffer.buffer(body))
                .await();
    }

    private HttpResponse<Buffer> uploadInChunks(String path, String... parts) {
        FileSystem files = fixture.gateway.vertx.fileSystem();
        String name = files.createTempFile("upload", "").await();
        files.writeFile(name, Buffer.buffer(form(parts))).await();
        // Nobody tells the length of a stream.
        AsyncFile body =
                files.open(name, new OpenOptions().setDeleteOnClose(true)).await();
        return fixture.request(HttpMethod.POST, path)
                .putHeader("Content-Type", "multipart/form-data; boundary=BB")
                .sendStream(body)
                .eventually(body::close)
                .await();
    }
}
