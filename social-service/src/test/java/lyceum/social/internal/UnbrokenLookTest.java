package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnbrokenLookTest {

    private final UnbrokenLook looking = new UnbrokenLook(Duration.ofSeconds(6), Duration.ofSeconds(3));

    @Test
    void isLongEnoughAfterAWholeLease() {
        lookEachSecond(100, 105);
        assertThat(looking.isLongEnough(seconds(105))).isFalse();

        look(106);
        assertThat(looking.isLongEnough(seconds(106))).isTrue();
        assertThat(looking.isLongEnough(seconds(109))).isTrue();
    }

    @Test
    void beginsAnewAfterABreak() {
        lookEachSecond(100, 110);

        assertThat(looking.isLongEnough(seconds(114))).isFalse();

        lookEachSecond(114, 119);
        assertThat(looking.isLongEnough(seconds(119))).isFalse();
        look(120);
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
    void beginsAnewWhereTheClockOfTheDatabaseWasSet() {
        lookEachSecond(100, 110);

        looking.succeeded(seconds(111), Instant.ofEpochSecond(121));
        assertThat(looking.isLongEnough(seconds(111))).isFalse();
        looking.succeeded(seconds(114), Instant.ofEpochSecond(124));
        looking.succeeded(seconds(117), Instant.ofEpochSecond(127));
        assertThat(looking.isLongEnough(seconds(117))).isTrue();

        look(118);
        assertThat(looking.isLongEnough(seconds(118))).isFalse();
        assertThat(looking.lastTime()).isEqualTo(Instant.ofEpochSecond(118));
    }

    @Test
    void isNotLongEnoughBeforeTheFirstLook() {
        assertThat(looking.isLongEnough(seconds(0))).isFalse();
        assertThat(looking.isLongEnough(seconds(1000))).isFalse();
    }

    private void look(int second) {
        looking.succeeded(seconds(second), Instant.ofEpochSecond(second));
    }

    private void lookEachSecond(int from, int to) {
        for (int second = from; second <= to; second++) {
            look(second);
        }
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
