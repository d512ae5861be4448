package lyceum.gateway;

import java.time.Duration;
import lyceum.platform.Profile;
import lyceum.platform.Settings;

/**
 * Who is given a token.
 *
 * @param profile in development everybody whose password is the user name gets one, if nobody has that name
 * @param isCookieSecure whether browsers send the cookie over TLS only
 * @param addressFailures wrong passwords of one address within a window, then none of it are checked; 0 for any number
 * @param loginWindow how long they count, from the first one on
 */
record TokenConfig(Profile profile, boolean isCookieSecure, int addressFailures, Duration loginWindow) {

    /** Whether the cookie with the token is for TLS only. */
    private enum SecureCookie {
        /** In production. */
        AUTO,
        ALWAYS,
        NEVER
    }

    static TokenConfig from(Settings settings) {
        Profile profile = Profile.from(settings);
        SecureCookie secure = settings.choice(
                "LYCEUM_COOKIE_SECURE",
                SecureCookie.AUTO,
                "whether clients send the cookie of a token over TLS only; auto: in prod. ptgctl over plain HTTP has"
                        + " nothing but the cookie and needs never");
        return new TokenConfig(
                profile,
                secure == SecureCookie.ALWAYS || secure == SecureCookie.AUTO && profile == Profile.PROD,
                settings.number(
                        "LYCEUM_LOGIN_ADDRESS_FAILURES",
                        100,
                        0,
                        1_000_000,
                        "wrong passwords of one address (IPv6: of its /64) within LYCEUM_LOGIN_WINDOW, then none is"
                                + " checked; 0 for any number. Behind a proxy, set LYCEUM_TRUSTED_PROXIES"),
                settings.duration("LYCEUM_LOGIN_WINDOW", "15m", "How long failed logins count, from the first one on"));
    }
}
