package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private long nanos;
    private final TokenBucket bucket = new TokenBucket(3, 2, () -> nanos);

    @Test
    void allowsSoMuchAtOnce() {
        assertThat(take(4)).isEqualTo(3);
    }

    @Test
    void allowsSoMuchInTheLongRun() {
        take(3);
        nanos += 1_000_000_000;

        assertThat(take(3)).isEqualTo(2);
    }

    @Test
    void addsPartsOfASecondUp() {
        take(3);
        nanos += 300_000_000;
        assertThat(take(1)).isZero();
        nanos += 300_000_000;

        assertThat(take(2)).isEqualTo(1);
    }

    @Test
    void savesNoMoreThanFitsIn() {
        nanos += 60_000_000_000L;

        assertThat(take(5)).isEqualTo(3);
    }

    private int take(int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += bucket.take() ? 1 : 0;
        }
        return taken;
    }
}
