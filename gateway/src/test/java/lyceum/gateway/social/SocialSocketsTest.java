package lyceum.gateway.social;

import static lyceum.gateway.social.SocialDoorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.gateway.OnLoop;
import lyceum.gateway.TestGateway;
import lyceum.social.Act;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.EndMember;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the wire to social-service and back, through a whole gateway. */
class SocialSocketsTest {

    private static final String STATS = "[\"stats\",{\"click_count_total\":0,\"click_count_today\":0,"
            + "\"click_count_hour\":0,\"event_count_total\":0,\"event_count_today\":0,\"event_count_hour\":0}]";

    private TestGateway gateway;
    private RehearsedClass room;
    private WebSocketClient client;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void start(Map<String, String> settings) {
        gateway = new TestGateway(settings);
        room = new RehearsedClass(gateway.vertx);
        client = gateway.vertx.createWebSocketClient();
    }

    /** A client that says one frame, and keeps what it hears but the handshake. */
    private final class Client {

        final List<String> heard = new CopyOnWriteArrayList<>();
        final ClientWebSocket socket = client.webSocket();

        Client(String query, String... frames) {
            socket.textMessageHandler(heard::add);
            String path = "/api/socket.io/?transport=websocket&EIO=" + query;
            OnLoop.await(gateway.vertx, () -> socket.connect(gateway.port(), "127.0.0.1", path));
            for (String frame : frames) {
                say(frame);
            }
        }

        void say(String frame) {
            socket.writeTextMessage(frame).await();
        }

        /** @param end of what is heard last */
        void hears(String... end) {
            await(() -> {
                List<String> now = List.copyOf(heard);
                return now.size() >= end.length
                        && now.subList(now.size() - end.length, now.size()).equals(List.of(end));
            });
        }
    }

    @Test
    void bringsOldAndNewClientsTogether() {
        start(Map.of());
        Client old = new Client("3");
        old.hears("40", "42" + STATS, "42[\"status\",{\"user_count\":1}]");
        Client modern = new Client("4", "40");
        modern.hears("42" + STATS, "42[\"status\",{\"user_count\":2}]");

        old.say("427[\"click\",{\"user\":\"Änne\",\"comment\":\" \",\"style\":\"big\"}]");

        String joined =
                "42[\"message\",{\"text\":\"Änne ist beigetreten.\",\"style\":\"medium highlight\",\"type\":\"toast\"}]";
        String click = "42[\"click\",{\"user\":\"Änne\",\"comment\":null,\"style\":\"big\",\"timestamp\":1700000000}]";
        old.hears(joined, click, "437[]");
        modern.hears(joined, click);
    }

    @Test
    void entersOtherClassesByTheirNamespaces() {
        start(Map.of());
        Client client = new Client("4", "40/class-a,");
        Client stranger = new Client("4", "40/x,");

        await(() -> room.service.asked(Batch.class).size() == 1);
        assertThat(room.service.asked(Batch.class).get(0).className()).isEqualTo("a");
        await(() -> stranger.heard.stream().anyMatch(frame -> frame.startsWith("44/x,")));
        assertThat(client.heard).anyMatch(frame -> frame.startsWith("40/class-a,{\"sid\":"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "40{\"token\":\"wrong\"}", "40{\"token\":5}", "40{}"})
    void refusesWhoBringsNoTokenWhereOneIsAskedFor(String frame) {
        start(Map.of("LYCEUM_AUTH_SOCIAL", "required"));
        Client client = new Client("4", frame);

        client.hears("44{\"message\":\"unauthorized\"}");
        assertThat(room.service.asked(Batch.class)).isEmpty();
    }

    @Test
    void callsSocketsAsTheirTokensDo() {
        start(Map.of("LYCEUM_AUTH_SOCIAL", "required"));
        String token = TestGateway.token(gateway.vertx, "ada");
        Client modern = new Client("4", "40{\"token\":\"" + token + "\"}");
        Client old = new Client("3&token=" + token);
        modern.hears("42[\"status\",{\"user_count\":2}]");

        modern.say("42[\"auth\",\"Eve\"]");
        old.say("42[\"auth\",\"Mallory\"]");

        await(() -> room.service.asked(Batch.class).stream()
                .flatMap(batch -> batch.acts().stream())
                .toList()
                .containsAll(List.of(Act.name(1, "ada"), Act.name(2, "ada"))));
    }

    @Test
    void letsWhoComesInTooFastWaitAndStayWhereHeIs() {
        start(Map.of("LYCEUM_SOCIAL_BURST", "3", "LYCEUM_SOCIAL_RATE", "5"));
        Client client = new Client("4", "40");
        client.hears("42" + STATS, "42[\"status\",{\"user_count\":1}]");
        client.heard.clear();

        client.say("42[\"auth\",\"Anna\"]");
        client.say("42[\"auth\",\"Anna\"]");
        client.say("40/class-a,");

        await(() -> room.service.asked(Batch.class).stream()
                .anyMatch(batch -> batch.className().equals("a")));
        assertThat(client.socket.isClosed()).isFalse();
    }

    /** Nor by coming in often; whoever goes on is let go of. */
    @Test
    void givesNobodyMoreByComingInAgain() {
        start(Map.of("LYCEUM_SOCIAL_BURST", "10", "LYCEUM_SOCIAL_RATE", "1"));
        Client client = new Client("4");

        for (int i = 0; i < 100; i++) {
            client.socket.writeTextMessage("40");
            for (int click = 0; click < 5; click++) {
                client.socket.writeTextMessage("42[\"click\",{\"user\":\"Anna\",\"comment\":\"\",\"style\":\"\"}]");
            }
            client.socket.writeTextMessage("41");
        }

        await(client.socket::isClosed);
        Client other = new Client("4", "40");
        other.hears("42[\"status\",{\"user_count\":1}]");
        long clicks = room.service.asked(Batch.class).stream()
                .flatMap(batch -> batch.acts().stream())
                .filter(act -> act.kind() == Act.Kind.CLICK)
                .count();
        assertThat(clicks).isBetween(5L, 30L);
    }

    @Test
    void letsGoOfEverybodyWhenItStops() {
        start(Map.of());
        Client client = new Client("4", "40");
        client.hears("42" + STATS, "42[\"status\",{\"user_count\":1}]");

        gateway.undeploy().await();

        await(() -> client.socket.isClosed());
        String member = room.service.asked(Batch.class).get(0).member();
        assertThat(room.service.asked(EndMember.class)).containsExactly(new EndMember(member));
    }

    /** What was neither acknowledged nor done may be done again, by a client that comes back. */
    @Test
    void acknowledgesWhatWasDoneBeforeItLetsGoAndDoesNothingElse() {
        start(Map.of());
        Client client = new Client("4", "40");
        client.hears("42" + STATS, "42[\"status\",{\"user_count\":1}]");
        Promise<Void> slow = Promise.promise();
        room.service.on(Batch.class, batch -> slow.future().map(due -> room.act(batch)));

        client.say("427[\"click\",{\"user\":\"Anna\",\"comment\":\"\",\"style\":\"\"}]");
        await(() -> room.service.asked(Batch.class).size() == 2);
        Future<Void> stopped = gateway.undeploy();
        client.say("428[\"click\",{\"user\":\"Anna\",\"comment\":\"\",\"style\":\"\"}]");
        client.say("429[\"click\",{\"user\":\"Anna\",\"comment\":\"\",\"style\":\"\"}]");
        slow.complete();
        stopped.await();

        await(() -> client.socket.isClosed());
        assertThat(client.heard).contains("437[]");
        long acknowledged = client.heard.stream()
                .filter(frame -> frame.matches("43[789]\\[\\]"))
                .count();
        long done = room.service.asked(Batch.class).stream()
                .flatMap(batch -> batch.acts().stream())
                .filter(act -> act.kind() == Act.Kind.CLICK)
                .count();
        assertThat(done).isEqualTo(acknowledged);
    }
}
