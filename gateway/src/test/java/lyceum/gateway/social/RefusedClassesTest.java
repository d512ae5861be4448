package lyceum.gateway.social;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusedClassesTest {

    private long nanos = -1;
    private final RefusedClasses refused = new RefusedClasses(() -> nanos);

    @Test
    void knowsThemForAWhile() {
        refused.add("a");

        assertThat(refused.contains("a")).isTrue();
        assertThat(refused.contains("b")).isFalse();
        nanos += TimeUnit.SECONDS.toNanos(29);
        assertThat(refused.contains("a")).isTrue();
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(refused.contains("a")).isFalse();
        refused.add("a");
        assertThat(refused.contains("a")).isTrue();
    }

    @Test
    void knowsSoManyAtMost() {
        for (int i = 0; i <= 1_000; i++) {
            refused.add("a" + i);
        }

        assertThat(refused.contains("a0")).isFalse();
        assertThat(refused.contains("a1")).isTrue();
        assertThat(refused.contains("a1000")).isTrue();
    }
}
