package lyceum.gateway;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller is in the classroom; the claim {@code roles} of a token lists them in lower case. */
enum Role {
    STUDENT,
    TEACHER,
    ADMIN;

    /** @return the role that is written so, if there is one */
    static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(name))
                .findFirst();
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
