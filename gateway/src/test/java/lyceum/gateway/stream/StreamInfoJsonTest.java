package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Map;
import lyceum.stream.StreamService.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a stream, with the recorded answers of fixtures/stream/streams.json. */
class StreamInfoJsonTest {

    private final StreamInfoJson json = new StreamInfoJson(ZoneId.of("UTC"));

    @Test
    void tellsWhatTheOriginalTells() {
        StreamInfo info = new StreamInfo(
                "g-a",
                true,
                Map.of("length", 2L, "radix-tree-keys", 1L, "radix-tree-nodes", 2L, "entries-added", 2L, "groups", 0L),
                Map.of(
                        "last-generated-id",
                        "1700000000456-3",
                        "max-deleted-entry-id",
                        "0-0",
                        "recorded-first-entry-id",
                        "1700000000123-0",
                        "first-entry",
                        "1700000000123-0",
                        "last-entry",
                        "1700000000456-3"),
                "{\"desc\":\"depth\"}");

        assertThat(json.of(info).encode()).isEqualTo("""
                {"sid":"g-a","length":2,"radix-tree-keys":1,"radix-tree-nodes":2,\
                "last-generated-id":"1700000000456-3","max-deleted-entry-id":"0-0","entries-added":2,\
                "recorded-first-entry-id":"1700000000123-0","groups":0,\
                "first-entry":"1700000000123-0","last-entry":"1700000000456-3",\
                "first-entry-time":"2023-11-14 22:13:20.123000","last-entry-time":"2023-11-14 22:13:20.456000",\
                "meta":"{\\"desc\\":\\"depth\\"}"}""");
    }

    @Test
    void tellsOfAStreamWithoutEntriesAndOfFiguresThatItDoesNotKnow() {
        StreamInfo info = new StreamInfo(
                "s",
                true,
                Map.of("length", 0L, "zebras", 7L),
                Map.of("last-generated-id", "5-1", "anchor", "1-1"),
                null);

        assertThat(json.of(info).encode()).isEqualTo("""
                {"sid":"s","length":0,"last-generated-id":"5-1","zebras":7,"anchor":"1-1",\
                "first-entry":null,"last-entry":null,"meta":null}""");
    }

    @Test
    void tellsThatAStreamDoesNotExist() {
        assertThat(json.of(new StreamInfo("none", false, Map.of(), Map.of(), "{\"only\":true}"))
                        .encode())
                .isEqualTo("{\"sid\":\"none\",\"error\":\"no such key\",\"meta\":\"{\\\"only\\\":true}\"}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "UTC,           1700000000000-7,                             2023-11-14 22:13:20",
                "UTC,           1700000000001-0,                             2023-11-14 22:13:20.001000",
                "Europe/Berlin, 1700000000120-0,                             2023-11-14 23:13:20.120000",
                "America/New_York, 1000-0,                                   1969-12-31 19:00:01",
                "UTC,           18446744073709551615-18446744073709551615,   -",
                "UTC,           999999999999999999-0,                        -"
            })
    void tellsTheTimeOfTheServer(String zone, String id, String time) {
        StreamInfo info = new StreamInfo("s", true, Map.of(), Map.of("first-entry", id), null);

        assertThat(new StreamInfoJson(ZoneId.of(zone)).of(info).getString("first-entry-time"))
                .isEqualTo(time);
    }
}
