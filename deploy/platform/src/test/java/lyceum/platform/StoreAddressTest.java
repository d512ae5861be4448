package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreAddressTest {

    @Test
    void takesTheAuthoritiesOutOfTheParameters() {
        assertThat(StoreAddress.of("rediss://a:b@c:1/0?sslrootcert=/x/ca.pem"))
                .isEqualTo(new StoreAddress("rediss://a:b@c:1/0", Optional.of(Path.of("/x/ca.pem"))));
        assertThat(StoreAddress.of("postgresql://c/d?sslmode=require&sslrootcert=/x/my%20ca.pem&p=q"))
                .isEqualTo(
                        new StoreAddress("postgresql://c/d?sslmode=require&p=q", Optional.of(Path.of("/x/my ca.pem"))));
        assertThat(StoreAddress.of("postgresql://c/d?sslrootcert=ca.pem&sslmode=require"))
                .isEqualTo(new StoreAddress("postgresql://c/d?sslmode=require", Optional.of(Path.of("ca.pem"))));
    }

    @Test
    void leavesEveryOtherAddressAsItIs() {
        for (String url :
                new String[] {"redis://:p@c:1/0", "postgresql://c/d?sslmode=require", "rediss://c?sslrootcert="}) {
            assertThat(StoreAddress.of(url)).isEqualTo(new StoreAddress(url, Optional.empty()));
        }
    }
}
