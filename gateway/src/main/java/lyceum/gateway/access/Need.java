package lyceum.gateway.access;

import java.util.Set;
import lyceum.account.Role;

/**
 * What a request must bring to pass.
 *
 * @param token whether it must bring a valid token
 * @param roles one of these must be in the token; empty for any token
 */
public record Need(boolean token, Set<Role> roles) {

    /** Nothing. */
    public static final Need NOTHING = new Need(false, Set.of());

    /** A valid token. */
    public static final Need TOKEN = new Need(true, Set.of());

    /** @return a token that has one of some roles, or any valid token where none are given */
    public static Need anyOf(Role... roles) {
        return new Need(true, Set.of(roles));
    }

    boolean isMetBy(Caller caller) {
        return roles.isEmpty() || caller.roles().stream().anyMatch(roles::contains);
    }
}
