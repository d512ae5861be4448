package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnbrokenLookTest {

    private final UnbrokenLook looking = new UnbrokenLook(Duration.ofSeconds(6), Duration.ofSeconds(3));

    @Test
    void isLongEnoughAfterAWholeLease() {
        lookEachSecond(100, 105);
        assertThat(looking.isLongEnough(seconds(105))).isFalse();

        looking.succeeded(seconds(106));
        assertThat(looking.isLongEnough(seconds(106))).isTrue();
        assertThat(looking.isLongEnough(seconds(109))).isTrue();
    }

    @Test
    void beginsAnewAfterABreak() {
        lookEachSecond(100, 110);

        assertThat(looking.isLongEnough(seconds(114))).isFalse();

        lookEachSecond(114, 119);
        assertThat(looking.isLongEnough(seconds(119))).isFalse();
        looking.succeeded(seconds(120));
        assertThat(looking.isLongEnough(seconds(120))).isTrue();
    }

    @Test
    void beginsAnewAfterAFailure() {
        lookEachSecond(100, 110);

        looking.failed();
        assertThat(looking.isLongEnough(seconds(110))).isFalse();

        lookEachSecond(111, 116);
        assertThat(looking.isLongEnough(seconds(116))).isFalse();
    }

    @Test
    void isNotLongEnoughBeforeTheFirstLook() {
        assertThat(looking.isLongEnough(seconds(0))).isFalse();
        assertThat(looking.isLongEnough(seconds(1000))).isFalse();
    }

    private void lookEachSecond(int from, int to) {
        for (int second = from; second <= to; second++) {
            looking.succeeded(seconds(second));
        }
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
