package lyceum.gateway.social;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocialPaceTest {

    @ParameterizedTest
    @CsvSource({"0,25", "999,25", "1000,50", "2000,75", "3000,100", "20000,100"})
    void collectsForLongerWhereMoreAreShown(int sockets, long millis) {
        assertThat(SocialPace.USUAL.collectMillis(sockets)).isEqualTo(millis);
    }
}
