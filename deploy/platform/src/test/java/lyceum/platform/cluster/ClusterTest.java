package lyceum.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import lyceum.platform.FreePort;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets into a cluster that has a secret: one node of it, and strangers. That members do is shown by BusTest. */
@TestInstance(Lifecycle.PER_CLASS)
class ClusterTest {

    private static final int PORT = 45_721;
    private static final String SECRET = "the secret of the tests, long enough";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx outside = Vertx.vertx();
    private final NetClient raw = outside.createNetClient();
    /** Kept, for a client that nobody holds is closed. */
    private NetClient keyless;

    private int busPort;
    private Vertx house;

    @BeforeAll
    void start() {
        busPort = FreePort.next();
        house = join(Map.of(
                "LYCEUM_CLUSTER_PORT",
                Integer.toString(PORT),
                "LYCEUM_CLUSTER_BUS_PORT",
                Integer.toString(busPort),
                "LYCEUM_CLUSTER_SECRET",
                SECRET));
        house.eventBus()
                .<String>consumer("whisper", message -> message.reply("the answer"))
                .completion()
                .await();
    }

    @AfterAll
    void stop() {
        house.close().await();
        outside.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a secret that others have, long enough"})
    void leavesStrangersAlone(String secret) {
        Vertx stranger = join(Map.of("LYCEUM_CLUSTER_PORT", "45731", "LYCEUM_CLUSTER_SECRET", secret));
        try {
            assertThat(nodes(stranger)).isEqualTo(1);
            assertThat(nodes(house)).isEqualTo(1);
            assertThatThrownBy(() -> stranger.eventBus().request("whisper", "?").await())
                    .isInstanceOfSatisfying(
                            ReplyException.class,
                            failure -> assertThat(failure.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
        } finally {
            stranger.close().await();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HZC", "GET / HTTP/1.1\r\n\r\n"})
    void closesMemberConnectionsOfWhoIsNoMember(String greeting) {
        assertThat(answerTo(PORT, greeting)).isEmpty();
        assertThat(nodes(house)).isEqualTo(1);
    }

    @Test
    void hearsNothingInPlainTextOnTheBus() {
        Promise<String> heard = Promise.promise();
        house.eventBus().<String>localConsumer("planted", message -> heard.complete(message.body()));

        String answer = answerTo(busPort, "\0\0\0\1planted in plain text");

        // At most TLS's own word for "this is no TLS".
        assertThat(answer).hasSizeLessThanOrEqualTo(7).doesNotContain("pong");
        assertThat(heard.future().isComplete()).isFalse();
    }

    @Test
    void speaksTlsWithNobodyWhoHasNoKey() {
        keyless = outside.createNetClient(
                new NetClientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm(""));
        Promise<Void> end = Promise.promise();

        keyless.connect(busPort, "127.0.0.1").onFailure(end::tryFail).onSuccess(socket -> {
            // With TLS 1.3 a client believes that it is through before the server has seen its certificate.
            socket.exceptionHandler(end::tryFail);
            socket.closeHandler(closed -> end.tryFail("closed without a word"));
        });

        assertThatThrownBy(() -> end.future().await())
                .satisfies(error -> assertThat(error)
                        .isInstanceOf(DecoderException.class)
                        .hasRootCauseInstanceOf(SSLException.class)
                        .hasMessageContaining("bad_certificate"));
    }

    @Test
    void findsMembersByTheNameOfAService() {
        Map<String, String> service = Map.of("LYCEUM_CLUSTER_SERVICE_DNS", "localhost", "LYCEUM_CLUSTER_PORT", "45741");
        Vertx first = join(service);
        Vertx second = join(service);
        try {
            assertThat(nodes(second)).isEqualTo(2);
            assertThat(nodes(first)).isEqualTo(2);
        } finally {
            second.close().await();
            first.close().await();
        }
    }

    private Vertx join(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("LYCEUM_CLUSTER_MEMBERS", "127.0.0.1:" + PORT);
        return Cluster.join(Vertx.builder(), new VertxOptions(), ClusterConfig.from(new Settings(all)))
                .await();
    }

    /** @return what is heard until the other side closes */
    private String answerTo(int port, String greeting) {
        Buffer heard = Buffer.buffer();
        Promise<Void> closed = Promise.promise();
        NetSocket socket = raw.connect(port, "127.0.0.1").await();
        socket.handler(heard::appendBuffer);
        socket.exceptionHandler(error -> closed.tryComplete());
        socket.closeHandler(end -> closed.tryComplete());
        socket.write(greeting);
        await().atMost(LIMIT).until(() -> closed.future().isComplete());
        return heard.toString();
    }

    private static int nodes(Vertx vertx) {
        return ((VertxInternal) vertx).clusterManager().getNodes().size();
    }
}
