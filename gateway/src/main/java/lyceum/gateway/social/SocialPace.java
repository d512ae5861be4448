package lyceum.gateway.social;

import java.time.Duration;

/**
 * How often things are done.
 *
 * @param keep how often social-service is told that this gateway is there; a third of its lease
 * @param collect least time between two batches
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

    /** @return how long to wait after so many failures in a row, from 1 */
    long retryMillis(int failures) {
        long doubled = retry.toMillis() << Math.min(failures - 1, 16);
        return Math.min(doubled, longestRetry.toMillis());
    }
}
