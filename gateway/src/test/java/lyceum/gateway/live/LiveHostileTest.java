package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client can do to us, and above all to others: nothing. */
@TestInstance(Lifecycle.PER_CLASS)
class LiveHostileTest {

    private final LiveFixture live = new LiveFixture();
    private final RawSocket witness = client(4);

    @AfterAll
    void close() {
        live.close();
    }

    @BeforeEach
    void forget() {
        live.parrot.diary.clear();
    }

    private RawSocket client(int eio) {
        RawSocket client = live.open(eio);
        if (eio == 4) {
            client.say("40");
        }
        client.hear(3);
        return client;
    }

    static Stream<Arguments> inputs() throws IOException {
        Stream.Builder<Arguments> inputs = Stream.builder();
        for (int eio : new int[] {3, 4}) {
            try (InputStream file =
                    LiveHostileTest.class.getResourceAsStream("/live/malformed-eio%d.json".formatted(eio))) {
                new JsonObject(Buffer.buffer(file.readAllBytes()))
                        .getJsonArray("cases").stream()
                                .map(JsonObject.class::cast)
                                .forEach(input -> inputs.add(
                                        Arguments.of(eio, input.getString("case"), input.getValue("client"))));
            }
        }
        return inputs.build();
    }

    /** Broken payloads are the domain's business, broken frames are ours: here the connection survives all of them. */
    @ParameterizedTest(name = "EIO={0} {1}")
    @MethodSource("inputs")
    void goesOnBehindNonsense(int eio, String name, Object input) {
        RawSocket client = client(eio);
        live.parrot.diary.clear();

        if (input instanceof JsonObject binary) {
            client.say(HexFormat.of().parseHex(binary.getString("binary")));
        } else {
            client.say((String) input);
        }

        List<String> heard = client.untilEcho("still there");
        assertThat(heard).allMatch(frame -> frame.startsWith("44/x,"));
        assertThat(live.parrot.diary).noneMatch(entry -> entry.matches("[+-].*|dis.*|conn.*|err.*"));
        assertThat(witness.untilEcho("nothing")).isEmpty();
        client.socket.close().await();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect",
                "connect_error",
                "disconnect",
                "disconnecting",
                "error",
                "newListener",
                "removeListener"
            })
    void takesNoEventForOneOfItsOwn(String event) {
        for (int eio : new int[] {3, 4}) {
            RawSocket client = client(eio);
            live.parrot.diary.clear();

            assertThat(client.say("421[\"%s\",{}]".formatted(event)).untilEcho("still there"))
                    .isEmpty();

            assertThat(live.parrot.diary).containsExactly("echo[\"still there\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void letsAClientInOnce(int eio) {
        RawSocket client = client(eio);
        live.parrot.diary.clear();

        assertThat(client.say("40", "40{}", "40{\"a\":1}", "40/").untilEcho("once"))
                .isEmpty();
        client.socket.close().await();

        Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("echo[\"once\"]", "-/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42[",
                "42{\"a\":1}",
                "42[click,{user:'M'}]",
                "42['echo']",
                "42[\"echo\"] x",
                "42[NaN]",
                "42[null]",
                "42[[\"echo\"]]",
                "42/,",
                "42/x",
                "45",
                "451-",
                "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]",
                "459999999999-[\"echo\"]",
                "461-1[]",
                "430[]",
                "44\"x\"",
                "4",
                "47",
                "9",
                "b4!!",
                "b",
                "7"
            })
    void ignoresWhatIsNoPacket(String frame) {
        for (int eio : new int[] {3, 4}) {
            assertThat(client(eio).say(frame).untilEcho("still there")).isEmpty();
        }
    }

    /** RFC 6455, section 8.1; a lone surrogate, which Python and old browsers can send, is no UTF-8 either. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "eda080", "c0af", "e282", "f4908080"})
    void closesWhereTextIsNotUtf8(String bytes) {
        for (int eio : new int[] {3, 4}) {
            RawSocket client = client(eio);
            live.parrot.diary.clear();

            client.socket.writeFrame(WebSocketFrame.textFrame("42[\"echo\",\"", false));
            client.socket.writeFrame(WebSocketFrame.continuationFrame(
                    Buffer.buffer(HexFormat.of().parseHex(bytes)), false));
            client.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("\"]"), true));

            assertThat(client.closed()).isEqualTo(1007);
            Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("-/"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "eda080", "c0af", "e282"})
    void refusesAPollWhoseTextIsNotUtf8(String bytes) {
        for (int eio : new int[] {3, 4}) {
            RawPoll client = new RawPoll(live.web, eio);
            client.say("40");
            client.poll();
            live.parrot.diary.clear();
            Buffer packet = Buffer.buffer("42[\"echo\",\"")
                    .appendBytes(HexFormat.of().parseHex(bytes))
                    .appendString("\"]");
            Buffer binary = Buffer.buffer(
                            new byte[] {0, (byte) (packet.length() / 10), (byte) (packet.length() % 10), -1})
                    .appendBuffer(packet);
            int characters = packet.toString().length();
            Buffer text = eio == 3 ? Buffer.buffer(characters + ":").appendBuffer(packet) : packet;

            assertThat(client.post(text, "text/plain;charset=UTF-8").statusCode())
                    .isEqualTo(400);
            if (eio == 3) {
                assertThat(client.post(binary, "application/octet-stream").statusCode())
                        .isEqualTo(400);
            }

            client.say("42[\"echo\",1]", "41");
            Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("echo[1]", "-/"));
        }
    }

    @Test
    void ignoresBytes() {
        for (int eio : new int[] {3, 4}) {
            RawSocket client =
                    client(eio).say(new byte[] {4, 1, 2}).say(new byte[0]).say(new byte[] {-1});

            assertThat(client.untilEcho("still there")).isEmpty();
        }
    }

    @Test
    void ignoresWishesForAnAcknowledgementBeyondReason() {
        for (int eio : new int[] {3, 4}) {
            assertThat(client(eio).say("42" + "1".repeat(101) + "[\"echo\"]").untilEcho("still there"))
                    .isEmpty();
        }
    }

    @Test
    void ignoresNestingBeyondReason() {
        for (int eio : new int[] {3, 4}) {
            RawSocket client = client(eio);

            client.say("42[\"echo\"," + "[".repeat(20_000) + "]".repeat(20_000) + "]");
            client.say("40/class-a," + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000));

            assertThat(client.untilEcho("still there")).noneMatch(frame -> frame.startsWith("42[\"echo"));
        }
    }

    @Test
    void closesWhereAMessageIsTooLong() {
        for (int eio : new int[] {3, 4}) {
            RawSocket client = client(eio);

            client.say("42[\"echo\",\"" + "x".repeat(64 * 1024) + "\"]");

            assertThat(client.closed()).isEqualTo(1009);
        }
        assertThat(witness.untilEcho("nothing")).isEmpty();
    }

    @Test
    void closesWhereFramesAreTooLongTogether() {
        RawSocket client = client(4);

        client.socket
                .writeFrame(WebSocketFrame.textFrame("42[\"echo\",\"", false))
                .await();
        for (int i = 0; i < 3; i++) {
            client.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(30_000)), false));
        }

        assertThat(client.closed()).isEqualTo(1009);
    }

    @Test
    void closesWhereAFrameIsBeyondTheServer() {
        RawSocket client = client(4);

        client.socket.writeTextMessage("x".repeat(300_000));

        assertThat(client.closed()).isEqualTo(1009);
    }

    @Test
    void putsMessagesTogether() {
        RawSocket client = client(3);

        client.socket.writeFrame(WebSocketFrame.textFrame("42[\"ec", false));
        client.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("ho\",\"a"), false));
        client.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("b\"]"), true));

        assertThat(client.hear()).isEqualTo("42[\"echo\",[\"ab\"]]");
    }

    @Test
    void countsWhatItIgnores() {
        double before = live.metered("refused");

        client(4).say("42[", "42[\"echo\"]").untilEcho("x");

        assertThat(live.metered("refused")).isEqualTo(before + 1);
    }

    @Test
    void letsADefectCloseTheSocket() {
        RawSocket client = client(4);

        client.say("42[\"fail\"]");

        assertThat(client.closed()).isEqualTo(1000);
        assertThat(live.parrot.diary).containsExactly("+/", "fail[]", "-/");
    }

    @Test
    void letsAListenerCloseTheSocket() {
        RawSocket client = client(3);

        client.say("42[\"leave\"]", "42[\"echo\",1]");

        assertThat(client.closed()).isEqualTo(1000);
        assertThat(live.parrot.diary).containsExactly("+/", "leave[]", "-/");
    }
}
