package lyceum.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lyceum.account.Role;

/**
 * Tokens of another issuer (RFC 7519), signed with one of its private keys. They must say {@code iss}, {@code aud},
 * {@code exp} and {@code sub}. The issuer is believed about names: whoever is {@code ada} there is {@code ada} here.
 */
public final class IssuerTokens {

    /** Clocks differ. */
    private static final long LEEWAY_SECONDS = 30;

    /** OpenID Connect Core 1.0, section 2, and nothing that could not stand in a line of a log. */
    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]{1,255}");

    private static final Pattern BETWEEN_ROLES = Pattern.compile("[\\s,]+");

    private final IssuerConfig config;
    private final IssuerKeys keys;
    private final InstantSource clock;

    public IssuerTokens(IssuerConfig config, IssuerKeys keys, InstantSource clock) {
        this.config = config;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Looks at the claims first: for a token that does not even say that it is for us, no key is fetched.
     *
     * @return whose token it is, as {@link TokenVerifier#verify}; empty where it is not valid
     */
    Future<Optional<Caller>> verify(CompactJws token) {
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.named(token.algorithm());
        if (algorithm.isEmpty() || !isForUs(token.claims())) {
            return Future.succeededFuture(Optional.empty());
        }
        return keys.find(algorithm.get(), token.keyId())
                .map(key -> key.filter(found -> algorithm.get().verify(found.key(), token.signed(), token.signature()))
                        .map(verified -> caller(token.claims())));
    }

    private boolean isForUs(JsonObject claims) {
        double now = clock.instant().getEpochSecond();
        return config.issuer().equals(claims.getValue("iss"))
                && texts(claims.getValue("aud")).anyMatch(config.audiences()::contains)
                && claims.getValue("exp") instanceof Number end
                && now < end.doubleValue() + LEEWAY_SECONDS
                && (!claims.containsKey("nbf")
                        || claims.getValue("nbf") instanceof Number begin
                                && now >= begin.doubleValue() - LEEWAY_SECONDS)
                && claims.getValue("sub") instanceof String subject
                && SUBJECT.matcher(subject).matches();
    }

    private Caller caller(JsonObject claims) {
        List<Role> roles = roles(claims)
                .flatMap(name -> Role.named(name).stream())
                .distinct()
                .toList();
        return new Caller(claims.getString("sub"), roles);
    }

    /** @return names of roles, as a list or as one text; not all of them need to be known here */
    private Stream<String> roles(JsonObject claims) {
        Object value = claims.containsKey(config.rolesClaim())
                ? claims.getValue(config.rolesClaim())
                : at(claims, Arrays.asList(config.rolesClaim().split("\\.", -1)));
        return value instanceof String names ? BETWEEN_ROLES.splitAsStream(names) : texts(value);
    }

    private static Object at(JsonObject object, List<String> steps) {
        Object next = object.getValue(steps.get(0));
        if (steps.size() == 1) {
            return next;
        }
        return next instanceof JsonObject inner ? at(inner, steps.subList(1, steps.size())) : null;
    }

    /** @return a text, or those of a list */
    private static Stream<String> texts(Object value) {
        Stream<?> values = value instanceof JsonArray list ? list.stream() : Stream.of(value == null ? "" : value);
        return values.filter(String.class::isInstance).map(String.class::cast);
    }
}
