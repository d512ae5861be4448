package lyceum.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import lyceum.gateway.rate.Rate;
import lyceum.gateway.rate.Rates;
import lyceum.gateway.rate.Verdict;
import lyceum.gateway.route.Refusal;

/**
 * Who asks too often: whoever brings a valid token is counted by its name, everybody else by address. What is refused carries
 * {@code Retry-After} and the fields of draft-ietf-httpapi-ratelimit-headers-10.
 */
final class CallerLimits {

    private static final long MILLIS = 1000;

    private final Rates rates;
    private final TrustedProxies proxies;

    CallerLimits(Rates rates, TrustedProxies proxies) {
        this.rates = rates;
        this.proxies = proxies;
    }

    /** @return whether nobody is counted */
    boolean isUnlimited() {
        return rates.config().isUnlimited();
    }

    /** @return done where the caller may; a {@link Refusal} with 429 otherwise */
    Future<Void> count(HttpServerRequest request, Optional<Caller> caller) {
        return caller.isPresent()
                ? rates.takeOfCaller(caller.get().subject())
                        .compose(verdict ->
                                conclude(verdict, "caller", rates.config().caller()))
                : rates.takeOfAddress(ClientNetwork.of(proxies.clientOf(request)))
                        .compose(verdict ->
                                conclude(verdict, "address", rates.config().address()));
    }

    private static Future<Void> conclude(Verdict verdict, String policy, Rate rate) {
        if (verdict.isAdmitted()) {
            return Future.succeededFuture();
        }
        long seconds = (verdict.retryAfterMillis() + MILLIS - 1) / MILLIS;
        return Future.failedFuture(new Refusal(
                429,
                "too many requests, please try again later",
                Map.of(
                        "Retry-After",
                        Long.toString(seconds),
                        "RateLimit-Policy",
                        "\"%s\";q=%d;w=%d".formatted(policy, rate.burst(), rate.windowSeconds()),
                        "RateLimit",
                        "\"%s\";r=0;t=%d".formatted(policy, seconds))));
    }
}
