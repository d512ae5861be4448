package lyceum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The probe against what ffprobe said of the same samples (fixture audio-download-replace, get-after-replace). */
class WebmProbeTest {

    @Test
    void readsARecordingWithoutDuration() {
        WebmProbe probe = WebmProbe.of(Samples.read("tone0.webm"));

        assertThat(probe.format()).isEqualTo("matroska,webm");
        assertThat(probe.codec()).isEqualTo("opus");
        assertThat(probe.sampleRateHertz()).isEqualTo(48_000);
        assertThat(probe.channels()).isEqualTo(1);
        assertThat(probe.containerDurationSeconds()).isNull();
        assertThat(probe.packets()).isEqualTo(101);
        assertThat(probe.firstPtsSeconds()).isCloseTo(-0.007, within(0.001));
        assertThat(probe.lastPtsSeconds()).isCloseTo(1.994, within(0.001));
        assertThat(probe.decodedSeconds()).isCloseTo(2.0, within(0.001));
        assertThat(probe.freqStartHertz()).isCloseTo(440, within(1.0));
        assertThat(probe.freqEndHertz()).isCloseTo(440, within(1.0));
    }

    @Test
    void hearsNoToneInSilence() {
        WebmProbe probe = WebmProbe.of(Samples.read("chrome-recording.webm"));

        assertThat(probe.containerDurationSeconds()).isCloseTo(2.94, within(0.06));
        assertThat(probe.freqStartHertz()).isNull();
    }

    @Test
    void refusesWhatIsNotWebm() {
        assertThatThrownBy(() -> WebmProbe.of(Samples.read("tone.ogg")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no EBML header");
    }
}
