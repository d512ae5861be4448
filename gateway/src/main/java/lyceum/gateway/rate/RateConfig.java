package lyceum.gateway.rate;

import lyceum.platform.Profile;
import lyceum.platform.Settings;

/**
 * How often clients may ask.
 *
 * @param caller each who brings a valid token
 * @param address all of one address together who bring none; a class sits behind one
 */
public record RateConfig(Rate caller, Rate address) {

    private static final int HIGHEST = 1_000_000;

    /** @return what is set; in dev there is no limit unless one is */
    public static RateConfig from(Settings settings) {
        boolean isProduction = Profile.from(settings) == Profile.PROD;
        return new RateConfig(
                new Rate(
                        settings.number(
                                "LYCEUM_RATE_CALLER",
                                isProduction ? 50 : 0,
                                0,
                                HIGHEST,
                                "requests a second of one caller, as its token names it, at all gateways together; 0 for"
                                        + " any number; 50 in prod unless set"),
                        burst(settings, "LYCEUM_RATE_CALLER_BURST", 200, "of one caller")),
                new Rate(
                        settings.number(
                                "LYCEUM_RATE_ADDRESS",
                                isProduction ? 500 : 0,
                                0,
                                HIGHEST,
                                "requests a second without a valid token of one address (IPv6: of its /64), likewise; 500"
                                        + " in prod unless set. Behind a proxy, set LYCEUM_TRUSTED_PROXIES"),
                        burst(settings, "LYCEUM_RATE_ADDRESS_BURST", 2_000, "of one address")));
    }

    private static int burst(Settings settings, String key, int fallback, String whose) {
        return settings.number(key, fallback, 1, HIGHEST, "requests " + whose + " that may come at once");
    }

    /** @return whether nobody is counted */
    public boolean isUnlimited() {
        return caller.isUnlimited() && address.isUnlimited();
    }

    /** @return whether gateways with these settings share what they count */
    public static boolean isShared(Settings settings) {
        return !from(settings).isUnlimited();
    }
}
