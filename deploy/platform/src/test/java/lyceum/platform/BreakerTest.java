package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final Duration TRIAL = Duration.ofSeconds(10);

    private long nowNanos = Long.MAX_VALUE - 1; // of a clock that is about to turn over
    private final Breaker breaker = new Breaker(TRIAL, () -> nowNanos);

    private void miss(int times) {
        for (int i = 0; i < times; i++) {
            breaker.missed(nowNanos);
        }
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    @Test
    void letsEverythingThroughUntilEnoughIsUnanswered() {
        pass(Duration.ofMillis(1));
        miss(Breaker.UNANSWERED - 1);
        assertThat(breaker.lets()).isTrue();

        miss(1);
        assertThat(breaker.lets()).isFalse();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void beginsToCountAnewWithEachAnswer() {
        miss(Breaker.UNANSWERED - 1);
        pass(Duration.ofMillis(1));
        breaker.heard();
        pass(Duration.ofMillis(1));
        miss(Breaker.UNANSWERED - 1);

        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void doesNotCountWhatWasAskedBeforeTheLastAnswer() {
        long askedNanos = nowNanos;
        pass(Duration.ofSeconds(1));
        breaker.heard();
        pass(Duration.ofSeconds(9));
        for (int i = 0; i < 10 * Breaker.UNANSWERED; i++) {
            breaker.missed(askedNanos);
        }

        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void triesOnceAfterAPauseAndClosesWithAnAnswer() {
        miss(Breaker.UNANSWERED);
        pass(Breaker.PAUSE.minusMillis(1));
        assertThat(breaker.lets()).isFalse();

        pass(Duration.ofMillis(1));
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();

        breaker.heard();
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void pausesAgainWhereTheTrialIsUnanswered() {
        miss(Breaker.UNANSWERED);
        pass(Breaker.PAUSE);
        assertThat(breaker.lets()).isTrue();
        pass(Duration.ofSeconds(5));
        miss(1);

        assertThat(breaker.lets()).isFalse();
        pass(Breaker.PAUSE);
        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void triesAgainWhereATrialDoesNotEnd() {
        miss(Breaker.UNANSWERED);
        pass(Breaker.PAUSE);
        assertThat(breaker.lets()).isTrue();

        pass(TRIAL.minusMillis(1));
        assertThat(breaker.lets()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(breaker.lets()).isTrue();
    }
}
