package lyceum.account.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.Outcome;
import lyceum.platform.Meters;

/**
 * What the operator sees of accounts, {@code lyceum.account.*}:
 *
 * <ul>
 *   <li>{@code logins} by {@code outcome}: accepted, wrong, limited; failed where that was not found out, because too many
 *       wait or the database does not answer;
 *   <li>{@code hashing} and {@code waiting}: works on passwords that go on and that wait, each with its limit;
 *   <li>{@code revocations}: how often the tokens of an account were revoked.
 * </ul>
 */
final class AccountMetrics implements AutoCloseable {

    private final Meters meters;
    private final Map<Outcome, Counter> logins = new EnumMap<>(Outcome.class);
    private final Counter failed;
    private final Counter revocations;

    AccountMetrics(MeterRegistry registry, Turns turns) {
        meters = new Meters(registry, "lyceum.account.");
        for (Outcome outcome : Outcome.values()) {
            logins.put(outcome, logins(outcome.name().toLowerCase(Locale.ROOT)));
        }
        failed = logins("failed");
        revocations = meters.counter("revocations");
        meters.bound("hashing", turns::going, turns.atOnce()).bound("waiting", turns::waiting, turns.mostWaiting());
    }

    private Counter logins(String outcome) {
        return meters.counter("logins", "outcome", outcome);
    }

    void loggedIn(AsyncResult<Login> how) {
        (how.failed() ? failed : logins.get(how.result().outcome())).increment();
    }

    void revoked() {
        revocations.increment();
    }

    @Override
    public void close() {
        meters.close();
    }
}
