package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines, against the recorded ones. */
class DeadlineTest {

    private static Stream<JsonObject> recorded() {
        return Fixture.objects(Fixture.json("deadlines.json").getJsonArray("sets"));
    }

    private static Deadline deadline(JsonObject due) {
        String zone = due.getString("timezone");
        return Deadline.of(
                due.getString("date"), due.getString("scale"), zone == null ? ZoneOffset.UTC : ZoneId.of(zone));
    }

    private static Deadline instant(JsonArray pair) {
        return new Deadline(Instant.parse(pair.getString(0)), pair.getDouble(1));
    }

    private static Optional<Deadline> optional(Object pair) {
        return pair instanceof JsonArray array ? Optional.of(instant(array)) : Optional.empty();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void fallAsRecorded(JsonObject recorded) {
        List<Deadline> deadlines = Fixture.objects(recorded.getJsonArray("dues"))
                .map(DeadlineTest::deadline)
                .toList();
        JsonArray utc = recorded.getJsonArray("utc");
        assertThat(deadlines).hasSize(utc.size());
        for (int at = 0; at < utc.size(); at++) {
            assertThat(deadlines.get(at)).isEqualTo(instant(utc.getJsonArray(at)));
        }
        Fixture.objects(recorded.getJsonArray("checks")).forEach(check -> {
            Instant now = Instant.parse(check.getString("now"));
            assertThat(Deadline.next(deadlines, now)).isEqualTo(optional(check.getValue("next")));
            assertThat(Deadline.last(deadlines, now)).isEqualTo(optional(check.getValue("last")));
            assertThat(Deadline.next(deadlines, now).isPresent()).isEqualTo(check.getBoolean("submission_allowed"));
        });
    }

    @Test
    void moveForwardWhereSummerTimeSkipsThem() {
        assertThat(Deadline.of("2031-03-30 02:30:00", "1", ZoneId.of("Europe/Berlin"))
                        .due())
                .isEqualTo("2031-03-30T01:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2031-02-29 12:00:00",
                "2031-13-01 12:00:00",
                "2031-01-01 24:00:00",
                "2031-01-01",
                "",
                "31-1-1 1:1:1"
            })
    void areNoDatesThatDoNotExist(String date) {
        assertThatThrownBy(() -> Deadline.of(date, "1.0", ZoneOffset.UTC)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "NaN", "1e3", "1d", "0x1", "one", ".", "1,5"})
    void haveADecimalScale(String scale) {
        assertThatThrownBy(() -> Deadline.of("2031-01-01 12:00:00", scale, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
