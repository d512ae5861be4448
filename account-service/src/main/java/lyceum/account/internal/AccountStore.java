package lyceum.account.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lyceum.account.Account;
import lyceum.account.AccountService.Revocation;
import lyceum.account.AccountService.StoredAccount;
import lyceum.account.Role;

/** Accounts in PostgreSQL, and the revocations that go with their changes; the schema is db/account. */
final class AccountStore {

    private static final String COLUMNS = "name, roles, is_disabled, created_at, changed_at";

    private static final String FIND = "SELECT " + COLUMNS + " FROM account WHERE name = $1";

    private static final String PAGE = "SELECT " + COLUMNS + " FROM account WHERE name > $1 ORDER BY name LIMIT $2";

    /** Always one row. */
    private static final String CANDIDATE = """
            SELECT a.name, a.roles, a.is_disabled, a.created_at, a.changed_at, a.password, r.before_second, f.failures, f.since
              FROM (SELECT $1::text AS name) asked
              LEFT JOIN account a ON a.name = asked.name
              LEFT JOIN revocation r ON r.name = asked.name
              LEFT JOIN failed_login f ON f.name = asked.name AND f.since > $2""";

    private static final String INSERT = """
            INSERT INTO account (name, password, roles, created_at, changed_at) VALUES ($1, $2, $3, $4, $4)
            ON CONFLICT (name) DO NOTHING""";

    /**
     * What follows a change of one account in the same statement; $1 is its name. It grows with each change, so that who has
     * read the account before one never has its revocation, whatever clocks say.
     */
    private static final String REVOKE = """
            INSERT INTO revocation AS r (name, before_second) SELECT name, %s FROM changed
            ON CONFLICT (name) DO UPDATE SET before_second = GREATEST(r.before_second + 1, EXCLUDED.before_second)
            RETURNING before_second""";

    private static final String FORGIVE = "DELETE FROM failed_login WHERE name = $1";

    /** A row that was there has been locked by somebody: us. */
    private static final String PUT = "WITH stored AS (" + """
            INSERT INTO account (name, password, roles, is_disabled, created_at, changed_at)
            VALUES ($1, $2, $3, $4, $5, $5)
            ON CONFLICT (name) DO UPDATE
               SET password = EXCLUDED.password, roles = EXCLUDED.roles, is_disabled = EXCLUDED.is_disabled,
                   changed_at = EXCLUDED.changed_at
            RETURNING *, xmax = 0 AS is_new),
            changed AS (SELECT name FROM stored WHERE NOT is_new),
            revoked AS (%s),
            forgiven AS (%s)
            SELECT stored.*, (SELECT before_second FROM revoked) FROM stored""".formatted(REVOKE.formatted("$6"), FORGIVE);

    private static final String REPLACE = "WITH changed AS (" + """
            UPDATE account SET roles = $2, is_disabled = $3, changed_at = $4 WHERE name = $1
            RETURNING *, false AS is_new),
            revoked AS (%s)
            SELECT changed.*, (SELECT before_second FROM revoked) FROM changed""".formatted(REVOKE.formatted("$5"));

    private static final String SET_PASSWORD = "WITH changed AS (" + """
            UPDATE account SET password = $2, changed_at = $3 WHERE name = $1 RETURNING name),
            forgiven AS (%s)
            """.formatted(FORGIVE) + REVOKE.formatted("$4");

    private static final String REHASH = "UPDATE account SET password = $3 WHERE name = $1 AND password = $2";

    private static final String REMOVE =
            "WITH changed AS (DELETE FROM account WHERE name = $1 RETURNING name) " + REVOKE.formatted("$2");

    private static final String IS_EMPTY = "SELECT NOT EXISTS (SELECT FROM account) AS is_empty";

    private static final String REVOCATIONS =
            "SELECT name, before_second FROM revocation WHERE name > $1 ORDER BY name LIMIT $2";

    private final Pool pool;

    AccountStore(Pool pool) {
        this.pool = pool;
    }

    Future<Optional<Account>> find(String name) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(name))
                .map(rows -> rows.stream().findFirst().map(AccountStore::account));
    }

    /** @return whether there are no accounts at all, which also tells that the database answers */
    Future<Boolean> isEmpty() {
        return pool.query(IS_EMPTY).execute().map(rows -> rows.iterator().next().getBoolean("is_empty"));
    }

    /** @param after an empty text for the first ones */
    Future<List<Account>> page(String after, int count) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(after, count))
                .map(rows -> rows.stream().map(AccountStore::account).toList());
    }

    /** @param outlived failed logins of a window that began at or before it do not count */
    Future<Candidate> candidate(String name, Instant outlived) {
        return pool.preparedQuery(CANDIDATE)
                .execute(Tuple.of(name, outlived.atOffset(ZoneOffset.UTC)))
                .map(rows -> candidate(rows.iterator().next()));
    }

    /** @return whether it was stored; an account that is there already is left as it is */
    Future<Boolean> insert(String name, PasswordHash password, List<Role> roles, Instant now) {
        return pool.preparedQuery(INSERT)
                .execute(Tuple.of(name, password.phc(), names(roles), now.atOffset(ZoneOffset.UTC)))
                .map(AccountStore::isOne);
    }

    /** @param revokedBeforeSecond 0 where nothing was revoked, because the account is new */
    record Changed(StoredAccount stored, long revokedBeforeSecond) {}

    /**
     * Stores an account, whether there is one or not; revokes the tokens of one that there is.
     *
     * @param account its {@code changedAt} is now; when it was created stays as it was
     */
    Future<Changed> put(Account account, PasswordHash password) {
        return pool.preparedQuery(PUT)
                .execute(Tuple.of(
                        account.name(),
                        password.phc(),
                        names(account.roles()),
                        account.disabled(),
                        account.changedAt().atOffset(ZoneOffset.UTC),
                        nextSecond(account.changedAt())))
                .map(rows -> changed(rows.iterator().next()));
    }

    /** @return the account that is there and keeps its password, or nothing; parameters as above */
    Future<Optional<Changed>> replace(Account account) {
        return pool.preparedQuery(REPLACE)
                .execute(Tuple.of(
                        account.name(),
                        names(account.roles()),
                        account.disabled(),
                        account.changedAt().atOffset(ZoneOffset.UTC),
                        nextSecond(account.changedAt())))
                .map(rows -> rows.stream().findFirst().map(AccountStore::changed));
    }

    /** @return the second before which tokens are revoked; empty where there is no such account */
    Future<Optional<Long>> setPassword(String name, PasswordHash password, Instant now) {
        return pool.preparedQuery(SET_PASSWORD)
                .execute(Tuple.of(name, password.phc(), now.atOffset(ZoneOffset.UTC), nextSecond(now)))
                .map(AccountStore::revokedBeforeSecond);
    }

    /** Puts another hash of the same password in the place of one, if it is still there. */
    Future<Void> rehash(String name, String phc, PasswordHash password) {
        return pool.preparedQuery(REHASH)
                .execute(Tuple.of(name, phc, password.phc()))
                .mapEmpty();
    }

    /** @return the second before which tokens are revoked; empty where there was no such account */
    Future<Optional<Long>> remove(String name, Instant now) {
        return pool.preparedQuery(REMOVE)
                .execute(Tuple.of(name, nextSecond(now)))
                .map(AccountStore::revokedBeforeSecond);
    }

    /** @param after an empty text for the first ones */
    Future<List<Revocation>> revocations(String after, int count) {
        return pool.preparedQuery(REVOCATIONS)
                .execute(Tuple.of(after, count))
                .map(rows -> rows.stream()
                        .map(row -> new Revocation(row.getString("name"), row.getLong("before_second")))
                        .toList());
    }

    private static boolean isOne(RowSet<Row> rows) {
        return rows.rowCount() == 1;
    }

    /** A token of the same second may be older than the change. */
    private static long nextSecond(Instant now) {
        return now.getEpochSecond() + 1;
    }

    private static Optional<Long> revokedBeforeSecond(RowSet<Row> rows) {
        return rows.stream().findFirst().map(row -> row.getLong("before_second"));
    }

    private static Candidate candidate(Row row) {
        Long revokedBefore = row.getLong("before_second");
        Integer failures = row.getInteger("failures");
        OffsetDateTime since = row.getOffsetDateTime("since");
        return new Candidate(
                row.getString("name") == null ? Optional.empty() : Optional.of(account(row)),
                row.getString("password"),
                revokedBefore == null ? 0 : revokedBefore,
                failures == null ? 0 : failures,
                since == null ? null : since.toInstant());
    }

    private static Changed changed(Row row) {
        Long revokedBefore = row.getLong("before_second");
        return new Changed(
                new StoredAccount(account(row), row.getBoolean("is_new")), revokedBefore == null ? 0 : revokedBefore);
    }

    private static Account account(Row row) {
        return new Account(
                row.getString("name"),
                Arrays.stream(row.getArrayOfStrings("roles"))
                        .map(name -> Role.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList(),
                row.getBoolean("is_disabled"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("changed_at").toInstant());
    }

    private static String[] names(List<Role> roles) {
        return roles.stream().map(Role::wireName).toArray(String[]::new);
    }
}
