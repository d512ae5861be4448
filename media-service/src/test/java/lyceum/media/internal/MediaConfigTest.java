package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import lyceum.media.internal.live.LiveConfig;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaConfigTest {

    @Test
    void worksBelowTheDataDirectory() {
        MediaConfig config = MediaConfig.from(new Settings(Map.of("LYCEUM_DATA_DIR", "/srv/lyceum")));

        assertThat(config.workDirectory()).isEqualTo(Path.of("/srv/lyceum/media"));
        assertThat(config.ffmpeg().programDirectory()).isEqualTo(Path.of("/srv/lyceum/programs"));
        assertThat(config.interactive().run()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.ffmpeg().program()).isEmpty();
    }

    @Test
    void takesAllRecordingsThatALessonMayHave() {
        assertThat(MediaConfig.from(new Settings(Map.of())).interactive().inputs())
                .isEqualTo(2_000);
    }

    @Test
    void refusesAWrongValueByItsKey() {
        Settings settings = new Settings(Map.of("LYCEUM_MEDIA_TIME_LIMIT", "sixty"));

        assertThatThrownBy(() -> MediaConfig.from(settings))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_MEDIA_TIME_LIMIT: 'sixty'");
    }

    @Test
    void refusesADiskThatHasNoRoomForOneJob() {
        Settings settings = new Settings(Map.of("LYCEUM_MEDIA_DISK_LIMIT", "2GiB"));

        assertThatThrownBy(() -> MediaConfig.from(settings))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_MEDIA_DISK_LIMIT: ");
    }

    @Test
    void keepsRecordingsOfLiveVideoWhereItIsTold() {
        String redis = "redis://127.0.0.1:1";
        Settings told =
                new Settings(Map.of("LYCEUM_DATA_DIR", "/srv/lyceum", "LYCEUM_LIVE_RECORDINGS_DIR", "/srv/live"));

        assertThat(LiveConfig.from(told, redis).recordingsDirectory()).isEqualTo(Path.of("/srv/live"));
        assertThat(LiveConfig.from(new Settings(Map.of("LYCEUM_DATA_DIR", "/srv/lyceum")), redis)
                        .recordingsDirectory())
                .isEqualTo(Path.of("/srv/lyceum/live"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "nope"})
    void refusesAnEndpointForTranscriptsThatIsNone(String endpoint) {
        Settings settings = new Settings(Map.of("LYCEUM_TRANSCRIPT_URL", endpoint));

        assertThatThrownBy(() -> MediaConfig.from(settings))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_TRANSCRIPT_URL: '%s' is not a URL of http or https", endpoint);
    }
}
