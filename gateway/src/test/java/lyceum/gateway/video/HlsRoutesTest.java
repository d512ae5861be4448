package lyceum.gateway.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.media.ChannelName;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.AwaitPlaylist;
import lyceum.media.LiveChannel.AwaitedPlaylist;
import lyceum.media.LiveChannel.FilePiece;
import lyceum.media.LiveChannel.ReadChannelFile;
import lyceum.media.LiveService;
import lyceum.media.LiveService.FindChannel;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.Place;
import lyceum.platform.Failure;
import lyceum.stream.BroadcastService;
import lyceum.stream.BroadcastService.StartBroadcast;
import lyceum.stream.StreamService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels on their way through the gateway (stream contract, 4.7). */
class HlsRoutesTest {

    private static final String LIST = "#EXTM3U\n#EXTINF:3.000,\n0.ts\n";
    private static final Buffer SEGMENT = Buffer.buffer("s".repeat(2 * LiveChannel.PIECE_BYTES + 5));
    private static final Failure NO_CHANNEL = Failure.notFound("no such channel");

    private TestGateway gateway;
    private Scripted<LiveService> service;
    private Scripted<LiveChannel> channel;
    private Scripted<BroadcastService> broadcasts;

    private void start(String... settings) {
        Map<String, String> all = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
        gateway = new TestGateway(all);
        service = new Scripted<>(gateway.vertx, LiveService.class).on(FindChannel.class, this::find);
        channel = new Scripted<>(gateway.vertx, LiveChannel.class, "one").on(ReadChannelFile.class, this::read);
        broadcasts = new Scripted<>(gateway.vertx, BroadcastService.class);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Future<Place> find(FindChannel question) {
        return switch (question.name()) {
            case "cam1" -> Future.succeededFuture(new Place("one", 7, Kind.FLV));
            case "frames" -> Future.succeededFuture(new Place("one", 8, Kind.PICTURES));
            case "gone" -> Future.succeededFuture(new Place("nobody", 9, Kind.FLV));
            default -> Future.failedFuture(NO_CHANNEL);
        };
    }

    private Future<FilePiece> read(ReadChannelFile question) {
        Buffer file = question.file().endsWith(".ts") ? SEGMENT : Buffer.buffer(LIST);
        int from = (int) Math.min(file.length(), question.offsetBytes());
        Buffer bytes = file.slice(from, Math.min(file.length(), from + LiveChannel.PIECE_BYTES));
        return question.file().equals("9.ts")
                ? Future.failedFuture(Failure.notFound("the channel has no such file"))
                : Future.succeededFuture(new FilePiece(bytes, file.length()));
    }

    private HttpResponse<Buffer> get(String path) {
        return gateway.get(path).send().await();
    }

    private HttpResponse<Buffer> getWithToken(String path) {
        return gateway.get(path)
                .putHeader("Authorization", "Bearer " + TestGateway.token(gateway.vertx, "ada"))
                .send()
                .await();
    }

    @Test
    void readsASegmentOnceForAllWhoWatch() {
        start();
        List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(gateway.get("/hls/cam1/0.ts").send());
        }
        Future.all(answers).await();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.result().body()).isEqualTo(SEGMENT));
        assertThat(channel.asked(ReadChannelFile.class)).hasSize(3);
        assertThat(service.asked(FindChannel.class)).hasSize(1);
        get("/hls/cam1/0.ts");
        assertThat(channel.asked(ReadChannelFile.class)).hasSize(3);
    }

    @Test
    void readsAListAnewAfterAMoment() {
        start();
        get("/hls/cam1/index.m3u8");
        get("/hls/cam1/index.m3u8");
        assertThat(channel.asked(ReadChannelFile.class)).hasSize(1);

        await().until(() -> get("/hls/cam1/index.m3u8") != null
                && channel.asked(ReadChannelFile.class).size() == 2);
    }

    @Test
    void readsWhatDoesNotFitForEachWhoAsks() {
        start("LYCEUM_HLS_CACHE", "64KiB");

        assertThat(get("/hls/cam1/0.ts").body()).isEqualTo(SEGMENT);
        assertThat(get("/hls/cam1/0.ts").body()).isEqualTo(SEGMENT);
        assertThat(channel.asked(ReadChannelFile.class)).hasSizeGreaterThan(6);
    }

    @Test
    void answersWithPartsAndHeads() {
        start();
        HttpResponse<Buffer> part = gateway.get("/hls/cam1/0.ts")
                .putHeader("Range", "bytes=-5")
                .send()
                .await();
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.bodyAsString()).isEqualTo("sssss");
        assertThat(part.getHeader("Content-Range"))
                .isEqualTo("bytes %d-%d/%d".formatted(SEGMENT.length() - 5, SEGMENT.length() - 1, SEGMENT.length()));
        assertThat(gateway.get("/hls/cam1/0.ts")
                        .putHeader("Range", "bytes=9999999-")
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(416);
        HttpResponse<Buffer> head =
                gateway.request(HttpMethod.HEAD, "/dash/cam1/index.mpd").send().await();
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.getHeader("Content-Length")).isEqualTo(Integer.toString(LIST.length()));
        assertThat(channel.asked(ReadChannelFile.class))
                .extracting(ReadChannelFile::file)
                .contains("dash/index.mpd");
    }

    @Test
    void tellsPagesOfOtherOriginsWhatTheyMay() {
        start();
        HttpResponse<Buffer> preflight = gateway.request(HttpMethod.OPTIONS, "/hls/cam1/index.m3u8")
                .putHeader("Origin", "http://elsewhere")
                .putHeader("Access-Control-Request-Method", "GET")
                .putHeader("Access-Control-Request-Headers", "authorization")
                .send()
                .await();

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(preflight.getHeader("Access-Control-Allow-Headers")).contains("Authorization");
        assertThat(get("/hls/none/index.m3u8").getHeader("Access-Control-Allow-Origin"))
                .isEqualTo("*");
    }

    @Test
    void tellsWhatIsMissing() {
        start();
        assertThat(get("/hls/none/index.m3u8").statusCode()).isEqualTo(404);
        assertThat(get("/hls/cam1/9.ts").statusCode()).isEqualTo(404);
        assertThat(get("/hls/cam1").statusCode()).isEqualTo(404);
        HttpResponse<Buffer> gone = get("/hls/gone/index.m3u8");
        assertThat(gone.statusCode()).isEqualTo(503);
        assertThat(gone.getHeader("Retry-After")).isNotNull();
        assertThat(gateway.request(HttpMethod.POST, "/hls/cam1/0.ts")
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void asksForATokenWhereThatIsSet() {
        start("LYCEUM_LIVE_WATCH", "token");
        String token = TestGateway.token(gateway.vertx, "ada");

        assertThat(get("/hls/cam1/index.m3u8").statusCode()).isEqualTo(401);
        assertThat(get("/hls/cam1/0.ts").statusCode()).isEqualTo(401);
        assertThat(getWithToken("/hls/cam1/index.m3u8").bodyAsString()).isEqualTo(LIST);
        assertThat(get("/hls/cam1/index.m3u8?token=" + token).bodyAsString())
                .isEqualTo(LIST.replace("0.ts", "0.ts?token=" + token));
        assertThat(get("/hls/cam1/0.ts?token=" + token).statusCode()).isEqualTo(200);
    }

    @Test
    void showsFramesToHoldersOfTokensOnly() {
        start();
        assertThat(get("/hls/frames/index.m3u8").statusCode()).isEqualTo(401);
        assertThat(get("/hls/frames/0.ts").statusCode()).isEqualTo(401);
        assertThat(getWithToken("/hls/frames/0.ts").statusCode()).isEqualTo(200);
        assertThat(broadcasts.asked(StartBroadcast.class)).isEmpty();
    }

    @Test
    void keepsFilmingWhatIsWatched() {
        start();
        assertThat(getWithToken("/hls/frames/index.m3u8").statusCode()).isEqualTo(200);
        assertThat(getWithToken("/hls/frames/index.m3u8").statusCode()).isEqualTo(200);

        await().untilAsserted(() ->
                assertThat(broadcasts.asked(StartBroadcast.class)).containsExactly(new StartBroadcast("frames")));
    }

    @Test
    void hasAStreamFilmedThatNoChannelShows() {
        start();
        Promise<StreamService.Done> filmed = Promise.promise();
        List<String> known = new ArrayList<>();
        String name = "a stream:1";
        service.on(
                FindChannel.class,
                question -> known.contains(question.name())
                        ? Future.succeededFuture(new Place("one", 1, Kind.PICTURES))
                        : Future.failedFuture(NO_CHANNEL));
        broadcasts.on(StartBroadcast.class, order -> filmed.future());

        Future<HttpResponse<Buffer>> waiting = gateway.get("/hls/a%20stream:1/index.m3u8")
                .putHeader("Authorization", "Bearer " + TestGateway.token(gateway.vertx, "ada"))
                .send();
        await().until(() -> broadcasts.asked(StartBroadcast.class).size() == 1);
        known.add(ChannelName.ofStream(name));
        filmed.complete(new StreamService.Done());

        assertThat(waiting.await().bodyAsString()).isEqualTo(LIST);
        assertThat(broadcasts.asked(StartBroadcast.class)).containsExactly(new StartBroadcast(name));
        assertThat(get("/hls/other/index.m3u8").statusCode()).isEqualTo(404);
        assertThat(getWithToken("/hls/other/3.ts").statusCode()).isEqualTo(404);
        assertThat(broadcasts.asked(StartBroadcast.class)).hasSize(1);
    }

    @Test
    void asksOnceForAllWhoWaitForTheSame() {
        start();
        Promise<AwaitedPlaylist> longer = Promise.promise();
        channel.on(
                AwaitPlaylist.class,
                question -> channel.asked(AwaitPlaylist.class).size() == 1
                        ? Future.succeededFuture(new AwaitedPlaylist(Buffer.buffer()))
                        : longer.future());
        List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(
                    gateway.get("/hls/cam1/index.m3u8?_HLS_msn=5&_HLS_part=1").send());
        }
        await().until(() -> channel.asked(AwaitPlaylist.class).size() == 2);
        assertThat(answers).noneMatch(Future::isComplete);
        longer.complete(new AwaitedPlaylist(Buffer.buffer(LIST)));
        Future.all(answers).await();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.result().bodyAsString()).isEqualTo(LIST));
        assertThat(channel.asked(AwaitPlaylist.class)).hasSize(2).allSatisfy(asked -> {
            assertThat(asked.segment()).isEqualTo("5");
            assertThat(asked.part()).isEqualTo("1");
        });
        assertThat(channel.asked(ReadChannelFile.class)).isEmpty();
    }

    @Test
    void letsSoManyViewersWait() {
        start("LYCEUM_HLS_WAITING", "1");
        Promise<AwaitedPlaylist> longer = Promise.promise();
        channel.on(AwaitPlaylist.class, question -> longer.future());
        Future<HttpResponse<Buffer>> first =
                gateway.get("/hls/cam1/index.m3u8?_HLS_msn=5").send();
        await().until(() -> channel.asked(AwaitPlaylist.class).size() == 1);

        HttpResponse<Buffer> refused = get("/hls/cam1/index.m3u8?_HLS_msn=5");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        longer.complete(new AwaitedPlaylist(Buffer.buffer(LIST)));
        assertThat(first.await().statusCode()).isEqualTo(200);
        assertThat(get("/hls/cam1/index.m3u8?_HLS_msn=6").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsWhatCannotBeWaitedFor() {
        start();
        channel.on(AwaitPlaylist.class, question -> Future.failedFuture(Failure.invalid("that is too far ahead")));

        assertThat(get("/hls/cam1/index.m3u8?_HLS_msn=99").statusCode()).isEqualTo(400);
        assertThat(get("/hls/cam1/index.m3u8?_HLS_part=1").statusCode()).isEqualTo(400);
        assertThat(get("/hls/cam1/index.m3u8?_HLS_msn=1&_HLS_msn=2").statusCode())
                .isEqualTo(400);
        assertThat(channel.asked(AwaitPlaylist.class))
                .extracting(AwaitPlaylist::segment)
                .containsExactly("99", "", "1,2");
    }

    @Test
    void carriesTokensOnToParts() {
        start("LYCEUM_LIVE_WATCH", "token");
        channel.on(
                AwaitPlaylist.class,
                new AwaitedPlaylist(Buffer.buffer("#EXTM3U\n#EXT-X-PART:DURATION=0.500,URI=\"0.0.ts\",INDEPENDENT=YES\n"
                        + "0.ts\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"1.0.ts\"\n")));
        String token = TestGateway.token(gateway.vertx, "ada");

        assertThat(get("/hls/cam1/index.m3u8?_HLS_msn=0&token=" + token).bodyAsString())
                .isEqualTo(("#EXTM3U\n#EXT-X-PART:DURATION=0.500,URI=\"0.0.ts?token=%1$s\",INDEPENDENT=YES\n"
                                + "0.ts?token=%1$s\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"1.0.ts?token=%1$s\"\n")
                        .formatted(token));
    }

    @Test
    void handsOnWhatAnotherMediaServerHas() {
        List<String> asked = new ArrayList<>();
        Vertx vertx = Vertx.vertx();
        HttpServer origin = vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request.method() + " " + request.uri() + " " + request.getHeader("Range"));
                    request.response()
                            .setStatusCode(206)
                            .putHeader("Content-Type", "video/mp2t")
                            .putHeader("Content-Range", "bytes 0-1/9")
                            .putHeader("Set-Cookie", "a=b")
                            .end("ab");
                })
                .listen(0, "127.0.0.1")
                .await();
        start("LYCEUM_HLS_ORIGIN", "http://127.0.0.1:%d/media/".formatted(origin.actualPort()));

        HttpResponse<Buffer> answer = gateway.get("/api/hls/cam%201/0.ts?token=secret")
                .putHeader("Range", "bytes=0-1")
                .send()
                .await();

        assertThat(asked).containsExactly("GET /media/hls/cam%201/0.ts bytes=0-1");
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.bodyAsString()).isEqualTo("ab");
        assertThat(answer.getHeader("Content-Type")).isEqualTo("video/mp2t");
        assertThat(answer.getHeader("Set-Cookie")).isNull();
        assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        for (String path : List.of(
                "/hls/x/..%2f..%2fstat",
                "/hls/x/..%2F..%2Fstat",
                "/dash/..%2f..%2fstat/x",
                "/hls/x/..%5c..%5cstat",
                "/hls/x/%2e%2E%2fy",
                "/api/hls/x/..%2fstat")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(asked).hasSize(1);
        origin.close().await();
        assertThat(get("/hls/cam1/0.ts").statusCode()).isEqualTo(503);
        vertx.close().await();
    }
}
