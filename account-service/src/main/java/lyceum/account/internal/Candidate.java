package lyceum.account.internal;

import java.time.Instant;
import java.util.Optional;
import lyceum.account.Account;

/**
 * What is known of a name that somebody logs in with.
 *
 * @param account empty where nobody has the name
 * @param phc the hash of the password; null where nobody has the name
 * @param revokedBeforeSecond which of its tokens are void; 0 where none are
 * @param failures wrong passwords in the present window
 * @param since when that window began; null where there are none
 */
record Candidate(Optional<Account> account, String phc, long revokedBeforeSecond, int failures, Instant since) {}
