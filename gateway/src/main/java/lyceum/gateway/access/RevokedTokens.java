package lyceum.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lyceum.account.AccountService;
import lyceum.account.AccountService.ListRevocations;
import lyceum.account.AccountService.Revocation;
import lyceum.platform.Bus;
import lyceum.platform.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tokens of ours are void although they have not expired, as account-service tells: at once, when it happens, and
 * all of it now and then, because a fact may be lost. There is at most one line for each name that ever had an account.
 * Lives on one event loop.
 *
 * <p>Why account-service is not asked about each token: then nothing could be done while it is away.
 */
public final class RevokedTokens implements Tokens.Revocation {

    private static final Logger LOG = LoggerFactory.getLogger(RevokedTokens.class);

    private static final Duration RELOAD_INTERVAL = Duration.ofMinutes(1);

    private final AccountService accounts;
    private final Map<String, Long> beforeSecond = new HashMap<>();
    private Consumer<Set<String>> listener = subjects -> {};

    public RevokedTokens(AccountService accounts) {
        this.accounts = accounts;
    }

    /** @return done when all is known, or, where account-service does not answer, nothing; it is asked again each minute */
    public Future<Void> follow(Vertx vertx, Bus bus) {
        vertx.setPeriodic(RELOAD_INTERVAL.toMillis(), timer -> reload());
        return bus.listen(AccountService.REVOKED, told -> add(List.of(told))).compose(listening -> reload());
    }

    /** @param ending is told whose tokens have become void, whenever some have; by none of them may anything go on */
    public void whenMore(Consumer<Set<String>> ending) {
        listener = ending;
    }

    @Override
    public boolean includes(String subject, long second) {
        return second < beforeSecond.getOrDefault(subject, Long.MIN_VALUE);
    }

    private Future<Void> reload() {
        return load().onFailure(error -> LOG.warn(
                        "which tokens are revoked cannot be asked, tokens are taken as they are: {}",
                        error.getMessage()))
                .otherwiseEmpty();
    }

    Future<Void> load() {
        String[] last = {""};
        return Loop.whileTrue(() -> accounts.listRevocations(new ListRevocations(last[0]))
                .map(page -> {
                    List<Revocation> items = page.items();
                    add(items);
                    if (!items.isEmpty()) {
                        last[0] = items.get(items.size() - 1).name();
                    }
                    return !items.isEmpty();
                }));
    }

    private void add(List<Revocation> told) {
        Set<String> subjects =
                told.stream().filter(this::isNews).map(Revocation::name).collect(Collectors.toSet());
        told.forEach(revocation -> beforeSecond.merge(revocation.name(), revocation.beforeSecond(), Math::max));
        if (!subjects.isEmpty()) {
            listener.accept(subjects);
        }
    }

    private boolean isNews(Revocation revocation) {
        return revocation.beforeSecond() > beforeSecond.getOrDefault(revocation.name(), Long.MIN_VALUE);
    }
}
