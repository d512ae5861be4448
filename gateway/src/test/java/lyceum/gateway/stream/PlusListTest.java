package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several names in one text. */
class PlusListTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"a|a", "a+b|a,b", "a b|a,b", "a+b c|a,b,c", "*|*", "a+|a,", "+|,", "a++b|a,,b", "''|''"})
    void splitsAQueryAtPlusAndSpace(String text, String items) {
        assertThat(PlusList.ofQuery(text)).isEqualTo(List.of(items.split(",", -1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"a|a", "a+b|a,b", "a b|a b", "a+b c|a,b c", "a+|a,", "''|''"})
    void splitsAPathAtPlusOnly(String text, String items) {
        assertThat(PlusList.ofPath(text)).isEqualTo(List.of(items.split(",", -1)));
    }
}
