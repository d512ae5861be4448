package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two gateways on two event loops behind one port: every connection goes to the next of them, whoever has the session. */
@TestInstance(Lifecycle.PER_CLASS)
class LiveLoopsTest {

    private final LiveFixture live = new LiveFixture(2, LiveFixture.config());
    private final WebClient forgetful = WebClient.create(
            live.vertx,
            new WebClientOptions()
                    .setDefaultHost("127.0.0.1")
                    .setDefaultPort(live.port())
                    .setKeepAlive(false));

    @BeforeEach
    void forget() {
        live.parrot.diary.clear();
    }

    @AfterAll
    void close() {
        live.close();
    }

    private RawPoll greeted(int eio) {
        RawPoll client = new RawPoll(forgetful, eio);
        if (eio == 4) {
            client.say("40");
        }
        assertThat(client.poll()).hasSize(2);
        return client;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void pollsAtOneASessionOfTheOther(int eio) {
        for (int client = 0; client < 2; client++) {
            RawPoll polling = greeted(eio);
            for (int i = 0; i < 5; i++) {
                Future<HttpResponse<Buffer>> waiting = polling.get();
                polling.say("42[\"echo\",%d]".formatted(i));
                assertThat(polling.packets(waiting.await())).containsExactly("42[\"echo\",[%d]]".formatted(i));
                assertThat(polling.say("42[\"echo\",1]", "421[\"echo\",2]").statusCode())
                        .isEqualTo(200);
                assertThat(polling.poll()).containsExactly("42[\"echo\",[1]]", "42[\"echo\",[2]]", "431[]");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void upgradesAtOneASessionOfTheOther(int eio) {
        List<RawSocket> sockets = new ArrayList<>();
        // Both kinds: where an even number of connections came before, and where an odd one did.
        for (int client = 0; client < 4; client++) {
            RawPoll polling = greeted(eio);
            if (client % 2 == 1) {
                assertThat(forgetful.get("/nowhere").send().await().statusCode())
                        .isEqualTo(404);
            }
            RawSocket socket = live.open(polling.query("websocket")).say("2probe");
            assertThat(socket.hear()).isEqualTo("3probe");
            socket.say("5");
            for (int i = 0; i < 100; i++) {
                socket.say("42%d[\"echo\",%d]".formatted(i, i));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(socket.hear(2)).containsExactly("42[\"echo\",[%d]]".formatted(i), "43%d[]".formatted(i));
            }
            sockets.add(socket);
        }
        assertThat(live.metered("sockets", "transport", "websocket")).isEqualTo(4);

        live.parrot.diary.clear();
        sockets.forEach(socket -> socket.socket.close().await());

        Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("-/", "-/", "-/", "-/"));
    }

    /** Half of the time its WebSocket is at the other loop; what is said meanwhile is neither lost, doubled nor mixed up. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 3, 4})
    void losesNothingWhileAClientUpgrades(int eio) {
        int events = 200;
        RawPoll polling = greeted(eio);
        polling.say("42[\"count\",%d]".formatted(events));
        List<String> heard = new ArrayList<>(polling.poll());
        RawSocket socket = live.open(polling.query("websocket")).say("2probe");
        assertThat(socket.hear()).isEqualTo("3probe");
        heard.addAll(polling.poll());
        socket.say("5");
        while (heard.stream().filter(frame -> frame.startsWith("42[\"count\"")).count() < events) {
            heard.add(socket.hear());
        }

        heard.removeIf(frame -> frame.equals("6"));
        assertThat(heard)
                .isEqualTo(IntStream.range(0, events)
                        .mapToObj("42[\"count\",%d]"::formatted)
                        .toList());
        assertThat(socket.untilEcho("nothing more")).isEmpty();
        socket.socket.close().await();
        Awaitility.await().until(() -> live.metered("sockets", "transport", "websocket") == 0);
    }

    @Test
    void endsASessionWhosePollIsDroppedElsewhere() {
        for (int i = 0; i < 2; i++) {
            RawPoll polling = greeted(3);
            live.parrot.diary.clear();
            if (i == 1) {
                assertThat(forgetful.get("/nowhere").send().await().statusCode())
                        .isEqualTo(404);
            }
            new RawRequest(live, "GET", polling.query("polling")).close();

            Awaitility.await().untilAsserted(() -> assertThat(live.parrot.diary).containsExactly("-/"));
        }
    }

    @Test
    void answersForWhatIsTooLongElsewhere() {
        RawPoll polling = greeted(4);

        for (int i = 0; i < 2; i++) {
            HttpResponse<Buffer> refused =
                    polling.post(Buffer.buffer("4" + "x".repeat(70_000)), "text/plain;charset=UTF-8");
            assertThat(refused.statusCode()).isEqualTo(413);
        }
        polling.say("42[\"echo\",1]");
        assertThat(polling.poll()).containsExactly("42[\"echo\",[1]]");
    }
}
