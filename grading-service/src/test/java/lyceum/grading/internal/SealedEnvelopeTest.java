package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import lyceum.platform.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sealed envelope, spoken to by a runner on other ciphers. */
class SealedEnvelopeTest {

    private static final String KEY = "0123456789abcdefghijklmnopqrstuv";
    private static final String OTHER_KEY = "vutsrqponmlkjihgfedcba9876543210";
    private static final String PATH = "/api/handin/start/5f0c1b7e9d3a48268b41c6e2a7d95f30/";

    private final SettableClock clock = new SettableClock(Instant.parse("2031-03-01T12:00:00Z"));
    private final SealedEnvelope envelope = envelope("hall-2:" + KEY + "\nhall-3:" + OTHER_KEY + "\n");

    private SealedEnvelope envelope(String keys) {
        RunnerKeys runners = RunnerKeys.parse(keys.getBytes(StandardCharsets.UTF_8), "runners");
        return new SealedEnvelope(runners, clock);
    }

    private byte[] sealed(String runner, String key) throws GeneralSecurityException {
        return new SealedRunner(runner, key).seal("{}", "POST", PATH, clock.millis());
    }

    @Test
    void opensWhatARunnerSealed() throws GeneralSecurityException {
        byte[] body = new SealedRunner("hall-2", KEY).seal("{\"uuid\": \"é\"}", "POST", PATH, clock.millis());

        Optional<SealedEnvelope.Opened> opened = envelope.open(body, "POST", PATH);
        assertThat(opened).hasValueSatisfying(it -> {
            assertThat(it.runner()).isEqualTo("hall-2");
            assertThat(it.stamp().millis()).isEqualTo(clock.millis());
            assertThat(new String(it.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"uuid\": \"é\"}");
        });
    }

    @Test
    void sealsItsReplyToThatRequest() throws GeneralSecurityException {
        SealedRunner runner = new SealedRunner("hall-2", KEY);
        byte[] body = runner.seal("{}", "POST", PATH, clock.millis());
        byte[] reply = envelope.open(body, "POST", PATH).orElseThrow().reply(200, "OK");

        assertThat(runner.open(reply, 200)).isEqualTo("OK");
        assertThatThrownBy(() -> runner.open(reply, 400)).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> new SealedRunner("hall-2", KEY).open(reply, 200))
                .isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void refusesEveryChangedByte() throws GeneralSecurityException {
        byte[] body = sealed("hall-2", KEY);
        for (int at = 0; at < body.length; at++) {
            body[at] ^= 1;
            assertThat(envelope.open(body, "POST", PATH)).as("byte %d", at).isEmpty();
            body[at] ^= 1;
        }
        assertThat(envelope.open(body, "POST", PATH)).isPresent();
    }

    @Test
    void refusesEveryShorterBody() throws GeneralSecurityException {
        byte[] body = sealed("hall-2", KEY);
        for (int length = 0; length < body.length; length++) {
            assertThat(envelope.open(Arrays.copyOf(body, length), "POST", PATH))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        byte[] longId = new byte[400];
        longId[0] = 2;
        longId[1] = (byte) 200;
        assertThat(envelope.open(longId, "POST", PATH)).isEmpty();
    }

    @Test
    void refusesWhatWasSealedForAnotherAddress() throws GeneralSecurityException {
        byte[] body = sealed("hall-2", KEY);
        assertThat(envelope.open(body, "POST", PATH.replace("start", "report"))).isEmpty();
        assertThat(envelope.open(body, "PUT", PATH)).isEmpty();
    }

    @Test
    void refusesAnUnknownRunnerAndTheKeyOfAnother() throws GeneralSecurityException {
        assertThat(envelope.open(sealed("hall-4", KEY), "POST", PATH)).isEmpty();
        assertThat(envelope.open(sealed("hall-3", KEY), "POST", PATH)).isEmpty();
    }

    @Test
    void opensUnderEveryKeyOfARunnerWhileOneIsReplaced() throws GeneralSecurityException {
        SealedEnvelope rotating = envelope("# old\nhall-2:" + OTHER_KEY + "\n\nhall-2:" + KEY);
        SealedRunner runner = new SealedRunner("hall-2", KEY);
        byte[] body = runner.seal("{}", "POST", PATH, clock.millis());
        byte[] reply = rotating.open(body, "POST", PATH).orElseThrow().reply(200, "OK");
        assertThat(runner.open(reply, 200)).isEqualTo("OK");
        assertThat(rotating.open(sealed("hall-2", OTHER_KEY), "POST", PATH)).isPresent();
    }

    @Test
    void tellsEveryBodyFromAllOthers() throws GeneralSecurityException {
        byte[] body = sealed("hall-2", KEY);

        assertThat(stamp(body)).isEqualTo(stamp(body)).isNotEqualTo(stamp(sealed("hall-2", KEY)));
    }

    private ReplayWindow.Stamp stamp(byte[] body) {
        return envelope.open(body, "POST", PATH).orElseThrow().stamp();
    }

    @Test
    void readsAFileOfKeysAndADirectoryOfThem(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("one"), "hall-2:" + KEY);
        Files.writeString(directory.resolve("two"), "hall-3:" + KEY + "\nhall-2:" + OTHER_KEY);
        Files.writeString(directory.resolve(".hidden"), "no key");
        assertThat(RunnerKeys.read(directory).of("hall-2")).hasSize(2);
        assertThat(RunnerKeys.read(directory.resolve("two")).of("hall-3")).hasSize(1);
    }

    @Test
    void refusesALineThatIsNoKeyWithoutShowingIt() {
        for (String line : new String[] {
            "secret-of-31-bytes-and-no-more!", "hall-2:secret", ":" + KEY, "a b:" + KEY, "x".repeat(65) + ":" + KEY
        }) {
            assertThatThrownBy(() -> envelope("\n" + line))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("line 2 of runners")
                    .hasMessageNotContaining("secret")
                    .hasMessageNotContaining(KEY);
        }
        assertThatThrownBy(() -> envelope(("hall-2:" + KEY + "\n").repeat(RunnerKeys.MAX_KEYS_OF_A_RUNNER + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 5 of runners");
    }
}
