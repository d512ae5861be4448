package lyceum.sandbox.judge0;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {

    @ParameterizedTest
    @CsvSource({"0,0.0", "1,0.001", "20,0.02", "1000,1.0", "12340,12.34"})
    void tellsSecondsAsADecimalNumber(long millis, String text) {
        assertThat(Decimals.seconds(millis)).isEqualTo(text);
    }
}
