package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When pictures are shown. */
class FilmClockTest {

    private final FilmClock clock = new FilmClock();

    @Test
    void followsIdsWhereTheyArePlausible() {
        assertThat(clock.picture(1_000_000, 700)).as("the first one").isZero();
        assertThat(clock.picture(1_000_040, 900))
                .as("40 ms later, whenever it comes")
                .isEqualTo(40);
        assertThat(clock.picture(1_000_080, 905)).isEqualTo(80);
    }

    @Test
    void followsItsOwnTimeWhereIdsJump() {
        clock.picture(1_000_000, 0);
        assertThat(clock.picture(9_000_000, 500)).as("far ahead").isEqualTo(500);
        assertThat(clock.picture(1_000, 900)).as("back").isEqualTo(900);
        assertThat(clock.picture(3_000, 6_000)).as("two seconds that took five").isEqualTo(6_000);
    }

    @Test
    void neverGoesBack() {
        clock.picture(1_000, 0);
        clock.picture(2_500, 1_000);
        assertThat(clock.again(1_200)).isEqualTo(1_501);
        assertThat(clock.again(3_000)).isEqualTo(3_000);
        assertThat(clock.picture(2_500, 3_001)).as("the same id again").isEqualTo(3_001);
    }
}
