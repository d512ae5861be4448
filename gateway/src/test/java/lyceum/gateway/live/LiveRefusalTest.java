package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.client.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered instead of a connection; the fixtures' {@code refusals}, and limits. */
@TestInstance(Lifecycle.PER_CLASS)
class LiveRefusalTest {

    private final LiveFixture live = new LiveFixture("LYCEUM_SOCKETIO_ORIGINS", "https://friend.example");

    @AfterAll
    void close() {
        live.close();
    }

    private HttpResponse<Buffer> get(String query) {
        return live.web.get(LiveFixture.PATH + query).send().await();
    }

    private HttpResponse<Buffer> post(RawPoll client, String body) {
        return client.post(Buffer.buffer(body), "text/plain;charset=UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "?transport=polling | \"The client is using an unsupported version of the Socket.IO or Engine.IO protocols\"",
                "? | \"The client is using an unsupported version of the Socket.IO or Engine.IO protocols\"",
                "?EIO=5&transport=polling | \"The client is using an unsupported version of the Socket.IO or Engine.IO protocols\"",
                "?EIO=&transport=websocket | \"The client is using an unsupported version of the Socket.IO or Engine.IO protocols\"",
                "?eio=4 | \"The client is using an unsupported version of the Socket.IO or Engine.IO protocols\"",
                "?EIO=4&EIO=9 | \"The client is using an unsupported version of the Socket.IO or Engine.IO protocols\"",
                "?EIO=4&EIO=4 | \"The client is using an unsupported version of the Socket.IO or Engine.IO protocols\"",
                "?EIO=3&transport=pigeon | \"Invalid transport\"",
                "?EIO=4&transport=websocket | \"Invalid websocket upgrade\"",
                "?EIO=4&transport=polling&sid=nope | \"Invalid session nope\"",
                "?EIO=4&transport=polling&j=1);alert( | \"Invalid callback\""
            })
    void refusesARequestThatMakesNoSense(String query, String text) {
        HttpResponse<Buffer> response = get(query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo(text);
        assertThat(response.getHeader("Content-Type")).startsWith("text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "websocket, Upgrade, '', 13",
        "websocket, keep-alive, dGhlIHNhbXBsZSBub25jZQ==, 13",
        "websocket, Upgrade, dGhlIHNhbXBsZSBub25jZQ==, 8",
        "h2c, Upgrade, dGhlIHNhbXBsZSBub25jZQ==, 13"
    })
    void refusesAHandshakeThatIsNone(String upgrade, String connection, String key, String version) {
        HttpResponse<Buffer> response = live.web
                .get(LiveFixture.PATH + "?EIO=4&transport=websocket")
                .putHeader("Upgrade", upgrade)
                .putHeader("Connection", connection)
                .putHeader("Sec-WebSocket-Key", key)
                .putHeader("Sec-WebSocket-Version", version)
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("\"Invalid websocket upgrade\"");
    }

    @Test
    void refusesARequestWithoutAQuery() {
        assertThat(get("").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void pollsWhereNoTransportIsNamed(int eio) {
        assertThat(get("?EIO=" + eio).statusCode()).isEqualTo(200);
        assertThat(get("?EIO=%d&transport=polling&transport=polling&x&=".formatted(eio))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void servesScriptsToThoseWhoCanNothingElse() {
        HttpResponse<Buffer> response = get("?EIO=3&transport=polling&j=7");

        assertThat(response.getHeader("Content-Type")).startsWith("text/javascript");
        assertThat(response.bodyAsString()).startsWith("___eio[7](\"");
        String open = response.bodyAsString().replace("\\\"", "\"");
        String sid = open.substring(open.indexOf("sid\": \"") + 7, open.indexOf("\", \"upgrades"));
        String uri = LiveFixture.PATH + "?EIO=3&transport=polling&j=8&sid=" + sid;
        MultiMap form = MultiMap.caseInsensitiveMultiMap().set("d", "13:42[\"echo\",12]");
        assertThat(live.web.post(uri).sendForm(form).await().statusCode()).isEqualTo(200);
        assertThat(live.web.get(uri).send().await().bodyAsString())
                .startsWith("___eio[8](\"2:40")
                .contains("42[\\\"echo\\\",[12]]");
    }

    /** As engine.io-client writes a form: escapes of line ends in the packet have two backslashes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a\\n | a\\\\n",
                "a\\nb\\n | a\\\\nb\\\\n",
                "a\\\\nb | a\\\\\\nb",
                "a\\\\b\\t | a\\\\b\\t",
                "ü+%& | ü+%&"
            })
    void readsLineEndsInForms(String json, String written) {
        for (int eio : new int[] {3, 4}) {
            RawPoll client = new RawPoll(live.web, eio);
            client.say("40");
            client.poll();
            live.parrot.diary.clear();
            String packet = "42[\"echo\",\"%s\"]";
            int characters = packet.formatted(json).length();
            MultiMap form = MultiMap.caseInsensitiveMultiMap()
                    .set("d", (eio == 3 ? characters + ":" : "") + packet.formatted(written));

            String uri = LiveFixture.PATH + "?j=0&" + client.query("polling");
            assertThat(live.web.post(uri).sendForm(form).await().statusCode()).isEqualTo(200);

            assertThat(live.parrot.diary)
                    .filteredOn(entry -> entry.startsWith("echo"))
                    .containsExactly("echo" + new JsonArray("[\"%s\"]".formatted(json)).encode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x=1", "d=%", "d=%FF", "d=%ED%A0%80"})
    void refusesAFormThatMakesNoSense(String form) {
        RawPoll client = new RawPoll(live.web, 4);
        String uri = LiveFixture.PATH + "?j=0&" + client.query("polling");

        assertThat(live.web
                        .post(uri)
                        .putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .sendBuffer(Buffer.buffer(form))
                        .await()
                        .statusCode())
                .isEqualTo(400);
        client.say("40");
        assertThat(client.poll().get(0)).startsWith("40");
    }

    @Test
    void isAtItsPathOnly() {
        assertThat(live.web.get("/api/socket.io?EIO=4").send().await().statusCode())
                .isEqualTo(404);
        assertThat(live.web.get("/api/socket.io/x?EIO=4").send().await().statusCode())
                .isEqualTo(404);
    }

    @Test
    void refusesAPostWithoutASession() {
        String uri = LiveFixture.PATH + "?EIO=4&transport=polling";
        assertThat(live.web.post(uri).sendBuffer(Buffer.buffer("40")).await().statusCode())
                .isEqualTo(400);
        assertThat(live.web
                        .post(uri + "&sid=nope")
                        .sendBuffer(Buffer.buffer("40"))
                        .await()
                        .bodyAsString())
                .isEqualTo("\"Invalid session nope\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EIO=5&transport=websocket", "EIO=4&transport=websocket&sid=nope"})
    void refusesAWebSocketByItsHandshake(String query) {
        assertThatThrownBy(() -> live.open(query))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refused -> assertThat(refused.getStatus()).isEqualTo(400));
    }

    @Test
    void saysWhatMethodsThereAre() {
        HttpResponse<Buffer> options =
                live.web.request(HttpMethod.OPTIONS, LiveFixture.PATH).send().await();
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.getHeader("Access-Control-Allow-Methods")).isEqualTo("OPTIONS, GET, POST");

        HttpResponse<Buffer> put =
                live.web.put(LiveFixture.PATH + "?EIO=4").send().await();
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.getHeader("Allow")).isEqualTo("OPTIONS, GET, POST");
    }

    @Test
    void refusesForeignPages() {
        String evil = "http://evil.example";
        HttpResponse<Buffer> response = live.web
                .get(LiveFixture.PATH + "?EIO=4&transport=polling")
                .putHeader("Origin", evil)
                .send()
                .await();
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("\"http://evil.example is not an accepted origin.\"");
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isNull();
        try (RawRequest socket = live.upgrade("EIO=4&transport=websocket", "Origin: " + evil)) {
            socket.hear("HTTP/1.1 400 ");
            socket.hear("\"http://evil.example is not an accepted origin.\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d", "https://friend.example"})
    void letsOurPagesComeAndThoseOfFriends(String pattern) {
        String origin = pattern.formatted(live.port());
        HttpResponse<Buffer> response = live.web
                .get(LiveFixture.PATH + "?EIO=3&transport=polling")
                .putHeader("Origin", origin)
                .send()
                .await();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(response.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
        HttpResponse<Buffer> preflight = live.web
                .request(HttpMethod.OPTIONS, LiveFixture.PATH)
                .putHeader("Origin", origin)
                .putHeader("Access-Control-Request-Headers", "x-token")
                .send()
                .await();
        assertThat(preflight.getHeader("Access-Control-Allow-Headers")).isEqualTo("x-token");
        try (RawRequest socket = live.upgrade("EIO=4&transport=websocket", "Origin: " + origin)) {
            socket.hear("HTTP/1.1 101 ");
        }
    }

    @Test
    void refusesBodiesThatAreTooLong() {
        RawPoll client = live.poll(4);

        assertThat(post(client, "4" + "x".repeat(64 * 1024)).statusCode()).isEqualTo(413);
        // It has lost nothing by that.
        assertThat(client.say("40").statusCode()).isEqualTo(200);
        assertThat(client.poll().get(0)).startsWith("40");
    }

    @Test
    void refusesBodiesThatBecomeTooLong() {
        RawPoll client = live.poll(4);

        try (RawRequest request = new RawRequest(live, "POST", client.query("polling"), "Transfer-Encoding: chunked")) {
            for (int i = 0; i < 5; i++) {
                request.say("4000\r\n" + "x".repeat(0x4000) + "\r\n");
            }
            request.hear("HTTP/1.1 413 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"3, hello", "3, ''", "3, 5:42", "3, -1:4", "3, 99999999999:4", "4, hello", "4, 9", "4, ''"})
    void refusesBodiesThatMakeNoSense(int eio, String body) {
        assertThat(post(live.poll(eio), body).statusCode()).isIn(200, 400);
        assertThat(post(live.poll(eio), body).bodyAsString()).doesNotContain("xception");
    }

    @Test
    void refusesBinaryBodiesThatMakeNoSense() {
        for (byte[] body :
                new byte[][] {{2}, {0, 1}, {0, 1, -1}, {0, 9, 9, -1, 52}, {0, -1}, {5, 1, -1, 4}, {1, 1, -1, -7}}) {
            HttpResponse<Buffer> answer = live.poll(3).post(Buffer.buffer(body), "application/octet-stream");
            assertThat(answer.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void endsASessionThatPollsTwiceAtOnce() {
        RawPoll client = live.poll(4);
        Future<HttpResponse<Buffer>> first = client.get();
        RawRequest second = new RawRequest(live, "GET", client.query("polling"));
        second.hear("HTTP/1.1 ");
        second.close();

        assertThat(client.get().await().statusCode()).isEqualTo(400);
        assertThat(first.await().bodyAsString()).isEqualTo("1");
    }

    @Test
    void hasRoomForSoManyConnections() {
        try (LiveFixture small = new LiveFixture("LYCEUM_SOCKETIO_CONNECTIONS", "2")) {
            RawSocket first = small.open(4);
            small.poll(3);
            HttpResponse<Buffer> refused = small.web
                    .get(LiveFixture.PATH + "?EIO=4&transport=polling")
                    .send()
                    .await();
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.getHeader("Retry-After")).isEqualTo("5");
            assertThat(refused.bodyAsString()).isEqualTo("\"Too many connections\"");
            assertThat(small.metered("sockets", "transport", "websocket")).isEqualTo(1);
            assertThat(small.metered("sockets", "transport", "polling")).isEqualTo(1);
            assertThat(small.metered("refused")).isEqualTo(1);

            first.socket.close().await();

            Awaitility.await()
                    .untilAsserted(() -> assertThat(small.open(3).hear(2)).endsWith("40"));
        }
    }
}
