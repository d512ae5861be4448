package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.multipart.MultipartForm;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lyceum.gateway.TestGateway;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import lyceum.stream.internal.StreamConfig;
import lyceum.stream.internal.StreamVerticle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP routes of streams with the real service behind them; cases of streams.json and data_http.json among others. */
class StreamsThroughTheGatewayTest {

    private TestGateway gateway;
    private String token;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        token = TestGateway.token(gateway.vertx, "ada");
        StreamConfig config = StreamConfig.from(
                new Settings(Map.of()),
                TestRedis.freshDatabase(gateway.vertx),
                TestPostgres.freshDatabase(gateway.vertx));
        gateway.vertx
                .deployVerticle(new StreamVerticle(config, new Readiness(), new SimpleMeterRegistry()))
                .await();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void answersPings() {
        assertThat(gateway.get("/ping").send().await().bodyAsString()).isEqualTo("true");
    }

    @Test
    void givesBackWhatWasUploaded() {
        JsonArray ids =
                upload("/data/h2", form("entries", "hello", "\u00ff world")).bodyAsJsonArray();

        HttpResponse<Buffer> response = get("/data/h2?count=2");

        assertThat(response.getHeader("entry-offset"))
                .isEqualTo("[[\"h2\",\"%s\",0],[\"h2\",\"%s\",5]]".formatted(ids.getValue(0), ids.getValue(1)));
        assertThat(response.bodyAsString()).isEqualTo("hello\u00ff world");
        assertThat(get("/data/none").getHeader("entry-offset")).isEqualTo("[]");
        assertThat(get("/data/h2?last_entry_id=" + ids.getString(0)).bodyAsString())
                .isEqualTo("\u00ff world");
    }

    @Test
    void keepsTheMetadataOfStreams() {
        assertThat(put("/streams/g-m", "{\"desc\": \"a\", \"n\": 1}"))
                .isEqualTo("\"{\\\"desc\\\":\\\"a\\\",\\\"n\\\":1}\"");
        assertThat(put("/streams/g-m", "{\"n\": 2, \"sid\": \"x\", \"_update\": null}"))
                .isEqualTo("\"{\\\"desc\\\":\\\"a\\\",\\\"n\\\":2,\\\"sid\\\":\\\"x\\\",\\\"_update\\\":null}\"");
        assertThat(put("/streams/g-m?override=True", "{\"only\": true}")).isEqualTo("\"{\\\"only\\\":true}\"");
        assertThat(get("/streams/g-m").bodyAsString())
                .isEqualTo("{\"sid\":\"g-m\",\"error\":\"no such key\",\"meta\":\"{\\\"only\\\":true}\"}");
        assertThat(get("/streams").bodyAsString()).isEqualTo("[]");
    }

    @Test
    void tellsOfStreamsUntilTheyAreDeleted() {
        upload("/data/b", form("entries", "x"));
        upload("/data/a", form("entries", "x", "y"));

        JsonArray infos = get("/streams/?info=true").bodyAsJsonArray();

        assertThat(get("/streams").bodyAsString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(infos.getJsonObject(0).getInteger("length")).isEqualTo(2);
        assertThat(infos.getJsonObject(0)).isEqualTo(get("/streams/a").bodyAsJsonObject());
        assertThat(infos.getJsonObject(0).getString("first-entry-time"))
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?");
        assertThat(delete("/streams/a+none")).isEqualTo("[0,2,1,0,0,0]");
        assertThat(get("/streams").bodyAsString()).isEqualTo("[\"b\"]");
    }

    @Test
    void takesLongUploadsAndGivesThemBackInParts() {
        Buffer[] entries = new Random(3)
                .ints(5, 1 << 20, 8 << 20)
                .mapToObj(StreamsThroughTheGatewayTest::noise)
                .toArray(Buffer[]::new);

        HttpResponse<Buffer> uploaded = upload("/data/long", form("entries", entries));
        HttpResponse<Buffer> response = get("/data/long?last_entry_id=0&count=4");
        HttpResponse<Buffer> tooLong = get("/data/long?count=5");

        assertThat(uploaded.statusCode()).isEqualTo(200);
        assertThat(uploaded.bodyAsJsonArray()).hasSize(5);
        Buffer all = Buffer.buffer();
        for (Buffer entry : List.of(entries).subList(0, 4)) {
            all.appendBuffer(entry);
        }
        assertThat(response.body().equals(all)).isTrue();
        assertThat(tooLong.statusCode()).isEqualTo(422);
        assertThat(tooLong.bodyAsString()).contains("ask for fewer");
        assertThat(new JsonArray(response.getHeader("entry-offset"))
                        .getJsonArray(1)
                        .getInteger(2))
                .isEqualTo(entries[0].length());
    }

    @Test
    void takesIdsFromFramesAndTellsWhichAreStored() {
        Buffer frame = Buffer.buffer(new byte[] {3, 0}).appendLongLE(1_700_000_000_123L);
        Buffer sound = Buffer.buffer().appendIntLE(44_100).appendIntLE(1).appendLongLE(5);

        HttpResponse<Buffer> stored = upload("/data/pm?parse_meta=true", form("entries", frame));
        HttpResponse<Buffer> timeless = upload("/data/mic?parse_meta=True", form("entries", sound));
        HttpResponse<Buffer> again = upload("/data/pm?parse_meta=true", form("entries", frame, sound));
        HttpResponse<Buffer> noFrame = upload("/data/pm-x?parse_meta=true", form("entries", "abc"));

        assertThat(stored.bodyAsString()).isEqualTo("[\"1700000000123-0\"]");
        assertThat(timeless.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(422);
        JsonArray findings = again.bodyAsJsonObject().getJsonArray("detail");
        assertThat(findings.getJsonObject(0).getJsonArray("loc").encode()).isEqualTo("[\"body\",\"entries\",0]");
        assertThat(findings.getJsonObject(1)
                        .getJsonObject("ctx")
                        .getJsonArray("ids")
                        .getValue(0))
                .isNull();
        assertThat(noFrame.statusCode()).isEqualTo(422);
        assertThat(get("/streams").bodyAsString()).isEqualTo("[\"mic\",\"pm\"]");
    }

    @Test
    void convertsEntriesAndNamesTheOneThatItCannot() {
        upload("/data/j", form("entries", "[1, 2]"));
        upload("/data/main", form("entries", "not a frame at all"));

        HttpResponse<Buffer> converted = get("/data/j?input=JSON&output=ndarray");
        HttpResponse<Buffer> broken = get("/data/main?output=jpg");

        assertThat(converted.body()).isEqualTo(Buffer.buffer().appendFloatLE(1).appendFloatLE(2));
        assertThat(broken.statusCode()).isEqualTo(422);
        String id = new JsonArray(get("/data/main").getHeader("entry-offset"))
                .getJsonArray(0)
                .getString(1);
        assertThat(broken.bodyAsString()).contains("entry " + id + " of main: ");
        for (String query : List.of("output=jpg", "output=bogus&input=jpg", "output=jpg&input=bogus")) {
            assertThat(get("/data/j?" + query).statusCode()).isEqualTo(422);
        }
    }

    @Test
    void refusesMoreThanOneAnswerMayHave() {
        MultipartForm form = form("entries", noise(15 << 20));
        for (int i = 0; i < 5; i++) {
            upload("/data/long", form);
        }

        HttpResponse<Buffer> response = get("/data/long?count=5");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).contains("ask for fewer");
    }

    private static Buffer noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return Buffer.buffer(noise);
    }

    private static MultipartForm form(String name, String... entries) {
        Buffer[] buffers = new Buffer[entries.length];
        for (int i = 0; i < entries.length; i++) {
            buffers[i] = Buffer.buffer(entries[i]);
        }
        return form(name, buffers);
    }

    private static MultipartForm form(String name, Buffer... entries) {
        MultipartForm form = MultipartForm.create();
        for (Buffer entry : entries) {
            form.binaryFileUpload(name, "file", entry, "application/octet-stream");
        }
        return form;
    }

    private HttpResponse<Buffer> upload(String path, MultipartForm form) {
        return gateway.request(HttpMethod.POST, path)
                .bearerTokenAuthentication(token)
                // Otherwise parts of one name become a form in the form, which RFC 7578 does not have any more.
                .multipartMixed(false)
                .sendMultipartForm(form)
                .await();
    }

    private HttpResponse<Buffer> get(String path) {
        return gateway.get(path).bearerTokenAuthentication(token).send().await();
    }

    private String put(String path, String json) {
        return gateway.request(HttpMethod.PUT, path)
                .bearerTokenAuthentication(token)
                .sendJsonObject(new JsonObject(json))
                .await()
                .bodyAsString();
    }

    private String delete(String path) {
        return gateway.request(HttpMethod.DELETE, path)
                .bearerTokenAuthentication(token)
                .send()
                .await()
                .bodyAsString();
    }
}
