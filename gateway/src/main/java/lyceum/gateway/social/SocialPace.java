package lyceum.gateway.social;

import java.time.Duration;

/**
 * How often things are done.
 *
 * @param keep how often social-service is told that this gateway is there; a third of its lease
 * @param collect least time between two batches of a small class
 * @param answer how long one of its answers may take
 * @param retry first pause before it is asked again, twice as long after each failure
 * @param longestRetry longest such pause
 * @param gap how long a turn may be late before it is asked for; longer than two messages overtake each other
 * @param look how often it is asked for turns that nothing tells of
 * @param status time between two statuses in the long run (contract, section 13.7)
 * @param linger how long a class is followed that has no sockets here
 * @param drain how long what was said last may take when this gateway stops
 */
public record SocialPace(
        Duration keep,
        Duration collect,
        Duration answer,
        Duration retry,
        Duration longestRetry,
        Duration gap,
        Duration look,
        Duration status,
        Duration linger,
        Duration drain) {

    /** Each time that there are so many more sockets, it is collected for so much longer, */
    private static final int MORE_SOCKETS = 1_000;

    /** up to so many times. */
    private static final int LONGEST_COLLECT = 4;

    /** Outside of tests. */
    public static final SocialPace USUAL = new SocialPace(
            Duration.ofSeconds(2),
            Duration.ofMillis(25),
            Duration.ofSeconds(3),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofMillis(150),
            Duration.ofSeconds(3),
            Duration.ofMillis(50),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));

    /**
     * What is done is shown to every socket by a write of its own, so the more sockets there are, the more is shown at once.
     *
     * @return least time between two batches
     */
    long collectMillis(int sockets) {
        return collect.toMillis() * Math.min(LONGEST_COLLECT, 1 + sockets / MORE_SOCKETS);
    }

    /** @return how long to wait after so many failures in a row, from 1 */
    long retryMillis(int failures) {
        long doubled = retry.toMillis() << Math.min(failures - 1, 16);
        return Math.min(doubled, longestRetry.toMillis());
    }
}
