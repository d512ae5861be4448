package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lyceum.platform.Failure.Kind;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.ChangeMetadata;
import lyceum.stream.StreamService.DeleteStreams;
import lyceum.stream.StreamService.Deletion;
import lyceum.stream.StreamService.Deletions;
import lyceum.stream.StreamService.DescribeStreams;
import lyceum.stream.StreamService.ListStreams;
import lyceum.stream.StreamService.Metadata;
import lyceum.stream.StreamService.StreamInfo;
import lyceum.stream.StreamService.StreamInfos;
import lyceum.stream.StreamService.StreamNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 5 to 8 of the stream contract, with streams that answer as they are told. */
class StreamRegistryRoutesTest {

    private StreamFixture fixture;

    @BeforeEach
    void start() {
        fixture = new StreamFixture(Map.of("LYCEUM_TIME_ZONE", "Europe/Berlin"));
        fixture.streams
                .on(ListStreams.class, new StreamNames(List.of("g-a", "g-b"), false))
                .on(
                        DescribeStreams.class,
                        question -> Future.succeededFuture(new StreamInfos(question.streams().stream()
                                .map(StreamRegistryRoutesTest::info)
                                .toList())))
                .on(ChangeMetadata.class, order -> Future.succeededFuture(new Metadata(order.json())))
                .on(DeleteStreams.class, new Deletions(List.of(new Deletion(0, 1L << 40, 1), new Deletion(1, 0, 0))));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static StreamInfo info(String name) {
        return name.equals("none")
                ? new StreamInfo(name, false, Map.of(), Map.of(), null)
                : new StreamInfo(name, true, Map.of("length", 1L), Map.of("first-entry", "1000-0"), "{}");
    }

    private static String told(String name) {
        return """
                {"sid":"%s","length":1,"first-entry":"1000-0","last-entry":null,\
                "first-entry-time":"1970-01-01 01:00:01","meta":"{}"}""".formatted(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/streams", "/streams/", "/streams?info=0", "/streams?info=False&x=1", "/api/streams"})
    void listsNames(String path) {
        HttpResponse<Buffer> response = fixture.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString()).isEqualTo("[\"g-a\",\"g-b\"]");
    }

    @Test
    void listsNothing() {
        fixture.streams.on(ListStreams.class, new StreamNames(List.of(), false));

        assertThat(fixture.get("/streams").bodyAsString()).isEqualTo("[]");
        assertThat(fixture.get("/streams?info=true").bodyAsString()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/streams?info=true", "/streams/?info=True"})
    void listsWhatIsKnown(String path) {
        HttpResponse<Buffer> response = fixture.get(path);

        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString()).isEqualTo("[" + told("g-a") + "," + told("g-b") + "]");
    }

    @Test
    void collectsAllPagesOfALongList() {
        List<String> names =
                IntStream.range(0, 2500).mapToObj("s%04d"::formatted).toList();
        fixture.streams.on(ListStreams.class, question -> {
            int from = question.after().isEmpty() ? 0 : names.indexOf(question.after()) + 1;
            int to = Math.min(names.size(), from + StreamService.PAGE_NAMES);
            return Future.succeededFuture(new StreamNames(names.subList(from, to), to < names.size()));
        });

        JsonArray listed = fixture.get("/streams").bodyAsJsonArray();
        JsonArray known = fixture.get("/streams?info=1").bodyAsJsonArray();

        assertThat(listed).isEqualTo(new JsonArray(names));
        assertThat(known.stream().map(each -> ((JsonObject) each).getString("sid")))
                .containsExactlyElementsOf(names);
        assertThat(fixture.streams.asked(DescribeStreams.class))
                .allMatch(question -> question.streams().size() <= StreamService.MOST_STREAMS);
    }

    @Test
    void asksAgainForWhatDidNotFitAndLeavesOutWhatIsGone() {
        fixture.streams
                .on(ListStreams.class, new StreamNames(List.of("a", "none", "b"), false))
                .on(
                        DescribeStreams.class,
                        question -> Future.succeededFuture(
                                new StreamInfos(List.of(info(question.streams().get(0))))));

        assertThat(fixture.get("/streams?info=true").bodyAsString()).isEqualTo("[" + told("a") + "," + told("b") + "]");
    }

    @Test
    void listsNoMoreThanItCanHold() {
        List<String> page =
                IntStream.range(0, 1000).mapToObj(i -> "x".repeat(1000) + i).toList();
        fixture.streams.on(ListStreams.class, new StreamNames(page, true));

        HttpResponse<Buffer> response = fixture.get("/streams");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(fixture.streams.asked(ListStreams.class)).hasSizeLessThan(10);
    }

    @Test
    void breaksTheConnectionWhereTheRestOfALongListCannotBeHad() {
        fixture.streams
                .on(ListStreams.class, new StreamNames(List.of("a", "b"), false))
                .on(
                        DescribeStreams.class,
                        question -> question.streams().contains("a")
                                ? Future.succeededFuture(new StreamInfos(
                                        List.of(new StreamInfo("a", true, Map.of(), Map.of(), "x".repeat(100_000)))))
                                : StreamFixture.failing(Kind.UNAVAILABLE, "away"));

        Future<HttpResponse<Buffer>> response =
                fixture.request(HttpMethod.GET, "/streams?info=true").send();

        assertThat(response.map(HttpResponse::statusCode).otherwise(-1).await()).isEqualTo(-1);
    }

    @Test
    void tellsWhatIsKnownOfOneStream() {
        assertThat(fixture.get("/streams/g-a").bodyAsString()).isEqualTo(told("g-a"));
        assertThat(fixture.get("/streams/g-a/").bodyAsString()).isEqualTo(told("g-a"));
        assertThat(fixture.get("/streams/a+b").bodyAsString()).isEqualTo(told("a+b"));
        assertThat(fixture.get("/streams/%E6%97%A5%20x").bodyAsString()).isEqualTo(told("日 x"));
        assertThat(fixture.get("/streams/none").bodyAsString())
                .isEqualTo("{\"sid\":\"none\",\"error\":\"no such key\",\"meta\":null}");
        assertThat(fixture.get("/streams/none?report_error=off").statusCode()).isEqualTo(200);
        assertThat(fixture.get("/streams/g-a?report_error=1").statusCode()).isEqualTo(200);
    }

    @Test
    void reportsAStreamThatDoesNotExistWhereThatIsWanted() {
        HttpResponse<Buffer> response = fixture.get("/streams/none?report_error=true");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"no such key\"}");
    }

    @Test
    void knowsNoPathWithASlashInAName() {
        assertThat(fixture.get("/streams/a%2Fb").statusCode()).isEqualTo(404);
        assertThat(fixture.get("/streams/a/b").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"XMETA:x,XMETA:x names no stream", "recording:id,recording:id names no stream"})
    void refusesNamesOfSomethingElse(String name, String message) {
        String body = StreamFixture.finding(
                "{'loc':['path','stream_id'],'msg':'%s','type':'value_error'}".formatted(message));

        assertThat(fixture.get("/streams/" + name).statusCode()).isEqualTo(422);
        assertThat(fixture.get("/streams/" + name).bodyAsString()).isEqualTo(body);
        assertThat(fixture.put("/streams/" + name, "{}").bodyAsString()).isEqualTo(body);
        assertThat(fixture.request(HttpMethod.DELETE, "/streams/" + name)
                        .send()
                        .await()
                        .bodyAsString())
                .isEqualTo(body);
    }

    @Test
    void tellsThatANameIsTakenBySomethingElse() {
        fixture.streams.on(DescribeStreams.class, any -> StreamFixture.failing(Kind.INVALID, "it is no stream"));

        HttpResponse<Buffer> response = fixture.get("/streams/list");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString())
                .isEqualTo(StreamFixture.finding(
                        "{'loc':['path','stream_id'],'msg':'it is no stream','type':'value_error'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "/streams?info=maybe,info",
        "/streams/a?report_error=2,report_error",
        "/streams/?info=,info",
    })
    void refusesWhatIsNoTruthValue(String path, String name) {
        HttpResponse<Buffer> response = fixture.get(path);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).isEqualTo(StreamFixture.finding("""
                {'loc':['query','%s'],'msg':'value could not be parsed to a boolean','type':'type_error.bool'}""".formatted(name)));
    }

    @ParameterizedTest
    @CsvSource({"'',false", "?override=true,true", "?override=False,false"})
    void changesMetadata(String query, boolean override) {
        HttpResponse<Buffer> response = fixture.put("/streams/g-m" + query, " {\"sid\": \"é\"} ");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString()).isEqualTo("\" {\\\"sid\\\": \\\"é\\\"} \"");
        assertThat(fixture.streams.asked(ChangeMetadata.class))
                .containsExactly(new ChangeMetadata("g-m", " {\"sid\": \"é\"} ", override));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | {'loc':['body'],'msg':'field required','type':'value_error.missing'}",
                "null | {'loc':['body'],'msg':'field required','type':'value_error.missing'}",
                "[1] | {'loc':['body'],'msg':'value is not a valid dict','type':'type_error.dict'}",
                "7 | {'loc':['body'],'msg':'value is not a valid dict','type':'type_error.dict'}",
                "{bad | {'loc':['body',1],'msg':'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)','type':'value_error.jsondecode','ctx':{'msg':'Expecting property name enclosed in double quotes','doc':'{bad','pos':1,'lineno':1,'colno':2}}",
                "{} x | {'loc':['body',3],'msg':'Extra data: line 1 column 4 (char 3)','type':'value_error.jsondecode','ctx':{'msg':'Extra data','doc':'{} x','pos':3,'lineno':1,'colno':4}}",
                "NaN | {'loc':['body'],'msg':'this is not JSON','type':'value_error'}",
                "{'a':[{'b':-1e400}]} | {'loc':['body'],'msg':'a number in it is too large','type':'value_error'}"
            })
    void refusesMetadataThatIsNoObject(String body, String finding) {
        HttpResponse<Buffer> response = fixture.put("/streams/g-m", body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).isEqualTo(StreamFixture.finding(finding));
        assertThat(fixture.streams.asked(ChangeMetadata.class)).isEmpty();
    }

    @Test
    void refusesMetadataOfAnotherTypeAndTellsAllThatIsWrong() {
        HttpResponse<Buffer> response = fixture.request(HttpMethod.PUT, "/streams/g-m?override=x")
                .putHeader("Content-Type", "text/plain")
                .sendBuffer(Buffer.buffer("{}"))
                .await();

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsJsonObject().getJsonArray("detail"))
                .extracting(each -> ((JsonObject) each).getJsonArray("loc").encode())
                .containsExactly("[\"query\",\"override\"]", "[\"body\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "application/merge-patch+json"})
    void takesMetadataOfEveryTypeThatIsJson(String type) {
        HttpResponse<Buffer> response = fixture.request(HttpMethod.PUT, "/streams/g-m")
                .putHeader("Content-Type", type)
                .sendBuffer(Buffer.buffer("{}"))
                .await();

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesMetadataThatIsNoUtf8OrTooLong() {
        HttpResponse<Buffer> noText = fixture.request(HttpMethod.PUT, "/streams/g-m")
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(new byte[] {'"', (byte) 0xFF, '"'}))
                .await();
        HttpResponse<Buffer> tooLong = fixture.put("/streams/g-m", " ".repeat((int) MetadataBody.LIMIT_BYTES + 1));

        assertThat(noText.statusCode()).isEqualTo(400);
        assertThat(noText.bodyAsString()).isEqualTo("{\"detail\":\"There was an error parsing the body\"}");
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(tooLong.bodyAsString()).isEqualTo("{\"detail\":\"Request Entity Too Large\"}");
    }

    @Test
    void tellsWhyMetadataIsNotStored() {
        fixture.streams.on(ChangeMetadata.class, any -> StreamFixture.failing(Kind.INVALID, "too long"));
        HttpResponse<Buffer> invalid = fixture.put("/streams/g-m", "{}");
        fixture.streams.on(ChangeMetadata.class, any -> StreamFixture.failing(Kind.CONFLICT, "others change it"));
        HttpResponse<Buffer> conflict = fixture.put("/streams/g-m", "{}");

        assertThat(invalid.statusCode()).isEqualTo(422);
        assertThat(invalid.bodyAsString())
                .isEqualTo(StreamFixture.finding("{'loc':['body'],'msg':'too long','type':'value_error'}"));
        assertThat(conflict.statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/streams/g-b+g-zz", "/streams/g-b%2Bg-zz/"})
    void deletesStreams(String path) {
        HttpResponse<Buffer> response =
                fixture.request(HttpMethod.DELETE, path).send().await();

        assertThat(response.bodyAsString()).isEqualTo("[0,1099511627776,1,1,0,0]");
        assertThat(fixture.streams.asked(DeleteStreams.class))
                .containsExactly(new DeleteStreams(List.of("g-b", "g-zz")));
    }

    @Test
    void deletesAStreamWithASpaceInItsName() {
        fixture.request(HttpMethod.DELETE, "/streams/a%20b").send().await();

        assertThat(fixture.streams.asked(DeleteStreams.class)).containsExactly(new DeleteStreams(List.of("a b")));
    }

    @Test
    void deletesNoMoreThanAHundredStreamsAtOnce() {
        String names =
                String.join("+", IntStream.range(0, 101).mapToObj(i -> "s" + i).toList());

        HttpResponse<Buffer> response =
                fixture.request(HttpMethod.DELETE, "/streams/" + names).send().await();

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(fixture.streams.asked(DeleteStreams.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/streams",
        "GET,/streams/a",
        "PUT,/streams/a",
        "DELETE,/streams/a",
        "GET,/data/a",
        "POST,/data/a",
        "GET,/streams/",
        "POST,/data/a/"
    })
    void asksForAToken(String method, String path) {
        HttpResponse<Buffer> response = fixture.gateway
                .request(HttpMethod.valueOf(method), path)
                .putHeader("Origin", "http://dash.example")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"Not authenticated\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD,/streams,GET",
        "POST,/streams,GET",
        "OPTIONS,/streams,GET",
        "POST,/streams/a,'DELETE,GET,PUT'",
        "PUT,/data/a,'GET,POST'",
        "HEAD,/data/a,'GET,POST'"
    })
    void answersNoOtherMethod(String method, String path, String allowed) {
        HttpResponse<Buffer> response =
                fixture.request(HttpMethod.valueOf(method), path).send().await();

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo(allowed);
    }

    @Test
    void answersPagesOfOtherOrigins() {
        HttpResponse<Buffer> preflight = fixture.gateway
                .request(HttpMethod.OPTIONS, "/streams")
                .putHeader("Origin", "http://dash.example")
                .putHeader("Access-Control-Request-Method", "PUT")
                .send()
                .await();
        HttpResponse<Buffer> simple = fixture.request(HttpMethod.GET, "/streams")
                .putHeader("Origin", "http://dash.example")
                .send()
                .await();

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.bodyAsString()).isEqualTo("OK");
        assertThat(simple.getHeader("Access-Control-Expose-Headers")).isEqualTo("entry-offset");
    }

    @Test
    void tellsThatTheStoreIsAway() {
        fixture.streams.on(ListStreams.class, any -> StreamFixture.failing(Kind.UNAVAILABLE, "it is away"));

        HttpResponse<Buffer> response = fixture.get("/streams?info=true");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"it is away\"}");
    }
}
