package lyceum.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import lyceum.platform.cluster.MemberHandshake.Stranger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberHandshakeTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT_LIMIT = Duration.ofMillis(200);

    private final MemberHandshake ours = handshake("the secret of the tests, long enough", LIMIT);
    private final MemberHandshake theirs = handshake("a secret that others have, long enough", LIMIT);

    private Socket connecting;
    private Socket accepted;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            connecting = new Socket(server.getInetAddress(), server.getLocalPort());
            accepted = server.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        connecting.close();
        accepted.close();
    }

    @Test
    void letsMembersThroughAndTakesNothingOfWhatFollows() throws Exception {
        CompletableFuture<Void> accepting = inBackground(() -> ours.onAccept(accepted));
        ours.onConnect(connecting);
        connecting.getOutputStream().write("HZC".getBytes(StandardCharsets.US_ASCII));
        accepting.get();

        assertThat(accepted.getInputStream().readNBytes(3)).isEqualTo("HZC".getBytes(StandardCharsets.US_ASCII));
        assertThat(accepted.getSoTimeout()).isZero();
        assertThat(connecting.getSoTimeout()).isZero();
    }

    @Test
    void acceptsNobodyWithAnotherSecretAndConnectsToNobodyWithOne() throws Exception {
        CompletableFuture<Void> accepting = inBackground(() -> ours.onAccept(accepted));

        assertThatThrownBy(() -> theirs.onConnect(connecting))
                .isInstanceOf(Stranger.class)
                .hasMessageEndingWith("does not know the secret of this cluster (LYCEUM_CLUSTER_SECRET)");
        connecting.close();
        assertStranger(accepting, "went away before it was known as a member");
    }

    @Test
    void acceptsNobodyWhoSendsOurOwnProofBack() throws Exception {
        CompletableFuture<Void> accepting = inBackground(() -> ours.onAccept(accepted));
        byte[] nonce = new byte[32];
        connecting.getOutputStream().write("LYCEUM1\n".getBytes(StandardCharsets.US_ASCII));
        connecting.getOutputStream().write(nonce);
        byte[] answer = connecting.getInputStream().readNBytes(64);

        connecting.getOutputStream().write(answer, 32, 32);

        assertStranger(accepting, "does not know the secret of this cluster (LYCEUM_CLUSTER_SECRET)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HZC", "GET / HTTP/1.1\r\n\r\n", "LYCEUM2\n"})
    void acceptsNobodyWhoSpeaksAnotherLanguage(String text) throws Exception {
        CompletableFuture<Void> accepting = inBackground(() -> ours.onAccept(accepted));

        connecting.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));

        assertStranger(accepting, "does not know the secret of this cluster (LYCEUM_CLUSTER_SECRET)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "L", "LYCEUM1\n", "LYCEUM1\n0123"})
    void waitsForNobodyLongerThanTheLimit(String text) throws Exception {
        MemberHandshake impatient = handshake("the secret of the tests, long enough", SHORT_LIMIT);
        connecting.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> impatient.onAccept(accepted))
                .isInstanceOf(Stranger.class)
                .hasMessageEndingWith("did not prove in time to be a member")
                .hasNoCause();
    }

    private static MemberHandshake handshake(String secret, Duration limit) {
        return new MemberHandshake(ClusterSecret.of(secret), limit);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inBackground(Step step) {
        return CompletableFuture.runAsync(() -> {
            try {
                step.run();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static void assertStranger(CompletableFuture<Void> accepting, String text) {
        assertThatThrownBy(accepting::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(Stranger.class)
                .hasMessageEndingWith(text);
    }
}
