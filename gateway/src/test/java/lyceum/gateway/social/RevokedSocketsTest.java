package lyceum.gateway.social;

import static lyceum.gateway.social.SocialDoorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.account.AccountService;
import lyceum.account.AccountService.Revocation;
import lyceum.gateway.OnLoop;
import lyceum.gateway.TestGateway;
import lyceum.gateway.access.Caller;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.Tokens;
import lyceum.platform.Bus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sockets of socket.io end with the token that they came with, and no others do. */
class RevokedSocketsTest {

    private TestGateway gateway;
    private WebSocketClient client;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void start(Map<String, String> settings) {
        gateway = new TestGateway(settings);
        new RehearsedClass(gateway.vertx);
        client = gateway.vertx.createWebSocketClient();
    }

    /** A client that comes into one namespace. */
    private final class Client {

        final List<String> heard = new CopyOnWriteArrayList<>();
        final ClientWebSocket socket = client.webSocket();
        private final String namespace;
        private final String auth;
        private final String prefix;

        /** @param auth payload of CONNECT */
        Client(String namespace, String auth) {
            this.namespace = namespace;
            this.auth = auth;
            prefix = namespace.equals("/") ? "" : namespace + ',';
            socket.textMessageHandler(heard::add);
            String path = "/api/socket.io/?transport=websocket&EIO=4";
            OnLoop.await(gateway.vertx, () -> socket.connect(gateway.port(), "127.0.0.1", path));
            say("40" + prefix + auth);
        }

        void say(String frame) {
            socket.writeTextMessage(frame).await();
        }

        Client again() {
            return new Client(namespace, auth);
        }

        Client enters() {
            hears("40" + prefix + "{\"sid\":");
            return this;
        }

        void hears(String start) {
            await(() -> heard.stream().anyMatch(frame -> frame.startsWith(start)));
        }

        /** What is said before an acknowledgement has been heard, too. */
        void isStillIn() {
            say("42" + prefix + "7[\"auth\",\"somebody\"]");
            hears("43" + prefix + "7[]");
            assertThat(socket.isClosed()).isFalse();
        }
    }

    private Client of(String user, String namespace) {
        return new Client(namespace, "{\"token\":\"%s\"}".formatted(TestGateway.token(gateway.vertx, user)));
    }

    private void revoke(String user, long beforeSecond) {
        new Bus(gateway.vertx, Duration.ofSeconds(5))
                .publish(AccountService.REVOKED, new Revocation(user, beforeSecond));
    }

    private static long nextSecond() {
        return Instant.now().getEpochSecond() + 1;
    }

    @ParameterizedTest
    @CsvSource({"/, 44", "/class-a, '44/class-a,'", "/grading, '44/grading,'"})
    void endWithTheirTokens(String namespace, String refusal) {
        start(Map.of("LYCEUM_AUTH_SOCIAL", "required"));
        Client ada = of("ada", namespace).enters();
        Client bob = of("bob", namespace).enters();

        revoke("ada", nextSecond());

        await(ada.socket::isClosed);
        ada.again().hears(refusal + "{\"message\":\"unauthorized\"}");
        bob.isStillIn();
    }

    /** Where any token is taken, one that is void names nobody any more. */
    @Test
    void endWithTheirNamesWhereAnyTokenIsTaken() {
        start(Map.of("LYCEUM_AUTH_LENIENT", "true"));
        Client ada = of("ada", "/grading").enters();

        revoke("ada", nextSecond());

        await(ada.socket::isClosed);
        ada.again().enters().isStillIn();
    }

    @Test
    void stayWhereTheyCameWithoutATokenOrWithALaterOne() {
        start(Map.of());
        Client visitor = new Client("/", "").enters();
        visitor.say("42[\"auth\",\"ada\"]");
        Client student = of("ada", "/grading").enters();
        long known = nextSecond();
        String later = new Tokens(gateway.vertx, JwtSecret.of(TestGateway.SECRET, "test"), Clock.systemUTC())
                .issue(new Caller("ada", List.of()), known);
        Client again = new Client("/grading", "{\"token\":\"" + later + "\"}").enters();

        revoke("ada", known);

        await(student.socket::isClosed);
        visitor.isStillIn();
        again.isStillIn();
    }
}
