package lyceum.gateway.account;

import io.vertx.core.MultiMap;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lyceum.account.Role;
import lyceum.gateway.route.Finding;

/**
 * What {@code POST /token} was sent: the form, and the query parameter {@code exp}. Of a field that is there twice the last
 * one counts; an empty one counts as absent.
 *
 * @param form fields {@code username}, {@code password}, {@code grant_type}, {@code roles}; others are ignored
 * @param exp wanted lifetime of the cookie in seconds
 */
record TokenForm(MultiMap form, Optional<String> exp) {

    /** 30 days less a minute, so that a browser forgets the token before it expires. */
    private static final BigInteger MOST_SECONDS = BigInteger.valueOf(2_591_940);

    private static final String GRANT_TYPE = "password";

    /** @return all that is wrong with it, in the order of the contract: body first */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        field("grant_type")
                .filter(type -> !type.equals(GRANT_TYPE))
                .ifPresent(type -> findings.add(Finding.notMatching("body", "grant_type", GRANT_TYPE)));
        for (String name : List.of("username", "password")) {
            if (field(name).isEmpty()) {
                findings.add(Finding.missing("body", name));
            }
        }
        if (exp.isPresent() && !exp.get().matches("[+-]?\\d+")) {
            findings.add(Finding.notAnInteger("query", "exp"));
        }
        return findings;
    }

    /** @return the roles that do not exist */
    List<Finding> unknownRoles() {
        List<String> permitted =
                Arrays.stream(Role.values()).map(Role::wireName).toList();
        return roleNames().stream()
                .filter(name -> !permitted.contains(name))
                .map(name -> Finding.notOneOf("body", "roles", name, permitted))
                .toList();
    }

    String username() {
        return field("username").orElseThrow();
    }

    String password() {
        return field("password").orElseThrow();
    }

    /** @return the roles asked for, each once */
    List<Role> roles() {
        return roleNames().stream()
                .flatMap(name -> Role.named(name).stream())
                .distinct()
                .toList();
    }

    /** @return lifetime of the cookie: as wanted, 30 days at the most; 0 counts as not wanted */
    String maxAgeSeconds() {
        return exp.map(BigInteger::new)
                .filter(seconds -> seconds.signum() != 0)
                .map(MOST_SECONDS::min)
                .orElse(MOST_SECONDS)
                .toString();
    }

    private List<String> roleNames() {
        return field("roles").stream()
                .flatMap(names -> Arrays.stream(names.strip().split("\\s*,\\s*|\\s+")))
                .toList();
    }

    private Optional<String> field(String name) {
        List<String> values = form.getAll(name);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(values.size() - 1)).filter(value -> !value.isEmpty());
    }
}
