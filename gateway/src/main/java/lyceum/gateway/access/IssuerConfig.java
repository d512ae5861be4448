package lyceum.gateway.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * Somebody else whose tokens are accepted here.
 *
 * @param issuer what {@code iss} of its tokens says
 * @param audiences one of these is in {@code aud}
 * @param keys where its public keys are, a JSON Web Key Set
 * @param rolesClaim the claim that has the roles; where no claim has that name, steps into objects with dots between them
 * @param timeout how long the keys may take to come
 * @param maxAge keys that are older are fetched anew when one is used
 * @param minPause between two attempts to fetch them, whatever tokens come
 */
public record IssuerConfig(
        String issuer,
        List<String> audiences,
        URI keys,
        String rolesClaim,
        Duration timeout,
        Duration maxAge,
        Duration minPause) {

    private static final String ISSUER = "LYCEUM_JWT_ISSUER";
    private static final String AUDIENCE = "LYCEUM_JWT_AUDIENCE";
    private static final String KEYS = "LYCEUM_JWKS_URL";

    /** So long does a key hold here that its issuer has withdrawn. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    /** A token that brings an unknown key's name can be made by anybody. */
    private static final Duration MIN_PAUSE = Duration.ofSeconds(10);

    /** @return empty where only our own tokens are accepted */
    static Optional<IssuerConfig> from(Settings settings) {
        Optional<String> issuer =
                settings.optionalText(ISSUER, "iss of tokens of another issuer, which are accepted beside ours");
        List<String> audiences =
                settings.list(AUDIENCE, "", "aud of these tokens, one of them; needed with LYCEUM_JWT_ISSUER");
        Optional<String> keys = settings.optionalText(
                KEYS, "URL of the public keys of that issuer (JWKS); needed with LYCEUM_JWT_ISSUER");
        String rolesClaim = settings.text(
                "LYCEUM_JWT_ROLES_CLAIM",
                "roles",
                "claim of these tokens with the roles student, teacher, admin; realm_access.roles steps into an object");
        Duration timeout = settings.duration("LYCEUM_JWKS_TIMEOUT", "5s", "how long these keys may take to come");
        if (issuer.isEmpty() && audiences.isEmpty() && keys.isEmpty()) {
            return Optional.empty();
        }
        require(ISSUER, issuer.isPresent());
        require(AUDIENCE, !audiences.isEmpty());
        require(KEYS, keys.isPresent());
        return Optional.of(
                new IssuerConfig(issuer.get(), audiences, uri(keys.get()), rolesClaim, timeout, MAX_AGE, MIN_PAUSE));
    }

    /** @return whether the keys come as whoever is on the way likes */
    boolean isInTheClear() {
        return keys.getScheme().equalsIgnoreCase("http");
    }

    private static void require(String key, boolean isSet) {
        if (!isSet) {
            throw new WrongSetting("%s: %s, %s and %s need each other".formatted(key, ISSUER, AUDIENCE, KEYS));
        }
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (Stream.of("http", "https").anyMatch(scheme -> scheme.equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new WrongSetting("%s: '%s' is not a URL of http or https".formatted(KEYS, text));
    }
}
