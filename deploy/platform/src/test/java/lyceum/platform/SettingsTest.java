package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private enum Colour {
        RED,
        GREEN
    }

    @Test
    void givesTheDefaultWhereNothingOrEmptyTextIsSet() {
        Settings settings = new Settings(Map.of("B", ""));

        assertThat(settings.port("A", 8080, "")).isEqualTo(8080);
        assertThat(settings.flag("B", true, "")).isTrue();
        assertThat(settings.duration("C", "300s", "")).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.choice("D", Colour.RED, "")).isEqualTo(Colour.RED);
        assertThat(settings.optionalText("E", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"250ms,250", "3s,3000", "2m,120000", "1h,3600000", "1d,86400000"})
    void readsDurations(String text, long millis) {
        assertThat(new Settings(Map.of("A", text)).duration("A", "1s", "")).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "UTC", "+01:00"})
    void readsTimeZones(String text) {
        assertThat(new Settings(Map.of("A", text)).timeZone("A", "Asia/Tokyo", ""))
                .isEqualTo(ZoneId.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Base", "+25:00", "Europe/Berlin "})
    void refusesAWrongTimeZone(String value) {
        assertThatThrownBy(() -> new Settings(Map.of("A", value)).timeZone("A", "UTC", ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("A: '%s' is not a time zone", value);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "17,17", "64KiB,65536", "256MiB,268435456", "2GiB,2147483648"})
    void readsSizes(String text, long bytes) {
        assertThat(new Settings(Map.of("A", text)).bytes("A", "1KiB", "")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "65536", "8080 ", "1e3", "99999999999"})
    void refusesAWrongPortByItsKey(String value) {
        Settings settings = new Settings(Map.of("LYCEUM_HTTP_PORT", value));

        assertThatThrownBy(() -> settings.port("LYCEUM_HTTP_PORT", 8080, ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_HTTP_PORT: '%s' is not a number 0..65535", value);
    }

    /** Timers and sockets count milliseconds in an int. */
    @ParameterizedTest
    @ValueSource(strings = {"2147483648ms", "25d", "999999999999d"})
    void refusesADurationThatIsTooLongToBeCounted(String value) {
        assertThatThrownBy(() -> new Settings(Map.of("A", value)).duration("A", "1s", ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("A: '%s' is not a duration of at most 24d", value);
        assertThat(new Settings(Map.of("A", "24d")).duration("A", "1s", "")).isEqualTo(Duration.ofDays(24));
    }

    @Test
    void readsHowLongSomethingIsKeptInYears() {
        assertThat(new Settings(Map.of("A", "3650d")).age("A", "1h", "")).isEqualTo(Duration.ofDays(3650));
        assertThatThrownBy(() -> new Settings(Map.of("A", "3651d")).age("A", "1h", ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("A: '3651d' is not a duration of at most 3650d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999GiB", "8589934592GiB"})
    void refusesASizeThatIsTooLargeToBeCounted(String value) {
        assertThatThrownBy(() -> new Settings(Map.of("A", value)).bytes("A", "1KiB", ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("A: '%s' is not a size", value);
        assertThat(new Settings(Map.of("A", "8589934591GiB")).bytes("A", "1KiB", ""))
                .isEqualTo(8_589_934_591L << 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "5", "1.5s", "s", "-1s", "10 s"})
    void refusesAWrongDuration(String value) {
        assertThatThrownBy(() -> new Settings(Map.of("A", value)).duration("A", "1s", ""))
                .isInstanceOf(WrongSetting.class);
    }

    @Test
    void refusesWhatIsNeitherTrueNorFalseAndWhatIsNoChoice() {
        Settings settings = new Settings(Map.of("A", "yes", "B", "blue"));

        assertThatThrownBy(() -> settings.flag("A", false, "")).hasMessage("A: 'yes' is not a true|false");
        assertThatThrownBy(() -> settings.choice("B", Colour.RED, "")).hasMessage("B: 'blue' is not a red|green");
    }

    @Test
    void refusesADirectoryThatIsNotThere(@TempDir Path directory) throws IOException {
        String file = Files.createFile(directory.resolve("file")).toString();

        assertThat(new Settings(Map.of("A", directory.toString())).directory("A", ""))
                .contains(directory);
        assertThatThrownBy(() -> new Settings(Map.of("A", file)).directory("A", ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("A: '%s' is not a readable directory", file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "sh"})
    void findsAProgramByItsPathOrOnTheSearchPath(String program) {
        assertThat(new Settings(Map.of("A", program, "PATH", "/nope:/bin")).program("A", ""))
                .contains("/bin/sh");
        assertThat(new Settings(Map.of("A", "bundled")).program("A", "")).contains("bundled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope", "nope-is-no-program", "/bin", "/etc/passwd"})
    void refusesAProgramThatCannotBeRun(String program) {
        assertThatThrownBy(() -> new Settings(Map.of("A", program)).program("A", ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("A: '%s' is not a program|bundled", program);
    }

    @Test
    void remembersWhatWasAskedForAndFindsWhatNobodyAskedFor() {
        Settings settings = new Settings(Map.of("LYCEUM_A", "1", "LYCEUM_TYPO", "2", "PATH", "/bin"));

        settings.number("LYCEUM_A", 3, 0, 9, "how many");

        assertThat(settings.asked()).containsExactly(new Setting("LYCEUM_A", "number 0..9", "3", "how many"));
        assertThat(settings.unknown("LYCEUM_", List.of())).containsExactly("LYCEUM_TYPO");
    }
}
