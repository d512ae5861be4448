package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * The first timer of a Vert.x, which counts from 0: whoever ends a timer that he has not begun yet, and takes its number to
 * be 0, ends the timer of a stranger.
 */
public final class FirstTimer {

    private final Vertx vertx;
    private final long id;

    /** @param vertx that has no timer yet */
    public FirstTimer(Vertx vertx) {
        this.vertx = vertx;
        id = vertx.setTimer(Duration.ofHours(1).toMillis(), due -> {});
        assertThat(id).isZero();
    }

    /** Fails where somebody has ended it. */
    public void requireUntouched() {
        assertThat(vertx.cancelTimer(id))
                .as("nobody has ended a timer of a stranger")
                .isTrue();
    }
}
