package lyceum.account;

import io.vertx.core.Future;
import java.util.List;
import lyceum.platform.Topic;

/**
 * Users with their passwords and roles.
 *
 * <p>A name has 1 to {@link #NAME_CHARACTERS} Unicode characters, none of them invisible or a slash, no space at its ends,
 * and is not {@code .} or {@code ..}; it is brought to NFC, and upper and lower case differ. A password has
 * {@link #LEAST_PASSWORD_CHARACTERS} to {@link #MOST_PASSWORD_CHARACTERS} characters, none of them a control, is brought to
 * NFC too, and is not the name. Every method may fail with UNAVAILABLE while the database does not answer; those that
 * check or set a password with BUSY where too many wait.
 *
 * <p>Whoever changes an account says who does so ({@code by}); it is kept in the log {@code lyceum.audit}.
 */
public interface AccountService {

    /** Tokens of somebody that were issued earlier are void. */
    Topic<Revocation> REVOKED = new Topic<>("lyceum.account.revoked");

    /** Longest name. */
    int NAME_CHARACTERS = 64;

    /** Shortest password (NIST SP 800-63B, section 3.1.1.2, for those that stand beside other limits). */
    int LEAST_PASSWORD_CHARACTERS = 8;

    /** Longest password. */
    int MOST_PASSWORD_CHARACTERS = 128;

    /** Most accounts in one answer. */
    int PAGE_ACCOUNTS = 200;

    /** Most revocations in one answer. */
    int PAGE_REVOCATIONS = 1000;

    /**
     * Checks a name and a password. A wrong one is counted for that name, whether anybody has it or not; above a limit
     * nothing is checked until the window of the limit has passed. The right one is not counted and clears the count.
     *
     * @return what came of it; a disabled account, an unknown name and one that cannot be are WRONG
     */
    Future<Login> logIn(LogIn question);

    /** @return the account, or NOT_FOUND where no such one is there or can be */
    Future<Account> findAccount(FindAccount question);

    /** @return the next accounts in the order of the code points of their names; or INVALID where count is out of its range */
    Future<AccountPage> listAccounts(ListAccounts question);

    /**
     * Stores a new account, or replaces roles, being disabled and, if there is a new one, the password; tokens of a
     * replaced one are revoked, and its failed logins forgotten with its old password.
     *
     * @return the account as stored; or INVALID for a name or a password that cannot be or a new account without one,
     *     CONFLICT where administrators disable themselves or give up their role
     */
    Future<StoredAccount> putAccount(PutAccount order);

    /**
     * Removes an account and revokes its tokens.
     *
     * @return done; or NOT_FOUND, CONFLICT where administrators remove themselves
     */
    Future<Done> removeAccount(RemoveAccount order);

    /**
     * Sets another password, revokes tokens, and forgets failed logins.
     *
     * @return done; or NOT_FOUND, INVALID for a password that cannot be
     */
    Future<Done> setPassword(SetPassword order);

    /** @return what has been revoked, the next names in the order of their code points, at most {@link #PAGE_REVOCATIONS} */
    Future<RevocationPage> listRevocations(ListRevocations question);

    /** @param password as typed; not shown */
    record LogIn(String name, String password) {
        @Override
        public String toString() {
            return "LogIn[name=%s]".formatted(name);
        }
    }

    /** How a login ended. */
    enum Outcome {
        /** Name and password are right. */
        ACCEPTED,
        /** One of them is wrong, or the account is disabled. */
        WRONG,
        /** Nothing has been checked: there have been too many wrong ones. */
        LIMITED
    }

    /**
     * What came of a login.
     *
     * @param account null unless ACCEPTED
     * @param revokedBeforeSecond the last {@link Revocation} of the account when it was read, 0 where there is none; a later
     *     one is greater, so a token that keeps it is void from then on, however late it was issued
     * @param retryAfterMillis when it may be tried again, 0 unless LIMITED
     */
    record Login(Outcome outcome, Account account, long revokedBeforeSecond, long retryAfterMillis) {}

    /** Asks for one account. */
    record FindAccount(String name) {}

    /**
     * Asks for accounts.
     *
     * @param after the last name of the page before, or an empty text
     * @param count 1..{@link #PAGE_ACCOUNTS}
     */
    record ListAccounts(String after, int count) {}

    /**
     * Some accounts.
     *
     * @param isLast whether there are none behind them
     */
    record AccountPage(List<Account> items, boolean isLast) {}

    /**
     * An account as it is to be.
     *
     * @param by who orders it
     * @param password null to leave it as it is; not shown
     */
    record PutAccount(String by, String name, String password, List<Role> roles, boolean disabled) {
        @Override
        public String toString() {
            return "PutAccount[by=%s, name=%s, roles=%s, disabled=%s]".formatted(by, name, roles, disabled);
        }
    }

    /**
     * An account that has been stored.
     *
     * @param isNew whether there was none of that name
     */
    record StoredAccount(Account account, boolean isNew) {}

    /** @param by who orders it */
    record RemoveAccount(String by, String name) {}

    /**
     * Another password.
     *
     * @param by who orders it
     * @param password not shown
     */
    record SetPassword(String by, String name, String password) {
        @Override
        public String toString() {
            return "SetPassword[by=%s, name=%s]".formatted(by, name);
        }
    }

    /** @param after the last name of the page before, or an empty text */
    record ListRevocations(String after) {}

    /**
     * Tokens that are void: those that keep an earlier revocation, and, where they keep none, those that were issued earlier.
     *
     * @param beforeSecond a second of the epoch that lies behind the change; greater with each change of the account
     */
    record Revocation(String name, long beforeSecond) {}

    /** @param items none at the end */
    record RevocationPage(List<Revocation> items) {}

    /** It is done; there is nothing to tell. */
    record Done() {}
}
