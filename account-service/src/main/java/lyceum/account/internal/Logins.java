package lyceum.account.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import lyceum.account.Account;
import lyceum.account.AccountService.LogIn;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may log in. An unknown name, a wrong password and a disabled account look the same, and take the same time. */
final class Logins {

    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

    private static final Login WRONG = new Login(Outcome.WRONG, null, 0, 0);

    private final AccountStore accounts;
    private final FailedLoginStore failures;
    private final Hashing hashing;
    private final LoginLimit limit;
    private final Clock clock;

    Logins(AccountStore accounts, FailedLoginStore failures, Hashing hashing, LoginLimit limit, Clock clock) {
        this.accounts = accounts;
        this.failures = failures;
        this.hashing = hashing;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Counts are read when it is this login's turn. So a name can be tried, however many try at once, only as often beyond
     * the limit as logins of all instances go on at once.
     */
    Future<Login> logIn(LogIn question) {
        Optional<AccountName> name = AccountName.find(question.name());
        Optional<Password> password = Password.typed(question.password());
        if (name.isEmpty() || password.isEmpty()) {
            // Nobody can have them, so to be quick here tells nothing of who is there.
            return Future.succeededFuture(WRONG);
        }
        return hashing.inTurn(() -> check(name.get().text(), password.get()));
    }

    /** Forgets failed logins of windows that are over. */
    Future<Integer> sweep() {
        return failures.forgetOutlived(limit.outlived(clock.instant()));
    }

    private Future<Login> check(String name, Password password) {
        Instant now = clock.instant();
        return accounts.candidate(name, limit.outlived(now))
                .compose(candidate -> candidate.failures() < limit.failures()
                        ? compare(name, candidate, password)
                        : Future.succeededFuture(limited(candidate, now)));
    }

    private Login limited(Candidate candidate, Instant now) {
        return new Login(
                Outcome.LIMITED, null, 0, limit.rest(candidate.since(), now).toMillis());
    }

    private Future<Login> compare(String name, Candidate candidate, Password password) {
        PasswordHash expected = candidate.phc() == null ? hashing.ofNobody() : PasswordHash.parse(candidate.phc());
        return hashing.matches(expected, password)
                .compose(isRight ->
                        isRight && mayEnter(candidate) ? enter(candidate, expected, password) : refuse(name));
    }

    private static boolean mayEnter(Candidate candidate) {
        return candidate.account().filter(account -> !account.disabled()).isPresent();
    }

    private Future<Login> enter(Candidate candidate, PasswordHash expected, Password password) {
        Account account = candidate.account().orElseThrow();
        Future<Void> forgotten = candidate.failures() == 0 ? Future.succeededFuture() : failures.forget(account.name());
        return forgotten
                .compose(done -> hashing.isCurrent(expected)
                        ? Future.succeededFuture()
                        : rehash(account.name(), candidate.phc(), password))
                .map(new Login(Outcome.ACCEPTED, account, candidate.revokedBeforeSecond(), 0));
    }

    /** A login does not fail where only this fails: it is done at the next one. */
    private Future<Void> rehash(String name, String phc, Password password) {
        return hashing.hash(password)
                .compose(hash -> accounts.rehash(name, phc, hash))
                .onFailure(error -> LOG.warn("a password keeps a hash of other parameters", error))
                .otherwiseEmpty();
    }

    private Future<Login> refuse(String name) {
        Instant now = clock.instant();
        return failures.count(name, now, limit.outlived(now))
                .onSuccess(count -> {
                    if (count == limit.failures()) {
                        LOG.warn("too many failed logins account=\"{}\" failures={}", name, count);
                    }
                })
                .map(WRONG);
    }
}
