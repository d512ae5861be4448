package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFailuresTest {

    private static final Duration WINDOW = Duration.ofMinutes(15);

    private Instant now = Instant.EPOCH;
    private AddressFailures failures = new AddressFailures(2, WINDOW, () -> now, 3);

    @Test
    void limitAnAddressUntilItsWindowIsOver() {
        count("192.0.2.1", 1);
        now = now.plusSeconds(60);
        assertThat(failures.restOfLimit("192.0.2.1")).isEmpty();

        count("192.0.2.1", 1);
        assertThat(failures.restOfLimit("192.0.2.1")).contains(Duration.ofMinutes(14));
        assertThat(failures.restOfLimit("192.0.2.2")).isEmpty();

        now = now.plus(Duration.ofMinutes(14));
        assertThat(failures.restOfLimit("192.0.2.1")).isEmpty();
        count("192.0.2.1", 1);
        assertThat(failures.restOfLimit("192.0.2.1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:1:2::1,true", "2001:db8:1:2:ffff::,true", "2001:db8:1:3::1,false", "::1,false"})
    void limitWhoHasANetworkOfIpv6AsOne(String address, boolean isLimited) {
        count("2001:db8:1:2::7", 2);

        assertThat(failures.restOfLimit(address).isPresent()).isEqualTo(isLimited);
    }

    @Test
    void limitNobodyWhereTheyAreNotTo() {
        failures = new AddressFailures(0, WINDOW, () -> now);
        count("192.0.2.1", 1000);

        assertThat(failures.restOfLimit("192.0.2.1")).isEmpty();
    }

    @Test
    void forgetTheAddressThatWasQuietForTheLongestTime() {
        IntStream.range(1, 4).forEach(i -> count("192.0.2." + i, 2));
        assertThat(failures.restOfLimit("192.0.2.1")).isPresent();

        count("192.0.2.4", 2);

        assertThat(failures.restOfLimit("192.0.2.2")).isEmpty();
        assertThat(failures.restOfLimit("192.0.2.1")).isPresent();
        assertThat(failures.restOfLimit("192.0.2.4")).isPresent();
    }

    private void count(String address, int times) {
        IntStream.range(0, times).forEach(i -> failures.count(address));
    }
}
