package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveNamespaceTest {

    private final LiveFixture live = new LiveFixture();

    @AfterEach
    void close() {
        live.close();
    }

    private RawSocket client(int eio) {
        RawSocket client = live.open(eio);
        client.hear(eio == 3 ? 3 : 1);
        return client;
    }

    private static String joined(int eio, String namespace) {
        return "40%s,%s".formatted(namespace, eio == 3 ? "" : "\\{\"sid\":\".+\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void hasClassesOfTheirOwn(int eio) {
        RawSocket client = client(eio);
        RawSocket other = client(eio);

        client.say("40/class-abc,");
        assertThat(client.hear()).matches(joined(eio, "/class-abc"));
        assertThat(client.hear()).startsWith("42/class-abc,[\"hello\",");
        other.say("40/class-x,").hear(2);
        client.say("42/class-abc,7[\"all\",1]");

        // Old clients are in the first namespace as well, where everybody gets the same in his own words.
        assertThat(client.hear(eio == 3 ? 7 : 4))
                .containsSubsequence(
                        "42/class-abc,[\"before\",null]",
                        "42/class-abc,[\"all\",[1]]",
                        "42/class-abc,[\"after\",null]",
                        "43/class-abc,7[]");
        assertThat(other.hear(eio == 3 ? 6 : 3)).contains("42/class-x,[\"all\",[1]]");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void letsAClientLeaveOneAndStayInTheOther(int eio) {
        RawSocket client = client(eio).say("40/class-abc,");
        client.hear(2);
        if (eio == 4) {
            client.say("40").hear(2);
        }
        live.parrot.diary.clear();

        assertThat(client.say("41/class-abc,", "42/class-abc,[\"echo\",1]").untilEcho("here"))
                .isEmpty();
        client.socket.close().await();

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(live.parrot.diary).containsExactly("-/class-abc", "echo[\"here\"]", "-/"));
    }

    @Test
    void refusesUnknownOnesAndGoesOn() {
        RawSocket modern = client(4).say("40/x,", "40/class-abc,");
        assertThat(modern.hear()).isEqualTo("44/x,{\"message\":\"Invalid namespace\"}");
        assertThat(modern.hear()).matches(joined(4, "/class-abc"));

        RawSocket old = client(3).say("40/x,", "40/class-abc,");
        assertThat(old.hear()).isEqualTo("44/x,\"Invalid namespace\"");
        assertThat(old.hear()).isEqualTo("40/class-abc,");
    }

    @Test
    void refusesAsItIsTold() {
        RawSocket modern = client(4).say("40/class-secret,{\"key\":\"no\"}", "40/class-secret,{\"key\":\"yes\"}");
        assertThat(modern.hear()).isEqualTo("44/class-secret,{\"message\":\"No key\"}");
        assertThat(modern.hear()).matches(joined(4, "/class-secret"));
        assertThat(modern.hear()).startsWith("42/class-secret,[\"hello\"");
        assertThat(live.parrot.handshakes.get(0).auth()).isEqualTo(new JsonObject().put("key", "yes"));

        RawSocket old = client(3).say("40/class-secret,", "40/class-secret?key=yes,");
        assertThat(old.hear()).isEqualTo("44/class-secret,\"No key\"");
        assertThat(old.hear()).isEqualTo("40/class-secret,");
        assertThat(old.hear()).startsWith("42/class-secret,[\"hello\"");
        LiveHandshake handshake = live.parrot.handshakes.get(2);
        assertThat(handshake.auth()).isNull();
        assertThat(handshake.query().get("EIO")).isEqualTo("3");
        assertThat(handshake.query().get("key")).isEqualTo("yes");
        assertThat(handshake.headers().get("Host")).isNotNull();
    }

    /** Old clients are in it without asking, so they hear that they are not. */
    @Test
    void refusesTheFirstOneToo() {
        live.parrot.isClosed = true;
        RawSocket old = live.open(3);
        assertThat(old.hear(2).get(1)).isEqualTo("44\"Invalid namespace\"");
        assertThat(old.say("40/class-abc,").hear()).isEqualTo("6");
        assertThat(old.hear()).isEqualTo("40/class-abc,");

        RawPoll polling = live.poll(3);
        assertThat(polling.poll()).containsExactly("44\"Invalid namespace\"", "6");

        RawSocket modern = live.open(4).say("40");
        assertThat(modern.hear(2).get(1)).isEqualTo("44{\"message\":\"Invalid namespace\"}");
        assertThat(live.parrot.diary).containsExactly("+/class-abc");
    }

    @Test
    void hasRoomForSoManyAtOnceAndForAnyNumberOneAfterTheOther() {
        RawSocket client = client(4);
        for (int i = 1; i <= 8; i++) {
            client.say("40/class-%d,".formatted(i)).hear(2);
        }
        assertThat(client.say("40/class-9,").hear()).isEqualTo("44/class-9,{\"message\":\"Too many namespaces\"}");
        for (int i = 9; i <= 40; i++) {
            client.say("41/class-%d,".formatted(i - 8), "40/class-%d,".formatted(i));
            assertThat(client.hear()).matches(joined(4, "/class-" + i));
            client.hear();
            assertThat(client.say("42/class-%d,1[\"echo\",%d]".formatted(i, i)).hear(2))
                    .isEqualTo(List.of("42/class-%d,[\"echo\",[%d]]".formatted(i, i), "43/class-%d,1[]".formatted(i)));
        }
    }

    @Test
    void knowsNoneByTheNameThatTheLibraryHasForIt() {
        RawSocket client = client(4).say("40/class-abc,");
        client.hear(2);

        assertThat(client.say("42/~1,[\"echo\",1]", "41/~1,", "40/~1,").hear())
                .isEqualTo("44/~1,{\"message\":\"Invalid namespace\"}");
        assertThat(client.say("42/class-abc,[\"echo\",2]").hear()).isEqualTo("42/class-abc,[\"echo\",[2]]");
    }
}
