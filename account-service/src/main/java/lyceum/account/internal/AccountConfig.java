package lyceum.account.internal;

import java.time.Duration;
import java.util.Optional;
import lyceum.platform.Database;
import lyceum.platform.Profile;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How account-service is set up.
 *
 * @param profile in production somebody must be able to log in
 * @param cost of new hashes of passwords
 * @param hashesAtOnce hashes that are computed at once
 * @param mostWaiting logins that wait; more are refused
 * @param first who is created where nobody of that name is there; empty for nobody
 * @param replyTimeout how long another service may take for an answer
 */
public record AccountConfig(
        Database database,
        Profile profile,
        HashCost cost,
        int hashesAtOnce,
        int mostWaiting,
        LoginLimit limit,
        Optional<FirstAccount> first,
        Duration replyTimeout) {

    /** The least that OWASP's Password Storage Cheat Sheet allows: 7 MiB, and five passes over it. */
    private static final int LEAST_KIB = 7 * 1024;

    private static final long LEAST_KIB_PASSED = 5L * LEAST_KIB;

    private static final int MOST_KIB = 1024 * 1024;

    /** @param postgresUrl where the tables are */
    public static AccountConfig from(Settings settings, String postgresUrl) {
        return new AccountConfig(
                new Database(
                        postgresUrl,
                        "account",
                        settings.number("LYCEUM_ACCOUNT_POOL", 4, 1, 200, "Connections of account-service")),
                Profile.from(settings),
                cost(settings),
                settings.number("LYCEUM_PASSWORD_THREADS", 2, 1, 64, "Passwords that are hashed at once"),
                settings.number("LYCEUM_PASSWORD_QUEUE", 100, 0, 10_000, "Logins that may wait; more are refused"),
                new LoginLimit(
                        settings.number(
                                "LYCEUM_LOGIN_FAILURES",
                                10,
                                1,
                                1_000_000,
                                "Wrong passwords of one name within LYCEUM_LOGIN_WINDOW; then none is checked"),
                        settings.duration(
                                "LYCEUM_LOGIN_WINDOW", "15m", "How long failed logins count, from the first one on")),
                FirstAccount.from(settings),
                settings.duration("LYCEUM_REPLY_TIMEOUT", "10s", "How long one service waits for another"));
    }

    private static HashCost cost(Settings settings) {
        String memory = "LYCEUM_PASSWORD_MEMORY";
        int kib = settings.number(
                memory, 19_456, LEAST_KIB, MOST_KIB, "Memory of one hash of a password (Argon2id), in KiB");
        int iterations = settings.number(
                "LYCEUM_PASSWORD_ITERATIONS", 2, 1, 1000, "How often a hash of a password passes over its memory");
        if ((long) kib * iterations < LEAST_KIB_PASSED) {
            throw new WrongSetting("%s: times LYCEUM_PASSWORD_ITERATIONS below %d, which is too little"
                    .formatted(memory, LEAST_KIB_PASSED));
        }
        return new HashCost(kib, iterations, 1);
    }
}
