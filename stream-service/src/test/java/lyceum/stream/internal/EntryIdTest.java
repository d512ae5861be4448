package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of entries as Redis orders them. */
class EntryIdTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0-0",
        "7, 7-0",
        "1700000000000-12, 1700000000000-12",
        "18446744073709551615-18446744073709551615, 18446744073709551615-18446744073709551615"
    })
    void readsWhatItWrites(String text, String whole) {
        assertThat(EntryId.parse(text)).map(EntryId::toString).contains(whole);
        assertThat(EntryId.of(whole)).isEqualTo(EntryId.parse(whole).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "a", "1-", "-1", "1-a", "1-1-1", " 1", "+1", "18446744073709551616", "1-*", "\u0661"})
    void readsNothingElse(String text) {
        assertThat(EntryId.parse(text)).isEmpty();
    }

    @Test
    void comparesNumbersAndNotTexts() {
        List<String> ordered = List.of("0-0", "0-1", "9-10", "10-9", "10-10", "9223372036854775808-0");

        assertThat(ordered.stream().map(EntryId::of)).isSorted();
        assertThat(EntryId.LAST.isAfter(EntryId.of("9223372036854775808-0"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"5-3, 5-2", "5-0, 4-18446744073709551615", "0-1, 0-0", "0-0, 0-0"})
    void knowsTheOneBefore(String id, String before) {
        assertThat(EntryId.of(id).previous()).hasToString(before);
    }
}
