package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import lyceum.launcher.wire.Answer;
import lyceum.media.WebmProbe;
import org.assertj.core.data.Offset;

/**
 * One cut out of pieces that were understood as one recording.
 *
 * @param seconds how long it must sound; negative for any length above nothing
 */
record JoinedSound(double seconds) implements Expectation {

    static final JoinedSound ANY_LENGTH = new JoinedSound(-1);

    private static final Offset<Double> TOLERANCE = Offset.offset(0.06);

    @Override
    public void check(Answer answer) {
        assertThat(answer.status()).as("status of " + answer).isEqualTo(200);
        byte[] webm = Recordings.fromDataUri(answer.json().at("/outputs/0").asText());
        assertThat(webm).as("sound").isNotEmpty();
        if (seconds >= 0) {
            assertThat(WebmProbe.of(webm).decodedSeconds()).as("seconds").isCloseTo(seconds, TOLERANCE);
        }
    }
}
