package lyceum.gateway.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.Mac;
import lyceum.account.Role;
import lyceum.gateway.route.Refusal;

/**
 * The tokens of this installation: JSON web tokens, HS256, with the claims {@code sub}, {@code exp} and, for a caller who
 * has roles, {@code roles} (stream contract, section 1.2); for one who has an account {@code rev}.
 */
public final class Tokens implements TokenVerifier {

    static final String ALGORITHM = "HS256";

    /** As in the original of the stream contract: 43200 minutes. */
    static final Duration LIFETIME = Duration.ofDays(30);

    /** The last revocation of the account when it was read for this token. */
    private static final String KNOWN_REVOCATION = "rev";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encode("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(ALGORITHM));
    private static final ObjectWriter ASCII = new ObjectMapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private final JWTAuth verifier;
    private final JwtSecret secret;
    private final Clock clock;
    private final Revocation revocation;

    /** Tokens that hold until they expire. */
    public Tokens(Vertx vertx, JwtSecret secret, Clock clock) {
        this(vertx, secret, clock, false, (subject, issuedSecond) -> false);
    }

    /**
     * @param clock dates the tokens; that they have not expired is checked against the system's time
     * @param ignoresExpiry whether they hold for ever, for clients that never ask for another one
     * @param revocation tells which are void although they have not expired
     */
    public Tokens(Vertx vertx, JwtSecret secret, Clock clock, boolean ignoresExpiry, Revocation revocation) {
        this.verifier = JWTAuth.create(
                vertx, secret.options().setJWTOptions(new JWTOptions().setIgnoreExpiration(ignoresExpiry)));
        this.secret = secret;
        this.clock = clock;
        this.revocation = revocation;
    }

    /** Tells whether a token of somebody is void. */
    interface Revocation {
        /** @param second of the epoch: of the last revocation that the token knows of, else that in which it was issued */
        boolean includes(String subject, long second);
    }

    /** @return a token for a caller without an account */
    public String issue(Caller caller) {
        return issue(caller, OptionalLong.empty());
    }

    /**
     * @param revokedBeforeSecond as it was read together with what the caller may do
     * @return a token for a caller with an account, which is void with the next revocation
     */
    public String issue(Caller caller, long revokedBeforeSecond) {
        return issue(caller, OptionalLong.of(revokedBeforeSecond));
    }

    /**
     * Signs here and not in Vert.x, which writes names beyond ASCII in UTF-8: {@code ptgctl} decodes the claims with the
     * standard alphabet of base64, and can read ASCII only.
     *
     * @return a token for a caller, valid for {@link #LIFETIME}
     */
    private String issue(Caller caller, OptionalLong revokedBeforeSecond) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", caller.subject());
        claims.put("exp", clock.instant().plus(LIFETIME).getEpochSecond());
        revokedBeforeSecond.ifPresent(second -> claims.put(KNOWN_REVOCATION, second));
        if (!caller.roles().isEmpty()) {
            claims.put("roles", caller.roles().stream().map(Role::wireName).toList());
        }
        String signed = HEADER + '.' + encode(inBothAlphabets(json(claims)));
        return signed + '.' + sign(signed);
    }

    /**
     * Known on return: nothing is waited for.
     *
     * @return whose token it is; or a {@link Refusal} with 401 without a token, with one that is not ours, expired,
     *     revoked, or lacks {@code sub} or {@code exp}
     */
    @Override
    public Future<Caller> verify(Optional<String> token) {
        if (token.isEmpty()) {
            return Future.failedFuture(Refusal.unauthenticated("Not authenticated"));
        }
        // Composed, because Vert.x throws on some claims of a wrong type.
        return Future.succeededFuture(new TokenCredentials(token.get()))
                .compose(verifier::authenticate)
                .map(this::caller)
                .recover(error -> Future.failedFuture(Refusal.unauthenticated("Could not validate credentials")));
    }

    private Caller caller(User user) {
        JsonObject claims = user.attributes().getJsonObject("accessToken");
        if (claims.getLong("exp") == null || claims.getString("sub") == null) {
            throw new IllegalArgumentException("a claim is missing");
        }
        if (revocation.includes(claims.getString("sub"), claims.getLong(KNOWN_REVOCATION, issuedSecond(claims)))) {
            throw new IllegalArgumentException("the token is revoked");
        }
        List<Role> roles = claims.getJsonArray("roles", new JsonArray()).stream()
                .flatMap(name -> Role.named(name.toString()).stream())
                .toList();
        return new Caller(claims.getString("sub"), roles);
    }

    /** A token of ours does not say when it was issued, but how long it lives. */
    private static long issuedSecond(JsonObject claims) {
        return claims.getLong("iat", claims.getLong("exp") - LIFETIME.toSeconds());
    }

    private static String json(Map<String, Object> claims) {
        try {
            return ASCII.writeValueAsString(claims);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Escapes the characters of which base64 can make one in which its two alphabets differ; they are in texts only. */
    private static String inBothAlphabets(String json) {
        return json.replace(">", "\\u003E")
                .replace("?", "\\u003F")
                .replace("~", "\\u007E")
                .replace("\u007f", "\\u007F");
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret.key());
            return BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
