package lyceum.gateway.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.platform.Profile;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * Who is given a token, and which are accepted.
 *
 * @param profile in development everybody whose password is the user name gets one, if nobody has that name
 * @param cookie whether browsers send the cookie over TLS only
 * @param addressFailures wrong passwords of one address within a window, then none of it are checked; 0 for any number
 * @param loginWindow how long they count, from the first one on
 * @param ignoresExpiry whether tokens of ours hold for ever
 * @param isLenient whether invalid tokens are as good as that of somebody without a name and without roles
 * @param issuer whose tokens are accepted beside ours; empty for nobody's
 */
public record TokenConfig(
        Profile profile,
        SecureCookie cookie,
        int addressFailures,
        Duration loginWindow,
        boolean ignoresExpiry,
        boolean isLenient,
        Optional<IssuerConfig> issuer) {

    private static final String IGNORE_EXPIRY = "LYCEUM_JWT_IGNORE_EXPIRY";
    private static final String LENIENT = "LYCEUM_AUTH_LENIENT";

    /** Whether the cookie with the token is for TLS only. */
    public enum SecureCookie {
        /** In production, and wherever the token was asked for by TLS. */
        AUTO,
        ALWAYS,
        NEVER
    }

    /** @return the configuration; or a {@link lyceum.platform.Settings.WrongSetting} that names the key */
    public static TokenConfig from(Settings settings) {
        Profile profile = Profile.from(settings);
        SecureCookie secure = settings.choice(
                "LYCEUM_COOKIE_SECURE",
                SecureCookie.AUTO,
                "whether clients send the cookie of a token over TLS only; auto: in prod, and who has asked by TLS."
                        + " ptgctl over plain HTTP has nothing but the cookie and needs never");
        return new TokenConfig(
                profile,
                secure,
                settings.number(
                        "LYCEUM_LOGIN_ADDRESS_FAILURES",
                        100,
                        0,
                        1_000_000,
                        "wrong passwords of one address (IPv6: of its /64) within LYCEUM_LOGIN_WINDOW, then none is"
                                + " checked; 0 for any number. Behind a proxy, set LYCEUM_TRUSTED_PROXIES"),
                settings.duration("LYCEUM_LOGIN_WINDOW", "15m", "How long failed logins count, from the first one on"),
                settings.flag(
                        IGNORE_EXPIRY,
                        false,
                        "whether our tokens hold for ever, for old clients that never ask for another one"),
                isLenient(settings, profile),
                IssuerConfig.from(settings));
    }

    /** @param byTls whether the client has asked by TLS */
    public boolean isCookieSecure(boolean byTls) {
        return switch (cookie) {
            case AUTO -> byTls || profile == Profile.PROD;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    /** @return what an operator should know who has set this, one line each */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (ignoresExpiry) {
            warnings.add(IGNORE_EXPIRY + " is set: whoever has a token of ours has it for ever");
        }
        if (isLenient) {
            warnings.add(LENIENT + " is set: whoever brings any token at all is let in");
        }
        if (issuer.filter(IssuerConfig::isInTheClear).isPresent()) {
            warnings.add("the keys of LYCEUM_JWT_ISSUER come without TLS: whoever is on the way can sign tokens");
        }
        return warnings;
    }

    private static boolean isLenient(Settings settings, Profile profile) {
        boolean isLenient = settings.flag(
                LENIENT,
                false,
                "whether any token is accepted, an invalid one as of 'anon' without roles; not in prod");
        if (isLenient && profile == Profile.PROD) {
            throw new WrongSetting(LENIENT + ": not where LYCEUM_PROFILE is prod");
        }
        return isLenient;
    }
}
