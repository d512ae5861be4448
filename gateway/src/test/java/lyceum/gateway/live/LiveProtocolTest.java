package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frame by frame, as the fixtures raw-eio3 and raw-eio4 have it. */
@TestInstance(Lifecycle.PER_CLASS)
class LiveProtocolTest {

    private static final String HELLO = "42[\"hello\",";

    private final LiveFixture live = new LiveFixture();

    @AfterAll
    void close() {
        live.close();
    }

    /** @return an old client that has been greeted */
    private RawSocket old() {
        RawSocket client = live.open(3);
        assertThat(client.hear()).startsWith("0{");
        assertThat(client.hear()).isEqualTo("40");
        assertThat(client.hear()).startsWith(HELLO);
        return client;
    }

    /** @return a new client that has been greeted */
    private RawSocket modern() {
        RawSocket client = live.open(4);
        assertThat(client.hear()).startsWith("0{");
        client.say("40");
        assertThat(client.hear()).startsWith("40{\"sid\":\"");
        assertThat(client.hear()).startsWith(HELLO);
        return client;
    }

    private RawSocket client(int eio) {
        return eio == 3 ? old() : modern();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void opensOverAWebSocket(int eio) {
        RawSocket client = live.open(eio);

        JsonObject open = new JsonObject(client.hear().substring(1));
        assertThat(open.getString("sid")).isNotBlank();
        assertThat(open.getJsonArray("upgrades")).isEmpty();
        assertThat(open.getInteger("pingInterval")).isEqualTo(25_000);
        assertThat(open.getInteger("pingTimeout")).isEqualTo(60_000);
    }

    /** No client may do so (RFC 6455, section 4.1); but one that is not told would wait for ever. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void hearsWhatComesTogetherWithTheHandshake(int eio) {
        Buffer bytes = RawRequest.head(
                live,
                "GET",
                "transport=websocket&EIO=" + eio,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        for (String packet : List.of("40", "427[\"echo\",1]")) {
            bytes.appendBytes(new byte[] {(byte) 0x81, (byte) (0x80 | packet.length()), 0, 0, 0, 0})
                    .appendString(packet);
        }

        try (RawRequest request = new RawRequest(live, bytes)) {
            request.hear("437[]");
        }
    }

    /** Python, which the contract was taken from, has no greatest number. */
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "007,7",
        "999999999,999999999",
        "1000000000,1000000000",
        "2147483648,2147483648",
        "99999999999999999999,99999999999999999999"
    })
    void acknowledgesWithAnyNumber(String asked, String told) {
        for (int eio : new int[] {3, 4}) {
            RawSocket client = client(eio);

            client.say("42" + asked + "[\"echo\",1]");

            assertThat(client.hear(2)).containsExactly("42[\"echo\",[1]]", "43" + told + "[]");
            client.socket.close().await();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void passesEventsOnAndAcknowledgesBehindWhatTheyCause(int eio) {
        RawSocket client = client(eio);

        client.say("42[\"echo\",\"ü€😀\",null,{\"a\":null,\"b\":[1.5,true,{}]}]", "420[\"all\",1]", "4217[\"all\",2]");

        assertThat(client.hear()).isEqualTo("42[\"echo\",[\"ü€😀\",null,{\"a\":null,\"b\":[1.5,true,{}]}]]");
        assertThat(client.hear(4))
                .containsExactly("42[\"before\",null]", "42[\"all\",[1]]", "42[\"after\",null]", "430[]");
        assertThat(client.hear(4)).endsWith("4317[]");
    }

    @Test
    void saysTheSameToBothGenerations() {
        RawSocket old = old();
        RawSocket modern = modern();

        old.say("42[\"all\",\"o\"]");
        modern.say("42[\"all\",\"m\"]");

        assertThat(modern.hear(6)).contains("42[\"all\",[\"o\"]]", "42[\"all\",[\"m\"]]");
        assertThat(old.hear(6)).contains("42[\"all\",[\"o\"]]", "42[\"all\",[\"m\"]]");
    }

    @Test
    void answersThePingsOfOldClientsWithWhatTheySaid() {
        assertThat(old().say("2", "2abc").hear(2)).containsExactly("3", "3abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void letsAClientLeaveItsNamespaceOnceAndJoinAgain(int eio) {
        RawSocket client = client(eio);
        live.parrot.diary.clear();

        client.say("41", "41", "42[\"echo\",1]", "40");

        assertThat(client.hear()).startsWith("40");
        assertThat(client.hear()).startsWith(HELLO);
        assertThat(live.parrot.diary).containsExactly("-/", "+/");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void endsASessionOnceWithThePacketOfTheEngine(int eio) {
        RawSocket client = client(eio);
        live.parrot.diary.clear();

        client.say("1");

        assertThat(client.closed()).isEqualTo(1000);
        Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("-/"));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void endsASessionOnceWithItsSocket(int eio) {
        RawSocket client = client(eio);
        live.parrot.diary.clear();

        client.socket.close().await();

        Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("-/"));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void polls(int eio) {
        RawPoll client = live.poll(eio);

        assertThat(client.handshake.statusCode()).isEqualTo(200);
        assertThat(client.handshake.getHeader("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(client.handshake.getHeader("Set-Cookie")).startsWith("io=" + client.sid + "; Path=/");
        assertThat(client.opened.getJsonArray("upgrades")).containsExactly("websocket");
        greeted(client, eio);
        HttpResponse<Buffer> said = client.say("42[\"echo\",\"ü€😀\"]", "423[\"all\",1]");
        assertThat(said.statusCode()).isEqualTo(200);
        assertThat(said.bodyAsString()).isEqualTo("ok");
        assertThat(client.poll())
                .containsExactly(
                        "42[\"echo\",[\"ü€😀\"]]",
                        "42[\"before\",null]",
                        "42[\"all\",[1]]",
                        "42[\"after\",null]",
                        "433[]");
    }

    private static void greeted(RawPoll client, int eio) {
        if (eio == 4) {
            assertThat(client.say("40").statusCode()).isEqualTo(200);
        }
        List<String> packets = client.poll();
        assertThat(packets.get(0)).matches(eio == 4 ? "40\\{\"sid\":\".*\"}" : "40");
        assertThat(packets.get(1)).startsWith(HELLO);
    }

    @Test
    void answersAPollOnceThereIsSomethingToSay() {
        RawPoll client = live.poll(3);
        greeted(client, 3);

        Future<HttpResponse<Buffer>> waiting = client.get();
        client.say("2", "2x");

        assertThat(client.packets(waiting.await()).get(0)).isEqualTo("3");
        assertThat(client.poll()).containsExactly("3x");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void upgradesToAWebSocket(int eio) {
        RawPoll client = live.poll(eio);
        greeted(client, eio);
        Future<HttpResponse<Buffer>> waiting = client.get();

        RawSocket socket = live.open(client.query("websocket"));
        assertThat(socket.say("2probe").hear()).isEqualTo("3probe");
        assertThat(client.packets(waiting.await())).containsExactly("6");
        client.say("42[\"echo\",\"polled\"]");
        socket.say("5", "421[\"all\",\"upgraded\"]");

        assertThat(socket.hear(5))
                .containsExactly(
                        "42[\"echo\",[\"polled\"]]",
                        "42[\"before\",null]",
                        "42[\"all\",[\"upgraded\"]]",
                        "42[\"after\",null]",
                        "431[]");
        live.parrot.diary.clear();
        socket.socket.close().await();
        Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("-/"));
        assertThat(client.get().await().statusCode()).isEqualTo(400);
    }

    @Test
    void endsASessionThatPollsWithThePacketOfTheEngine() {
        RawPoll client = live.poll(4);
        greeted(client, 4);
        live.parrot.diary.clear();

        client.say("1");

        Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("-/"));
        assertThat(client.get().await().statusCode()).isEqualTo(400);
    }

    @Test
    void endsASessionWhosePollIsDropped() {
        RawPoll client = live.poll(4);
        greeted(client, 4);
        live.parrot.diary.clear();

        RawRequest request = new RawRequest(live, "GET", client.query("polling"));
        request.close();

        Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("-/"));
    }

    @Test
    void readsTheBinaryFormOfOldClients() {
        RawPoll client = live.poll(3);
        greeted(client, 3);
        String packet = "42[\"echo\",\"ü€😀\"]";
        byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
        Buffer body = Buffer.buffer();
        body.appendByte((byte) 0);
        Integer.toString(bytes.length).chars().forEach(digit -> body.appendByte((byte) (digit - '0')));
        body.appendByte((byte) 255).appendBytes(bytes);
        body.appendBytes(new byte[] {1, 2, (byte) 255, 4, 7});

        assertThat(client.post(body, "application/octet-stream").statusCode()).isEqualTo(200);

        assertThat(client.poll()).containsExactly("42[\"echo\",[\"ü€😀\"]]");
    }
}
