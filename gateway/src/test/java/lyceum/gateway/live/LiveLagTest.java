package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import lyceum.gateway.live.LiveConfig.Lag;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not take what is said is let go of, and nobody else notices. */
class LiveLagTest {

    private static final int FLOOD = 2000;

    private LiveFixture live;

    @AfterEach
    void close() {
        live.close();
    }

    private static LiveConfig config(Lag lag) {
        LiveConfig usual = LiveFixture.config();
        return new LiveConfig(
                List.of(), 10, usual.pingInterval(), usual.pingTimeout(), usual.messageBytes(), lag, usual.patience());
    }

    /** @return a client that takes nothing any more */
    private RawRequest lazy() {
        RawRequest client = live.upgrade("EIO=3&transport=websocket");
        client.hear("hello");
        client.socket.pause();
        return client;
    }

    private RawSocket eager() {
        RawSocket client = live.open(3);
        client.hear(3);
        return client;
    }

    private static void flood(RawSocket client, int events) {
        client.say("421[\"flood\",10000,%d]".formatted(events));
        int heard = 0;
        while (!client.hear().equals("431[]")) {
            heard++;
        }
        assertThat(heard).isEqualTo(events);
    }

    @Test
    void closesWhereTooMuchIsNotTaken() {
        live = new LiveFixture(1, config(new Lag(1 << 20, 1000, Duration.ofHours(1))));
        RawRequest lazy = lazy();
        RawSocket eager = eager();

        for (int i = 0; i < FLOOD / 50; i++) {
            flood(eager, 50);
        }

        Awaitility.await()
                .untilAsserted(() -> assertThat(live.metered("laggards")).isEqualTo(1));
        Awaitility.await().until(() -> live.parrot.diary.contains("-/"));
        assertThat(live.metered("sockets", "transport", "websocket")).isEqualTo(1);
        lazy.close();
    }

    @Test
    void closesWhereNothingIsTakenForTooLong() {
        live = new LiveFixture(1, config(new Lag(1L << 40, 1000, Duration.ofMillis(800))));
        RawRequest lazy = lazy();
        RawSocket eager = eager();

        Awaitility.await().until(() -> {
            flood(eager, 50);
            return live.metered("laggards") == 1;
        });

        Awaitility.await().until(() -> live.parrot.diary.contains("-/"));
        assertThat(live.metered("sockets", "transport", "websocket")).isEqualTo(1);
        lazy.close();
    }

    @Test
    void closesWhereNobodyPolls() {
        live = new LiveFixture(1, config(new Lag(1 << 20, 20, Duration.ofHours(1))));
        RawPoll lazy = live.poll(3);
        RawSocket eager = eager();

        flood(eager, 50);

        assertThat(live.metered("laggards")).isEqualTo(1);
        Awaitility.await().until(() -> live.parrot.diary.contains("-/"));
        assertThat(lazy.get().await().statusCode()).isEqualTo(400);
        assertThat(live.metered("sockets", "transport", "polling")).isZero();
    }

    @Test
    void closesWhereSomebodyAsksAndDoesNotPoll() {
        live = new LiveFixture(1, config(new Lag(1 << 20, 20, Duration.ofHours(1))));
        RawPoll lazy = live.poll(3);

        for (int i = 0; i < 25; i++) {
            lazy.say("2");
            if (live.metered("laggards") == 1) {
                break;
            }
        }

        Awaitility.await().until(() -> live.parrot.diary.contains("-/"));
    }

    /** What it asks is kept until it is answered. */
    @Test
    void closesWhereSomebodyAsksTooMuchAtOnceAndDoesNotPoll() {
        live = new LiveFixture();
        String[] pings = new String[16];
        Arrays.fill(pings, "2" + "x".repeat(128));
        RawPoll lazy = live.poll(3);
        lazy.poll();
        lazy.say(pings);
        assertThat(lazy.poll()).hasSize(16).containsOnly("3" + "x".repeat(128));

        lazy.say(pings);
        lazy.say("2");

        Awaitility.await().until(() -> live.parrot.diary.contains("-/"));
        assertThat(live.metered("laggards")).isEqualTo(1);
    }

    @Test
    void closesWhereAQuestionIsTooLong() {
        live = new LiveFixture();
        RawPoll client = live.poll(3);
        RawSocket other = eager();

        client.say("2" + "x".repeat(129));
        other.say("2" + "x".repeat(129));

        assertThat(other.closed()).isEqualTo(1000);
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(live.parrot.diary).filteredOn("-/"::equals).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void closesWhereTooMuchWaitsForAPoll(int eio) {
        live = new LiveFixture(1, config(new Lag(1 << 20, 10_000, Duration.ofHours(1))));
        RawPoll lazy = live.poll(eio);
        String[] unknown = new String[60];
        Arrays.fill(unknown, "40/" + "x".repeat(1_000) + ",");

        Awaitility.await().until(() -> {
            lazy.say(unknown);
            return live.metered("laggards") == 1;
        });

        Awaitility.await()
                .untilAsserted(() -> assertThat(live.metered("sockets", "transport", "polling"))
                        .isZero());
        assertThat(live.metered("packets", "direction", "in")).isLessThan(2_000);
    }

    @Test
    void countsWhatIsSaidToAll() {
        live = new LiveFixture(1, config(new Lag(1 << 20, 10_000, Duration.ofHours(1))));
        RawPoll lazy = live.poll(3);
        RawSocket eager = eager();

        for (int i = 0; i < 3; i++) {
            flood(eager, 50);
        }

        Awaitility.await().until(() -> live.parrot.diary.contains("-/"));
        assertThat(live.metered("laggards")).isEqualTo(1);
        assertThat(lazy.get().await().statusCode()).isEqualTo(400);
    }
}
