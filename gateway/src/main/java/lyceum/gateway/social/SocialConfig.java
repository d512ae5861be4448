package lyceum.gateway.social;

import io.vertx.core.Future;
import java.util.Optional;
import lyceum.gateway.access.Admission;
import lyceum.gateway.access.TokenVerifier;
import lyceum.platform.Settings;

/**
 * What classes that react together ask for and let through.
 *
 * @param admission whether they ask for a token, which then says who somebody is
 * @param limits of what their sockets say
 */
public record SocialConfig(Admission admission, SocialLimits limits) {

    /** So that one message always fits into a batch: four bytes a character. */
    private static final int MOST_NAME_CHARACTERS = 5_000;

    private static final int MOST_COMMENT_CHARACTERS = 20_000;
    private static final int MOST = 1_000_000;

    /** @return the configuration; or a {@link lyceum.platform.Settings.WrongSetting} that names the key */
    public static SocialConfig from(Settings settings) {
        return new SocialConfig(
                settings.choice(
                        "LYCEUM_AUTH_SOCIAL",
                        Admission.OPEN,
                        "whether classes that react together ask for a token; its name is then that of the user"),
                limits(settings));
    }

    /** @return how sockets are told who they are */
    public Authentication authentication(TokenVerifier tokens) {
        return admission == Admission.REQUIRED
                ? new SocketAuthentication(tokens)
                : anybody -> Future.succeededFuture(Optional.empty());
    }

    private static SocialLimits limits(Settings settings) {
        return new SocialLimits(
                settings.number(
                        "LYCEUM_SOCIAL_NAME_LIMIT",
                        200,
                        1,
                        MOST_NAME_CHARACTERS,
                        "characters of a user or an event; a message with more is ignored"),
                settings.number(
                        "LYCEUM_SOCIAL_COMMENT_LIMIT",
                        2_000,
                        0,
                        MOST_COMMENT_CHARACTERS,
                        "characters of a comment; a message with more is ignored"),
                settings.number(
                        "LYCEUM_SOCIAL_STYLE_LIMIT",
                        200,
                        0,
                        MOST_NAME_CHARACTERS,
                        "characters of a style; a message with more is ignored"),
                settings.number(
                        "LYCEUM_SOCIAL_BURST",
                        100,
                        1,
                        MOST,
                        "messages that one socket may send at once; more are ignored, and who joins with more waits"),
                settings.number(
                        "LYCEUM_SOCIAL_RATE",
                        50,
                        1,
                        MOST,
                        "messages that one socket may send a second in the long run"),
                settings.number(
                        "LYCEUM_SOCIAL_WAITING_ACTS",
                        10_000,
                        1,
                        MOST,
                        "messages of all sockets that may wait for social-service, more are ignored"),
                settings.bytes("LYCEUM_SOCIAL_WAITING_BYTES", "4MiB", "bytes of texts of those messages"));
    }
}
