package lyceum.gateway.grading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lyceum.gateway.live.HeardSession;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.HandedIn;
import lyceum.grading.HandInService.Scored;
import lyceum.grading.HandInService.Started;
import lyceum.grading.HandInState;
import lyceum.grading.Text;
import lyceum.platform.Bus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What students are told live, each in a room of its own. */
class HandInRoomsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Bus bus = new Bus(vertx, Duration.ofSeconds(5));
    private HandInRooms rooms;

    @BeforeEach
    void start() {
        loop.<Void>runOnContext(turn -> {
            rooms = new HandInRooms(
                    vertx,
                    handshake -> handshake.auth() instanceof JsonObject auth
                            ? Future.succeededFuture(Optional.ofNullable(auth.getString("name")))
                            : Future.failedFuture("nobody"));
            rooms.follow(bus);
        });
        Awaitility.await().until(() -> rooms != null);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private HeardSession session(Object auth) {
        return new HeardSession(loop, rooms, HeardSession.introduction(auth)).connect();
    }

    private HeardSession of(String student) {
        return session(new JsonObject().put("name", student));
    }

    @Test
    void tellsAllSocketsOfAStudentAndNobodyElse() {
        HeardSession one = of("ada");
        HeardSession other = of("ada");
        HeardSession bob = of("bob");

        Awaitility.await().untilAsserted(() -> {
            bus.publish(HandInService.HANDED_IN, new HandedIn("1", "ada", "h", "python", 1, 3));
            assertThat(one.heard()).isNotEmpty();
        });
        bus.publish(HandInService.STARTED, new Started("1", "ada", "h", 1));
        bus.publish(
                HandInService.SCORED,
                new Scored("1", "ada", "h", 1, HandInState.ACCEPTED, 95.5, new Text("t %(n)s", Map.of("n", 3))));
        bus.publish(HandInService.STARTED, new Started("2", "bob", "h", 1));

        Awaitility.await().until(() -> !bob.heard().isEmpty());
        assertThat(one.heard().toString()).contains("handedIn", "started", "scored");
        assertThat(one.heard()).isEqualTo(other.heard());
        assertThat(bob.heard().toString()).contains("started").doesNotContain("scored", "handedIn");
    }

    @Test
    void letsNobodyInWithoutAName() {
        HeardSession nameless = session(new JsonObject());
        Awaitility.await().until(() -> !nameless.isConnected());

        assertThat(rooms.refusal(HeardSession.introduction(null))).isEqualTo("unauthorized");
        assertThat(rooms.refusal(HeardSession.introduction(new JsonObject().put("name", "ada"))))
                .isNull();
    }

    @Test
    void letsGoOfWhoComesInAgainAndAgain() {
        HeardSession restless = of("ada");
        HeardSession patient = of("bob");
        for (int i = 0; i < 100; i++) {
            restless.connect();
        }

        Awaitility.await().until(() -> !restless.isConnected());
        assertThat(patient.isConnected()).isTrue();
    }

    @Test
    void tellsNothingMoreToASocketThatHasLeft() {
        HeardSession gone = of("ada");
        HeardSession there = of("ada");
        gone.leave();
        Awaitility.await().until(() -> !gone.isConnected());

        Awaitility.await().untilAsserted(() -> {
            bus.publish(HandInService.STARTED, new Started("1", "ada", "h", 1));
            assertThat(there.heard()).isNotEmpty();
        });

        assertThat(gone.heard()).isEmpty();
    }
}
