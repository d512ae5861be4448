package lyceum.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user is in the classroom; tokens, and all that clients read, write it in lower case. */
public enum Role {
    /** Learns. */
    STUDENT,
    /** Teaches. */
    TEACHER,
    /** Operates: accounts, protection of lessons. */
    ADMIN;

    /** @return the role that is written so, if there is one */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(name))
                .findFirst();
    }

    /** @return how it is written */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
