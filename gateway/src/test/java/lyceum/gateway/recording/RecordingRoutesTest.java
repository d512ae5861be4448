package lyceum.gateway.recording;

import static lyceum.gateway.recording.RecordingFixture.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingService.DeleteRecording;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.FindRunning;
import lyceum.stream.RecordingService.ForgetInfos;
import lyceum.stream.RecordingService.ForgottenInfos;
import lyceum.stream.RecordingService.Gone;
import lyceum.stream.RecordingService.HideRecording;
import lyceum.stream.RecordingService.ListRecordings;
import lyceum.stream.RecordingService.Moved;
import lyceum.stream.RecordingService.Recording;
import lyceum.stream.RecordingService.RecordingInfos;
import lyceum.stream.RecordingService.RecordingNames;
import lyceum.stream.RecordingService.RenameRecording;
import lyceum.stream.RecordingService.StartRecording;
import lyceum.stream.RecordingService.StopRecording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 30 to 38 of the stream contract, with recordings that answer as they are told. */
class RecordingRoutesTest {

    private RecordingFixture fixture;

    @BeforeEach
    void start() {
        fixture = new RecordingFixture();
        fixture.recordings
                .on(ListRecordings.class, new RecordingNames(List.of("a", "b"), false))
                .on(
                        DescribeRecordings.class,
                        question -> Future.succeededFuture(new RecordingInfos(question.names().stream()
                                .map(RecordingRoutesTest::info)
                                .toList())))
                .on(
                        ForgetInfos.class,
                        order -> Future.succeededFuture(new ForgottenInfos(order.names().stream()
                                .map(name -> name.equals("a") ? 1 : 0)
                                .toList())))
                .on(FindRunning.class, new Recording("a"))
                .on(
                        StartRecording.class,
                        order -> Future.succeededFuture(
                                new Recording(order.name().isEmpty() ? "2024.01.02-03.04.05" : order.name())))
                .on(StopRecording.class, new Recording("a"))
                .on(RenameRecording.class, new Moved(true, true))
                .on(HideRecording.class, new Moved(false, true))
                .on(DeleteRecording.class, new Gone(true, false));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static String info(String name) {
        return "{\"name\":\"%s\",\"size_mb\":0.5}".formatted(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET | /recordings | ['a','b']",
                "GET | /recordings/ | ['a','b']",
                "GET | /api/recordings?info=False&batch=True | ['a','b']",
                "GET | /recordings?info=True | [{'name':'a','size_mb':0.5},{'name':'b','size_mb':0.5}]",
                "GET | /recordings/?info=1&cache=no | [{'name':'a','size_mb':0.5},{'name':'b','size_mb':0.5}]",
                "DELETE | /recordings/cache | {'a':1,'b':0}",
                "DELETE | /recordings/cache/ | {'a':1,'b':0}",
                "GET | /recordings/current | 'a'",
                "GET | /recordings/current/ | 'a'",
                "GET | /recordings/current?info=true | {'name':'a','size_mb':0.5}",
                "GET | /recordings/c | {'name':'c','size_mb':0.5}",
                "GET | /recordings/c/ | {'name':'c','size_mb':0.5}",
                "GET | /recordings/replay | {'name':'replay','size_mb':0.5}",
                "GET | /recordings/static | {'name':'static','size_mb':0.5}",
                "GET | /recordings/a+b%20c | {'name':'a+b c','size_mb':0.5}",
                "PUT | /recordings/start?rec_id=my-rec | 'my-rec'",
                "PUT | /recordings/start/?rec_id=my+rec | 'my rec'",
                "PUT | /recordings/start | '2024.01.02-03.04.05'",
                "PUT | /recordings/start?rec_id= | '2024.01.02-03.04.05'",
                "PUT | /recordings/stop | 1",
                "PUT | /recordings/stop/ | 1",
                "PUT | /recordings/a/rename/b | [true,true]",
                "PUT | /recordings/a/rename/b/ | [true,true]",
                "PUT | /recordings/a/hide | [false,true]",
                "PUT | /recordings/a/hide/ | [false,true]",
                "PUT | /recordings/a/unhide | [false,true]",
                "DELETE | /recordings/a | [true,false]",
                "DELETE | /recordings/a/ | [true,false]"
            })
    void answersAsTheOriginal(String method, String path, String body) {
        HttpResponse<Buffer> response = fixture.request(HttpMethod.valueOf(method), path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString()).isEqualTo(body.replace('\'', '"'));
    }

    @Test
    void asksForWhatTheRequestSays() {
        fixture.request(HttpMethod.GET, "/recordings?info=1&cache=false");
        fixture.request(HttpMethod.GET, "/recordings/c");
        fixture.request(HttpMethod.PUT, "/recordings/a/rename/b");
        fixture.request(HttpMethod.PUT, "/recordings/a/hide");
        fixture.request(HttpMethod.PUT, "/recordings/a/unhide");

        assertThat(fixture.recordings.asked(DescribeRecordings.class))
                .containsExactly(
                        new DescribeRecordings(List.of("a", "b"), false), new DescribeRecordings(List.of("c"), true));
        assertThat(fixture.recordings.asked(RenameRecording.class)).containsExactly(new RenameRecording("a", "b"));
        assertThat(fixture.recordings.asked(HideRecording.class))
                .containsExactly(new HideRecording("a", true), new HideRecording("a", false));
    }

    @Test
    void tellsThatNothingRuns() {
        fixture.recordings.on(FindRunning.class, new Recording(null)).on(StopRecording.class, new Recording(null));

        assertThat(fixture.request(HttpMethod.GET, "/recordings/current").bodyAsString())
                .isEqualTo("null");
        assertThat(fixture.request(HttpMethod.GET, "/recordings/current?info=true")
                        .bodyAsString())
                .isEqualTo("null");
        assertThat(fixture.request(HttpMethod.PUT, "/recordings/stop").bodyAsString())
                .isEqualTo("0");
    }

    @Test
    void listsNothing() {
        fixture.recordings.on(ListRecordings.class, new RecordingNames(List.of(), false));

        assertThat(fixture.request(HttpMethod.GET, "/recordings").bodyAsString())
                .isEqualTo("[]");
        assertThat(fixture.request(HttpMethod.GET, "/recordings?info=true").bodyAsString())
                .isEqualTo("[]");
        assertThat(fixture.request(HttpMethod.DELETE, "/recordings/cache").bodyAsString())
                .isEqualTo("{}");
    }

    @Test
    void collectsAllPagesAndWhatDidNotFit() {
        List<String> names =
                IntStream.range(0, 2500).mapToObj("r%04d"::formatted).toList();
        fixture.recordings
                .on(ListRecordings.class, question -> {
                    int from = question.after().isEmpty() ? 0 : names.indexOf(question.after()) + 1;
                    int to = Math.min(names.size(), from + 1000);
                    return Future.succeededFuture(new RecordingNames(names.subList(from, to), to < names.size()));
                })
                .on(
                        DescribeRecordings.class,
                        question -> Future.succeededFuture(new RecordingInfos(question.names().stream()
                                .limit(7)
                                .map(name -> info(name + "x".repeat(100)))
                                .toList())));

        assertThat(fixture.request(HttpMethod.GET, "/recordings").bodyAsJsonArray())
                .isEqualTo(new JsonArray(names));
        JsonArray infos =
                fixture.request(HttpMethod.GET, "/recordings?info=true").bodyAsJsonArray();
        assertThat(infos.stream()
                        .map(info -> ((JsonObject) info).getString("name").substring(0, 5)))
                .containsExactlyElementsOf(names);
        assertThat(fixture.request(HttpMethod.DELETE, "/recordings/cache").bodyAsJsonObject())
                .hasSize(2500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/recordings?info=maybe", "/recordings?cache=maybe&info=1", "/recordings/current?info=maybe"})
    void refusesWhatIsNoTruthValue(String path) {
        assertRefused(fixture.request(HttpMethod.GET, path), "query", path.contains("cache") ? "cache" : "info");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "%2e%2e", ".hidden", "a%2Fb", "a%5Cb", "a%00b", "%0A", "current", "undefined", "cache"})
    void startsNothingOfANameThatIsNone(String name) {
        assertRefused(fixture.request(HttpMethod.PUT, "/recordings/start?rec_id=" + name), "query", "rec_id");
        assertThat(fixture.recordings.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /recordings/.hidden, recording_id",
        "GET, /recordings/a%5Cb, recording_id",
        "DELETE, /recordings/..%5C.., recording_id",
        "DELETE, /recordings/a%00b, recording_id",
        "PUT, /recordings/.a/hide, recording_id",
        "PUT, /recordings/.a/unhide, recording_id",
        "PUT, /recordings/.a/rename/b, recording_id",
        "PUT, /recordings/a/rename/.b, new_id",
        "PUT, /recordings/a/rename/%0A, new_id",
        "PUT, /recordings/a/rename/current, new_id"
    })
    void leadsNowhere(String method, String path, String parameter) {
        assertRefused(fixture.request(HttpMethod.valueOf(method), path), "path", parameter);
        assertThat(fixture.recordings.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /recordings/undefined",
        "DELETE, /recordings/..",
        "DELETE, /recordings/%2e%2e",
        "DELETE, /recordings/..%2F..",
        "GET, /recordings/a%2Fb",
        "PUT, /recordings/a/rename/b%2Fc",
        "PUT, /recordings/a/rename"
    })
    void hasNoSuchPath(String method, String path) {
        HttpResponse<Buffer> response = fixture.request(HttpMethod.valueOf(method), path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(fixture.recordings.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CONFLICT, 409", "BUSY, 503", "UNAVAILABLE, 503"})
    void tellsWhatCannotBeDone(Kind kind, int status) {
        fixture.recordings
                .on(RenameRecording.class, order -> failing(kind, "Recording b already exists!"))
                .on(ListRecordings.class, question -> failing(kind, "Recording b already exists!"));

        for (HttpResponse<Buffer> response : List.of(
                fixture.request(HttpMethod.PUT, "/recordings/a/rename/b"),
                fixture.request(HttpMethod.GET, "/recordings"),
                fixture.request(HttpMethod.GET, "/recordings?info=1"))) {
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"Recording b already exists!\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /recordings",
        "DELETE, /recordings/cache",
        "GET, /recordings/current",
        "PUT, /recordings/start",
        "PUT, /recordings/stop",
        "GET, /recordings/replay",
        "GET, /recordings/a",
        "DELETE, /recordings/a",
        "PUT, /recordings/a/rename/b",
        "PUT, /recordings/a/hide",
        "PUT, /recordings/a/unhide"
    })
    void asksWhoIsThere(String method, String path) {
        HttpResponse<Buffer> response =
                fixture.gateway.request(HttpMethod.valueOf(method), path).send().await();

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"Not authenticated\"}");
        assertThat(fixture.recordings.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST, /recordings, GET", "GET, /recordings/start/x/y, ''", "POST, /recordings/a, DELETE"})
    void knowsNoOtherMethods(String method, String path, String allowed) {
        HttpResponse<Buffer> response = fixture.request(HttpMethod.valueOf(method), path);

        assertThat(response.statusCode()).isEqualTo(allowed.isEmpty() ? 404 : 405);
        if (!allowed.isEmpty()) {
            assertThat(response.getHeader("Allow")).contains(allowed);
        }
    }

    private static void assertRefused(HttpResponse<Buffer> response, String where, String name) {
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsJsonObject()
                        .getJsonArray("detail")
                        .getJsonObject(0)
                        .getJsonArray("loc"))
                .containsExactly(where, name);
    }
}
