package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalHoursTest {

    @ParameterizedTest
    @CsvSource({
        // An hour that comes twice is two hours.
        "Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z, 2026-10-24T22:00:00Z, 2026-10-18T22:00:00Z",
        "Europe/Berlin, 2026-10-25T01:30:00Z, 2026-10-25T01:00:00Z, 2026-10-24T22:00:00Z, 2026-10-18T22:00:00Z",
        "Europe/Berlin, 2026-10-25T22:59:59Z, 2026-10-25T22:00:00Z, 2026-10-24T22:00:00Z, 2026-10-18T22:00:00Z",
        "Europe/Berlin, 2026-10-25T23:00:00Z, 2026-10-25T23:00:00Z, 2026-10-25T23:00:00Z, 2026-10-19T22:00:00Z",
        "UTC, 2026-10-25T23:59:59.999Z, 2026-10-25T23:00:00Z, 2026-10-25T00:00:00Z, 2026-10-19T00:00:00Z",
        "Asia/Kolkata, 2026-10-25T18:31:00Z, 2026-10-25T18:30:00Z, 2026-10-25T18:30:00Z, 2026-10-19T18:30:00Z",
        // The night in which half an hour comes twice: the first hour is longer, and none begins before the one that
        // ends.
        "Australia/Lord_Howe, 2026-04-04T14:59:00Z, 2026-04-04T14:00:00Z, 2026-04-04T13:00:00Z, 2026-03-29T13:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:15:00Z, 2026-04-04T14:00:00Z, 2026-04-04T13:00:00Z, 2026-03-29T13:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:30:00Z, 2026-04-04T15:30:00Z, 2026-04-04T13:00:00Z, 2026-03-29T13:00:00Z"
    })
    void knowsWhenTheyBegin(ZoneId zone, Instant now, Instant hour, Instant day, Instant week) {
        LocalHours hours = new LocalHours(zone);

        assertThat(Instant.ofEpochSecond(hours.hourStart(now))).isEqualTo(hour);
        assertThat(Instant.ofEpochSecond(hours.dayStart(now.getEpochSecond()))).isEqualTo(day);
        assertThat(Instant.ofEpochSecond(hours.listStart(now.getEpochSecond()))).isEqualTo(week);
    }
}
