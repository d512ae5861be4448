package lyceum.account;

import java.time.Instant;
import java.util.List;

/**
 * A user of this house.
 *
 * @param name unique, in NFC
 * @param roles each once, in the order of {@link Role}; may be empty
 * @param disabled whether the user cannot log in at present
 * @param changedAt when name, roles, password or being disabled were last set
 */
public record Account(String name, List<Role> roles, boolean disabled, Instant createdAt, Instant changedAt) {}
