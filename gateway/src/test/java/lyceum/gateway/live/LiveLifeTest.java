package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import lyceum.gateway.live.LiveConfig.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long connections live, and that nothing is left of them. */
class LiveLifeTest {

    private LiveFixture live;

    @AfterEach
    void close() {
        live.close();
    }

    private void impatient() {
        live = new LiveFixture("LYCEUM_SOCKETIO_PING_INTERVAL", "200ms", "LYCEUM_SOCKETIO_PING_TIMEOUT", "700ms");
    }

    @Test
    void asksNewClientsAndClosesThoseThatAreSilent() {
        impatient();
        RawSocket client = live.open(4).say("40");
        client.hear(3);

        for (int i = 0; i < 3; i++) {
            assertThat(client.hear()).isEqualTo("2");
            client.say("3");
        }
        assertThat(client.hear()).isEqualTo("2");

        assertThat(client.closed()).isEqualTo(1000);
        assertThat(live.parrot.diary).containsExactly("+/", "-/");
    }

    @Test
    void letsOldClientsAskAndClosesThoseThatAreSilent() {
        impatient();
        RawSocket client = live.open(3);
        client.hear(3);

        for (int i = 0; i < 3; i++) {
            assertThat(client.say("2").hear()).isEqualTo("3");
        }

        assertThat(client.closed()).isEqualTo(1000);
        assertThat(client.heard).isEmpty();
        assertThat(live.parrot.diary).containsExactly("+/", "-/");
    }

    @Test
    void asksNoOldClientAfterItsUpgrade() {
        impatient();
        RawPoll client = live.poll(3);
        client.poll();
        RawSocket socket = live.open(client.query("websocket")).say("2probe");
        assertThat(socket.hear()).isEqualTo("3probe");
        socket.say("5");

        assertThat(socket.hear()).isEqualTo("6");
        assertThat(socket.say("2").hear()).isEqualTo("3");
        assertThat(socket.closed()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void endsAPollWhoseClientIsSilent(int eio) {
        impatient();
        RawPoll client = live.poll(eio);

        Awaitility.await().until(() -> client.get().await().statusCode() == 400);

        assertThat(live.metered("sockets", "transport", "polling")).isZero();
    }

    /** Whoever does not do at once what takes no time. */
    private void hasty() {
        LiveConfig usual = LiveFixture.config();
        Duration moment = Duration.ofMillis(400);
        live = new LiveFixture(
                1,
                new LiveConfig(
                        List.of(),
                        10,
                        usual.pingInterval(),
                        usual.pingTimeout(),
                        usual.messageBytes(),
                        usual.lag(),
                        new Patience(moment, moment, moment)));
    }

    @Test
    void closesWhereNoNamespaceIsJoined() {
        hasty();

        assertThat(live.open(4).closed()).isEqualTo(1000);
        assertThat(live.open(3).say("41").closed()).isEqualTo(1000);

        RawSocket back = live.open(4).say("40", "41", "40");
        assertThat(back.hear(5).get(4)).startsWith("42");
        assertThat(live.open(4).closed()).isEqualTo(1000);
        assertThat(back.isClosed()).isFalse();
    }

    /** One that does not even ask what there is to hear. Old clients are in the first namespace, if there is one for them. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void keepsNothingOfAPollWhereNoNamespaceIsJoined(int eio) {
        hasty();
        live.parrot.isClosed = true;
        RawPoll client = live.poll(eio);

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(LiveConnections.of(live.vertx).size()).isZero());

        assertThat(live.metered("sockets", "transport", "polling")).isZero();
        assertThat(client.get().await().statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void keepsAPollWhereANamespaceIsJoined(int eio) {
        hasty();
        live.poll(eio).say("40");

        live.open(4).closed();

        assertThat(live.metered("sockets", "transport", "polling")).isEqualTo(1);
    }

    @Test
    void closesAnUpgradeThatDoesNotComeToItsEnd() {
        hasty();
        RawPoll client = live.poll(3);
        client.poll();
        RawSocket socket = live.open(client.query("websocket")).say("2probe");

        assertThat(socket.closed()).isEqualTo(1000);

        client.say("42[\"echo\",1]");
        assertThat(client.poll()).containsExactly("42[\"echo\",[1]]");
    }

    @Test
    void waitsForNoBody() {
        hasty();
        RawPoll client = live.poll(4);

        try (RawRequest request = new RawRequest(live, "POST", client.query("polling"), "Content-Length: 3")) {
            request.say("4");
            request.hear("HTTP/1.1 408 ");
        }
    }

    @Test
    void letsGoOfEverybodyWhenItStops() {
        live = new LiveFixture();
        RawSocket socket = live.open(4).say("40");
        socket.hear(3);
        RawPoll polling = live.poll(3);
        polling.poll();
        Future<HttpResponse<Buffer>> waiting = polling.get();
        RawPoll away = live.poll(4);
        away.say("40");
        assertThat(LiveConnections.of(live.vertx).size()).isEqualTo(3);

        live.undeploy().await();

        // Not a word of Socket.IO: clients would take that for a farewell, and not come back.
        assertThat(socket.closed()).isEqualTo(1001);
        assertThat(socket.heard).isEmpty();
        assertThat(polling.packets(waiting.await())).isEqualTo(List.of("1"));
        assertThat(live.parrot.diary).containsExactlyInAnyOrder("+/", "+/", "+/", "-/", "-/", "-/");
        assertThat(LiveConnections.of(live.vertx).size()).isZero();
        assertThat(live.meters.getMeters()).isEmpty();
    }

    @Test
    void takesOneWebSocketForASession() {
        live = new LiveFixture();
        RawPoll client = live.poll(4);
        RawSocket first = live.open(client.query("websocket")).say("2probe");
        assertThat(first.hear()).isEqualTo("3probe");

        assertThat(live.open(client.query("websocket")).closed()).isEqualTo(1008);

        first.say("5", "40");
        assertThat(first.hear()).startsWith("40");
        assertThat(live.open(client.query("websocket")).closed()).isEqualTo(1008);
        assertThat(first.hear()).startsWith("42[\"hello\"");
    }

    @Test
    void letsAClientTryAgainToUpgradeButNotForEver() {
        live = new LiveFixture();
        RawPoll client = live.poll(4);
        client.say("40");
        client.poll();
        for (int i = 0; i < 10; i++) {
            RawSocket attempt = live.open(client.query("websocket"));
            assertThat(attempt.say("2probe").hear()).isEqualTo("3probe");
            attempt.say("nonsense", "41");
            assertThat(attempt.closed()).isEqualTo(1000);
        }

        assertThat(live.open(client.query("websocket")).closed()).isEqualTo(1008);
        client.say("42[\"echo\",1]");
        assertThat(client.poll()).containsExactly("42[\"echo\",[1]]");
    }

    @Test
    void countsPacketsBothWays() {
        live = new LiveFixture();
        RawSocket client = live.open(3);
        client.hear(3);
        double in = live.metered("packets", "direction", "in");
        double out = live.metered("packets", "direction", "out");

        client.say("421[\"all\",1]").hear(4);

        assertThat(live.metered("packets", "direction", "in")).isEqualTo(in + 1);
        assertThat(live.metered("packets", "direction", "out")).isEqualTo(out + 4);
    }
}
