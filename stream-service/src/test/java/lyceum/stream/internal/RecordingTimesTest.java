package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as Python writes them in the locale C. */
class RecordingTimesTest {

    private final RecordingTimes times = new RecordingTimes(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "1700000000050, Tue Nov 14 23:13:20 2023",
        "1699052400000, Sat Nov  4 00:00:00 2023",
        "1690000000000, Sat Jul 22 06:26:40 2023",
        "0, Thu Jan  1 01:00:00 1970"
    })
    void writesDates(String millis, String date) {
        assertThat(times.date(EntryId.of(millis + "-5"))).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({
        "300, 0:00:00.300000",
        "1, 0:00:00.001000",
        "2000, 0:00:02",
        "59999, 0:00:59.999000",
        "36610000, 10:10:10",
        "86400000, '1 day, 0:00:00'",
        "180000500, '2 days, 2:00:00.500000'"
    })
    void writesDurations(long millis, String duration) {
        assertThat(RecordingTimes.duration(millis)).isEqualTo(duration);
    }

    @Test
    void writesNoDateThatCannotBe() {
        assertThat(times.date(EntryId.of("9223372036854775807-0"))).isNull();
        assertThat(times.date(null)).isNull();
    }

    @Test
    void namesRecordings() {
        assertThat(times.name(Instant.parse("2024-01-02T23:04:05.678Z"))).isEqualTo("2024.01.03-00.04.05");
    }
}
