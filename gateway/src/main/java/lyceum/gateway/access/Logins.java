package lyceum.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lyceum.account.AccountService;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.LogIn;
import lyceum.account.AccountService.Login;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Audit;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Passwords that clients send, checked by account-service, which counts by name; those of one address only so often. */
public final class Logins {

    private final AccountService accounts;
    private final TrustedProxies proxies;
    private final AddressFailures failures;
    private final AddressFailures told;

    /**
     * @param failures how often an address was wrong
     * @param told of which address it was written down that it was refused: once within a window, or the log would have no
     *     limit
     */
    public Logins(AccountService accounts, TrustedProxies proxies, AddressFailures failures, AddressFailures told) {
        this.accounts = accounts;
        this.proxies = proxies;
        this.failures = failures;
        this.told = told;
    }

    /**
     * @return the accepted login; empty where name or password are wrong; or a {@link Refusal} with 429 where the name or the
     *     address of the client has had too many wrong ones, and none is checked now
     */
    public Future<Optional<Login>> logIn(HttpServerRequest request, String name, String password) {
        String address = proxies.clientOf(request);
        Optional<Duration> rest = failures.restOfLimit(address);
        if (rest.isPresent()) {
            tell(name, address);
            return Future.failedFuture(limited(rest.get()));
        }
        return accounts.logIn(new LogIn(name, password)).map(login -> accepted(name, address, login));
    }

    /** @return whether nobody has that name */
    public Future<Boolean> isUnknown(String name) {
        return accounts.findAccount(new FindAccount(name))
                .map(false)
                .recover(error -> error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND
                        ? Future.succeededFuture(true)
                        : Future.failedFuture(error));
    }

    private void tell(String name, String address) {
        if (told.restOfLimit(address).isEmpty()) {
            told.count(address);
            Audit.note(name, "log in beyond the limit of failures", "account " + name, address, "429");
        }
    }

    private Optional<Login> accepted(String name, String address, Login login) {
        return switch (login.outcome()) {
            case ACCEPTED -> Optional.of(login);
            case LIMITED -> {
                tell(name, address);
                throw limited(Duration.ofMillis(login.retryAfterMillis()));
            }
            case WRONG -> {
                failures.count(address);
                yield Optional.empty();
            }
        };
    }

    private static Refusal limited(Duration rest) {
        long seconds = Math.max(1, rest.plusMillis(999).toSeconds());
        return new Refusal(
                429, "Too many failed logins, please try again later", Map.of("Retry-After", Long.toString(seconds)));
    }
}
