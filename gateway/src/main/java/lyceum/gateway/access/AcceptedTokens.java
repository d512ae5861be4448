package lyceum.gateway.access;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.route.Refusal;

/**
 * All tokens that are accepted here: HS256 with our secret, and those that another issuer signed with a key of its own.
 * What a token says it is signed with decides which of the two it can be, and none is ever tried the other way.
 */
public final class AcceptedTokens implements TokenVerifier {

    /** Who brings any token at all to a lenient gateway (stream contract, section 1.4: as the original). */
    private static final Caller ANONYMOUS = new Caller("anon", List.of());

    private final TokenVerifier own;
    private final Optional<IssuerTokens> foreign;
    private final boolean isLenient;

    /**
     * @param own tokens of ours
     * @param foreign tokens of another issuer; empty where none are accepted
     * @param isLenient whether an invalid token is as good as that of somebody without a name and without roles
     */
    public AcceptedTokens(TokenVerifier own, Optional<IssuerTokens> foreign, boolean isLenient) {
        this.own = own;
        this.foreign = foreign;
        this.isLenient = isLenient;
    }

    @Override
    public Future<Caller> verify(Optional<String> token) {
        if (token.isEmpty()) {
            return own.verify(token);
        }
        Future<Caller> verified =
                CompactJws.parse(token.get()).map(jws -> verify(token, jws)).orElseGet(AcceptedTokens::invalid);
        return isLenient ? verified.recover(AcceptedTokens::anonymous) : verified;
    }

    private Future<Caller> verify(Optional<String> token, CompactJws jws) {
        if (jws.algorithm().equals(Tokens.ALGORITHM)) {
            return own.verify(token);
        }
        return foreign.map(issuer -> issuer.verify(jws))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .compose(caller -> caller.map(Future::succeededFuture).orElseGet(AcceptedTokens::invalid));
    }

    /** What cannot be told for the moment is not told. */
    private static Future<Caller> anonymous(Throwable error) {
        return error instanceof Refusal ? Future.succeededFuture(ANONYMOUS) : Future.failedFuture(error);
    }

    private static Future<Caller> invalid() {
        return Future.failedFuture(Refusal.unauthenticated("Could not validate credentials"));
    }
}
