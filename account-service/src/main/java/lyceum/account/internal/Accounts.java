package lyceum.account.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lyceum.account.Account;
import lyceum.account.AccountService;
import lyceum.account.Role;
import lyceum.account.internal.AccountStore.Changed;
import lyceum.platform.Audit;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** What may happen to accounts, and who is told. */
final class Accounts implements AccountService {

    private final AccountStore store;
    private final Logins logins;
    private final Hashing hashing;
    private final AccountMetrics metrics;
    private final Bus bus;
    private final Clock clock;

    Accounts(AccountStore store, Logins logins, Hashing hashing, AccountMetrics metrics, Bus bus, Clock clock) {
        this.store = store;
        this.logins = logins;
        this.hashing = hashing;
        this.metrics = metrics;
        this.bus = bus;
        this.clock = clock;
    }

    @Override
    public Future<Login> logIn(LogIn question) {
        return logins.logIn(question).onComplete(metrics::loggedIn);
    }

    @Override
    public Future<Account> findAccount(FindAccount question) {
        Optional<AccountName> name = AccountName.find(question.name());
        return name.map(found -> store.find(found.text()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(account -> account.orElseThrow(Accounts::unknown));
    }

    @Override
    public Future<AccountPage> listAccounts(ListAccounts question) {
        if (question.count() < 1
                || question.count() > PAGE_ACCOUNTS
                || question.after().indexOf(0) >= 0) {
            return Future.failedFuture(Failure.invalid("no such page"));
        }
        return store.page(question.after(), question.count() + 1)
                .map(found -> new AccountPage(
                        found.subList(0, Math.min(found.size(), question.count())), found.size() <= question.count()));
    }

    @Override
    public Future<StoredAccount> putAccount(PutAccount order) {
        AccountName name = AccountName.of(order.name());
        List<Role> roles = order.roles().stream().distinct().sorted().toList();
        if (isSelf(order.by(), name) && (order.disabled() || !roles.contains(Role.ADMIN))) {
            throw new Failure(Kind.CONFLICT, "administrators do not lock themselves out");
        }
        return put(name, roles, order).map(changed -> {
            tell(order, changed);
            return changed.stored();
        });
    }

    private Future<Changed> put(AccountName name, List<Role> roles, PutAccount order) {
        if (order.password() == null) {
            return store.replace(dated(name, roles, order))
                    .map(changed -> changed.orElseThrow(() -> Failure.invalid("a new account needs a password")));
        }
        Password password = Password.chosen(order.password(), name);
        return hashing.inTurn(() -> hashing.hash(password)).compose(hash -> store.put(dated(name, roles, order), hash));
    }

    /** Of the moment at which it is stored: it may have waited long for its hash. */
    private Account dated(AccountName name, List<Role> roles, PutAccount order) {
        Instant now = clock.instant();
        return new Account(name.text(), roles, order.disabled(), now, now);
    }

    private void tell(PutAccount order, Changed changed) {
        StoredAccount stored = changed.stored();
        Account account = stored.account();
        note(
                order.by(),
                "%s roles=%s disabled=%s password=%s"
                        .formatted(
                                stored.isNew() ? "created" : "replaced",
                                account.roles().stream().map(Role::wireName).toList(),
                                account.disabled(),
                                order.password() == null ? "kept" : "set"),
                account.name());
        if (!stored.isNew()) {
            publish(account.name(), changed.revokedBeforeSecond());
        }
    }

    @Override
    public Future<Done> removeAccount(RemoveAccount order) {
        AccountName name = known(order.name());
        if (isSelf(order.by(), name)) {
            throw new Failure(Kind.CONFLICT, "administrators do not lock themselves out");
        }
        return store.remove(name.text(), clock.instant())
                .map(Accounts::needed)
                .map(before -> revoked(order.by(), "removed", name, before));
    }

    @Override
    public Future<Done> setPassword(SetPassword order) {
        AccountName name = known(order.name());
        Password password = Password.chosen(order.password(), name);
        return hashing.inTurn(() -> hashing.hash(password))
                .compose(hash -> store.setPassword(name.text(), hash, clock.instant()))
                .map(Accounts::needed)
                .map(before -> revoked(order.by(), "given another password", name, before));
    }

    @Override
    public Future<RevocationPage> listRevocations(ListRevocations question) {
        return store.revocations(question.after(), PAGE_REVOCATIONS).map(RevocationPage::new);
    }

    /** Where the request came from is known to the gateway only, which keeps it with the same request id. */
    private static void note(String by, String act, String name) {
        Audit.note(by, act, "account " + name, Audit.NOBODY, "done");
    }

    private Done revoked(String by, String act, AccountName name, long beforeSecond) {
        note(by, act, name.text());
        publish(name.text(), beforeSecond);
        return new Done();
    }

    private void publish(String name, long beforeSecond) {
        metrics.revoked();
        bus.publish(REVOKED, new Revocation(name, beforeSecond));
    }

    private static boolean isSelf(String by, AccountName name) {
        return by.equals(name.text());
    }

    /** @return the name; NOT_FOUND where nobody can have it */
    private static AccountName known(String name) {
        return AccountName.find(name).orElseThrow(Accounts::unknown);
    }

    private static long needed(Optional<Long> revokedBeforeSecond) {
        return revokedBeforeSecond.orElseThrow(Accounts::unknown);
    }

    private static Failure unknown() {
        return Failure.notFound("no such account");
    }
}
