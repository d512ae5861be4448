package lyceum.social.internal;

import java.time.Duration;
import lyceum.social.SocialService;

/**
 * How often the service looks after things by itself.
 *
 * @param lease of a member
 * @param look how often overdue members and hours that are over are looked for
 * @param tidying how often what is outlived is removed
 * @param patience how long a class is waited for that somebody else holds, and may be held by somebody who stops
 */
record Pace(Duration lease, Duration look, Duration tidying, Duration patience) {

    /** Two looks that were missed are no reason to begin anew; a pause that a member could miss as well is one. */
    private static final int LOOKS_OF_A_GAP = 3;

    /** Patience ends before that of who asks. */
    static final Pace USUAL =
            new Pace(SocialService.MEMBER_LEASE, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(5));

    Duration longestGap() {
        return look.multipliedBy(LOOKS_OF_A_GAP);
    }
}
